"""Which words of the desk's own data are translated."""

from modeltranslation.translator import TranslationOptions, register

from .models import Question


@register(Question)
class QuestionWords(TranslationOptions):
    fields = ("text",)
