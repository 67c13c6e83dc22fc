"""Telephone numbers in signed words, as links that dial them."""

import re
import unicodedata

from django.utils.html import format_html
from django.utils.safestring import SafeString

# A number as people write it: digits of any script, in groups. Its ends are no digits, letters or signs of a number.
_NUMBER = re.compile(r"(?<![\w+])\+?\(?\d[\d\s().\-\u2010\u2011]*\d(?!\w)")
_MARKS = re.compile("[\u200e\u200f\u061c\u2066-\u2069]")  # of direction: the link isolates its number itself
SHORTEST, LONGEST = 3, 15  # digits: an emergency number; E.164 has no longer one


def find_number(text: str) -> re.Match[str] | None:
    """The one telephone number in a text; None if it holds none, or several, or one that cannot be dialled."""
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) != 1 or not SHORTEST <= len(_digits(numbers[0][0])) <= LONGEST:
        return None
    return numbers[0]


def dial(number: str) -> str:
    """The address that dials it (RFC 3966): "tel:911"."""
    return f"tel:{'+' if number.startswith('+') else ''}{_digits(number)}"


def call_link(text: str) -> SafeString | None:
    """Words around a number as a link that dials it, the number from left to right; None where there is not one."""
    text = _MARKS.sub("", text)
    if (number := find_number(text)) is None:
        return None
    before, after = text[: number.start()], text[number.end() :]
    return format_html(
        '<a class="call" href="{}">{}<bdi dir="ltr">{}</bdi>{}</a>', dial(number[0]), before, number[0], after
    )


def _digits(number: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in number if sign.isdecimal())
