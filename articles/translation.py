"""Which words are translated, and whose history is kept (after the registration: see working/tracking.py)."""

from modeltranslation.translator import TranslationOptions, register

from editorial.editions.working.tracking import track

from .models import Article, ArticleTopic, KeyPoint, Section, Topic


@register(Topic)
class TopicWords(TranslationOptions):
    fields = ("name",)


@register(Article)
class ArticleWords(TranslationOptions):
    fields = ("title", "lead", "change_note")


@register(KeyPoint)
class KeyPointWords(TranslationOptions):
    fields = ("text",)


@register(Section)
class SectionWords(TranslationOptions):
    fields = ("heading", "body")


for model in (Topic, Article, ArticleTopic, KeyPoint, Section):
    track(model)
