"""Which words are translated, and whose history is kept (after the registration)."""

from modeltranslation.translator import TranslationOptions, register

from editorial.editions.working.tracking import track

from .models import Figure, Reference, SiteWords


@register(SiteWords)
class SiteWordsWords(TranslationOptions):
    fields = ("title", "body")


@register(Figure)
class FigureWords(TranslationOptions):
    fields = ("alt", "caption", "credit")


for model in (SiteWords, Reference, Figure):
    track(model)
