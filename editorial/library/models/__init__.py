"""What all kinds of content share."""

from .glossary import GlossaryEntry
from .references import Reference
from .site_words import SiteWords, SiteWordsPhrase

__all__ = ["GlossaryEntry", "Reference", "SiteWords", "SiteWordsPhrase"]
