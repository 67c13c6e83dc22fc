"""Which words are translated, and whose history is kept (after the registration)."""

from modeltranslation.translator import TranslationOptions, translator

from editorial.editions.working.tracking import track

from .fields import PARTS, PLAIN, PROSE
from .models import Monograph

_PARTS = {Monograph._meta.get_field(related).related_model: words for related, words in PARTS.items()}

for _model, _fields in {Monograph: (*PLAIN, *PROSE), **_PARTS}.items():
    translator.register(_model, type(f"{_model.__name__}Words", (TranslationOptions,), {"fields": _fields}))
    track(_model)
