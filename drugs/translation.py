"""The columns of each language, and whose history is kept (after the registration)."""

from editorial.editions.working.tracking import register_words

from .fields import MONOGRAPH

register_words(MONOGRAPH)
