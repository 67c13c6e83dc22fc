"""Which words are translated, and whose history is kept (after the registration)."""

from modeltranslation.translator import TranslationOptions, register

from editorial.editions.working.tracking import track

from .models import Reference, SiteWords, SiteWordsPhrase


@register(SiteWords)
class SiteWordsWords(TranslationOptions):
    fields = ("title", "body")


@register(SiteWordsPhrase)
class SiteWordsPhraseWords(TranslationOptions):
    fields = ("text",)


for model in (SiteWords, SiteWordsPhrase, Reference):
    track(model)
