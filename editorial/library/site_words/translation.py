from editorial.editions.working.tracking import register_words

from .kind import SiteWordsKind

register_words(SiteWordsKind.fields)
