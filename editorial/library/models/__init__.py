"""What all kinds of content share."""

from .figures import Figure
from .references import Reference
from .site_words import SiteWords

__all__ = ["Figure", "Reference", "SiteWords"]
