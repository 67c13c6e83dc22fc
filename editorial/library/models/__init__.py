"""What all kinds of content share."""

from .care import CareLevel
from .figures import Figure
from .references import Reference

__all__ = ["CareLevel", "Figure", "Reference"]
