"""The columns of each language, and whose history is kept (after the registration)."""

from editorial.editions.working.tracking import register_words, track

from .fields import FIGURE
from .glossary.kind import GlossaryKind
from .models import Reference
from .site_words.kind import SiteWordsKind

register_words(FIGURE, GlossaryKind.fields, SiteWordsKind.fields)
track(Reference)
