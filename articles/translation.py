"""The columns of each language, and whose history is kept (after the registration: see working/tracking.py)."""

from editorial.editions.working.tracking import register_words, track

from .fields import ARTICLE
from .models import ArticleTopic

register_words(ARTICLE)
track(ArticleTopic)
