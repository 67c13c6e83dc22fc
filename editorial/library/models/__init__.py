"""What all kinds of content share."""

from .references import Reference
from .site_words import SiteWords, SiteWordsPhrase

__all__ = ["Reference", "SiteWords", "SiteWordsPhrase"]
