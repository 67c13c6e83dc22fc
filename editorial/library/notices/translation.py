from editorial.editions.working.tracking import register_words

from .kind import NoticeKind

register_words(NoticeKind.fields)
