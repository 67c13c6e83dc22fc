"""What all kinds of content share."""

from .care import CareLevel
from .drawings import DrawingWords
from .figures import Figure
from .references import Reference
from .search import FigureWords, ReferenceWords, RowWords

__all__ = ["CareLevel", "DrawingWords", "Figure", "FigureWords", "Reference", "ReferenceWords", "RowWords"]
