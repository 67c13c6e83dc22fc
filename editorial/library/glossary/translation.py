from editorial.editions.working.tracking import register_words

from .kind import GlossaryKind

register_words(GlossaryKind.fields)
