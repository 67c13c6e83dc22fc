"""Which words are translated, and whose history is kept (after the registration)."""

from modeltranslation.translator import TranslationOptions, register

from editorial.editions.working.tracking import track

from .models import Reference, SiteWords


@register(SiteWords)
class SiteWordsWords(TranslationOptions):
    fields = ("title", "body")


for model in (SiteWords, Reference):
    track(model)
