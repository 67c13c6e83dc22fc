"""What templates of drugs need besides what editorial/reading/layout.py brings."""

from decimal import Decimal, InvalidOperation
from functools import reduce
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import pgettext
from jinja2 import pass_context
from jinja2.runtime import Context

from editorial.reading.layout import site_word
from editorial.reading.site_words import Phrase

from .cycle_days import Stretches

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
    """How often, or how long: "3 weeks". See `counted`."""
    return counted(context, every, f"every-{unit}")


@pass_context
def counted(context: Context, number: int, key: str) -> str:
    """A number with the words for what it counts: "12 years and older"; "" where nothing is signed.

    Languages write one, two, few and many apart. Phrases for one and two are whole ("1 week"); the others come after
    the number, which never stands alone.
    """
    if number in (1, 2) and (whole := phrase(context, f"{key}-{number}")):
        return _marked(whole, whole.text)
    form = "few" if number <= 10 else "many"
    plural = phrase(context, f"{key}-{form}") or phrase(context, key)
    return _marked(plural, f"{amount(number)}\u00a0{plural.text}") if plural else ""


def day_list(stretches: Stretches) -> str:
    """Days of a cycle as the reader's language lists numbers: "1, 8" or "8–14"."""
    days = (amount(first) if first == last else f"{amount(first)}\u2013{amount(last)}" for first, last in stretches)
    join = pgettext("numbers in a list", "%(days)s, %(day)s")
    return reduce(lambda days, day: join % {"days": days, "day": day}, days).replace(" ", "\u00a0")


def _marked(phrase: Phrase, text: str) -> str:
    if phrase.is_foreign:
        return format_html('<span lang="{}" dir="{}">{}</span>', phrase.lang, phrase.dir, text)
    return text


FILTERS = {"amount": amount}
FUNCTIONS = {"phrase": phrase, "interval": interval, "counted": counted, "day_list": day_list, "drug_word": drug_word}
