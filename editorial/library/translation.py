"""The columns of each language, and whose history is kept (after the registration)."""

from editorial.editions.working.tracking import register_words, track

from .fields import FIGURE, TOPIC
from .models import Reference

register_words(FIGURE, TOPIC)
track(Reference)
