"""What all kinds of content share."""

from .care import CareLevel
from .figures import Figure
from .references import Reference
from .search import FigureWords, ReferenceWords

__all__ = ["CareLevel", "Figure", "FigureWords", "Reference", "ReferenceWords"]
