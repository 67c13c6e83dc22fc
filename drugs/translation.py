"""The columns of each language, and whose history is kept (after the registration)."""

from editorial.editions.working.tracking import register_words, track

from .fields import MONOGRAPH
from .models import Authority, MonographTopic

register_words(MONOGRAPH)
track(Authority)
track(MonographTopic)
