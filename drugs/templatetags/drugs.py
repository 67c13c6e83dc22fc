"""Words that pages of drugs need besides what templatetags/content.py of the engine lays out."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html

from editorial.reading.site_words import Phrase

register = template.Library()

WORDS = "drug-words"


@register.filter
def amount(value: Any) -> str:
    """A number from the tree as the reader's language writes it, exactly: never rounded, no zeros at its end."""
    try:
        exact = Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)
    return number_format(f"{exact:f}", force_grouping=True) if exact.is_finite() else str(value)


@register.simple_tag(takes_context=True)
def phrase(context: Any, key: str) -> Phrase | None:
    """A signed phrase with its language, for places that hold no elements (an option, an attribute)."""
    words = context.get("site_words")
    return words.phrase(WORDS, key) if words and key else None


@register.simple_tag(takes_context=True)
def interval(context: Any, every: int, unit: str) -> str:
    """How often: "3 weeks". Languages write one, two, few and many apart; "" where nothing is signed.

    Phrases for one and two are whole ("1 week"); the others come after the number, which never stands alone.
    """
    if every in (1, 2) and (whole := phrase(context, f"every-{unit}-{every}")):
        return _marked(whole, whole.text)
    form = "few" if every <= 10 else "many"
    plural = phrase(context, f"every-{unit}-{form}") or phrase(context, f"every-{unit}")
    return _marked(plural, f"{amount(every)}\u00a0{plural.text}") if plural else ""


def _marked(phrase: Phrase, text: str) -> str:
    if phrase.is_foreign:
        return format_html('<span lang="{}" dir="{}">{}</span>', phrase.lang, phrase.dir, text)
    return text
