"""What templates of drugs need besides what editorial/reading/layout.py brings."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html
from jinja2 import pass_context
from jinja2.runtime import Context

from editorial.reading.layout import site_word
from editorial.reading.site_words import Phrase

WORDS = "drug-words"


def amount(value: Any) -> str:
    """A number from the tree as the reader's language writes it, exactly: never rounded, no zeros at its end."""
    try:
        exact = Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)
    return number_format(f"{exact:f}", force_grouping=True) if exact.is_finite() else str(value)


@pass_context
def phrase(context: Context, key: str) -> Phrase | None:
    """A signed phrase with its language, for places that hold no elements (an option, an attribute)."""
    words = context.get("site_words")
    return words.phrase(WORDS, key) if words and key else None


@pass_context
def drug_word(context: Context, key: str, otherwise: str = "") -> str:
    """A signed phrase about drugs, as `site_word` lays it out."""
    return site_word(context, WORDS, key, otherwise)


@pass_context
def interval(context: Context, every: int, unit: str) -> str:
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


FILTERS = {"amount": amount}
FUNCTIONS = {"phrase": phrase, "interval": interval, "drug_word": drug_word}
