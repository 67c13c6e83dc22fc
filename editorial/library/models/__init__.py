"""What all kinds of content share."""

from .care import CareLevel
from .figures import Figure
from .glossary import GlossaryEntry
from .references import Reference
from .site_words import SiteWords, SiteWordsPhrase

__all__ = ["CareLevel", "Figure", "GlossaryEntry", "Reference", "SiteWords", "SiteWordsPhrase"]
