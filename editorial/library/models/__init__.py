"""What all kinds of content share."""

from ..glossary.models import GlossaryEntry
from ..site_words.models import SiteWords, SiteWordsPhrase
from .care import CareLevel
from .figures import Figure
from .references import Reference

__all__ = ["CareLevel", "Figure", "GlossaryEntry", "Reference", "SiteWords", "SiteWordsPhrase"]
