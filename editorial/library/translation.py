"""Which words are translated, and whose history is kept (after the registration)."""

from modeltranslation.translator import TranslationOptions, register

from editorial.editions.working.tracking import track

from .models import Figure, GlossaryEntry, Reference, SiteWords, SiteWordsPhrase


@register(GlossaryEntry)
class GlossaryEntryWords(TranslationOptions):
    fields = ("title", "short", "body")


@register(SiteWords)
class SiteWordsWords(TranslationOptions):
    fields = ("title", "body")


@register(SiteWordsPhrase)
class SiteWordsPhraseWords(TranslationOptions):
    fields = ("text",)


@register(Figure)
class FigureWords(TranslationOptions):
    fields = ("alt", "caption", "credit")


for model in (Figure, GlossaryEntry, SiteWords, SiteWordsPhrase, Reference):
    track(model)
