"""The check for numbers that are others than in the signed edition."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.utils.translation import gettext_lazy

from editorial.editions.tree.nodes import Node

from .checked_pages import CheckedPage
from .contract import Check, FindingPlace
from .sentences import shorten_quote

MANY = 200  # numbers in one text, of which it would take too long to tell which were put in

# A day, or a number as people write it; not what is part of a name, such as PD-L1.
_DIGITS = r"(?<![A-Za-z\d.,])(?<![A-Za-z]-)(?:\d{4}-\d\d-\d\d(?!\d)|\d+(?:[.,٫٬]\d+)*(?:[⁺⁻]?[⁰¹²³⁴-⁹]+)?)"
# Numbers in words, with which doses are told. Without "one" and Vietnamese "năm", which mostly are other words.
NUMBER_WORDS: dict[str, dict[str, int | str]] = {
    "en": {
        "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "half": "½",
    },
    "es": {
        "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
        "once": 11, "doce": 12, "veinte": 20, "treinta": 30, "medio": "½", "media": "½", "mitad": "½",
    },
    "ar": {
        "مرتين": 2, "مرتان": 2, "قرصين": 2, "قرصان": 2, "حبتين": 2, "جرعتين": 2, "ثلاث": 3, "ثلاثة": 3, "أربع": 4,
        "أربعة": 4, "خمس": 5, "خمسة": 5, "ست": 6, "ستة": 6, "سبع": 7, "سبعة": 7, "ثماني": 8, "ثمانية": 8, "تسع": 9,
        "تسعة": 9, "عشر": 10, "عشرة": 10, "نصف": "½",
    },
    "vi": {
        "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "nửa": "½",
    },
    "zh-hans": {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "半": "½"},
}  # fmt: skip
_CHINESE = (
    r"(?<![一两二三四五六七八九十])(?:[两二三四五六七八九十]|半(?=[片粒颗]))"
    r"(?=个?(?:小时|月)|[次片粒颗针剂支周天日年倍毫])"
)

# What a number is of, where the same number of another is another dose. Times of day and counts of people are not.
_AMOUNT = r"[%％٪]|(?:mg|mcg|[µμ]g|k?g|ml|iu|gy)(?:/kg|/m²)?(?![A-Za-z])"
_SPANS = {
    "en": r"(?:minute|hour|day|week|month|year|time)s?\b",
    "es": r"(?:minutos?|horas?|días?|semanas?|mes(?:es)?|años?|vez|veces)\b",
    "ar": r"(?:دقيقة|دقائق|ساعة|ساعات|يومًا|يوم|أيام|أسبوع|أسابيع|شهر|أشهر|سنة|سنوات|ملغم?|مجم)(?!\w)",
    "vi": r"(?:phút|giờ|ngày|tuần|tháng|năm|lần)\b",
    "zh-hans": r"毫克|微克|毫升|克|分钟|个?小时|天|日|周|个?星期|个?月|年|次",
}


def _pattern(language: str) -> re.Pattern[str]:
    words = _CHINESE if language == "zh-hans" else rf"\b(?:{'|'.join(NUMBER_WORDS[language])})\b"
    return re.compile(rf"({_DIGITS}|{words})(?:\s?({_AMOUNT}|{_SPANS[language]}))?", re.IGNORECASE)


_PATTERNS = {language: _pattern(language) for language in NUMBER_WORDS}


@dataclass(frozen=True, slots=True)
class Number:
    """`value` is the same for one number of one thing, however it is written."""

    written: str
    value: str


def find_numbers(text: str, language: str) -> list[Number]:
    """The numbers in a text, in reading order."""
    matches = _PATTERNS[language].finditer(unicodedata.normalize("NFC", text))
    return [Number(match[0], _value(match[1], language) + _unit(match[2] or "")) for match in matches]


def _value(written: str, language: str) -> str:
    if word := NUMBER_WORDS[language].get(written.lower()):
        return str(word)
    # The digits of a power are decimal digits of no number: 10⁹ is not 109.
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in written)


def _unit(written: str) -> str:
    # One per cent sign and one micro sign for all that look alike, one form for one and many.
    unit = unicodedata.normalize("NFKC", written.lower()).replace("٪", "%").removeprefix("个")
    return unit.removesuffix("s") if unit.isascii() else unit


class ChangedNumber(Check):
    """In the order in which they stand: two numbers that changed places are two others."""

    id = "changed-number"
    name = gettext_lazy("Number changed since the last signed edition")
    why = gettext_lazy("A typing error can change a dose. Check that you meant this change.")
    tells_change = True
    languages = frozenset(_PATTERNS)
    keys = frozenset({"document", "partner"})  # attributes that hold the key of another page, which is no number

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        base = {node.id: node for node in page.base.walk()} if page.base else {}
        for node in page.nodes.values():
            before = base.get(node.id)
            if before is None or before == node or node.type in ("reference", "figure"):
                continue
            if changes := "; ".join(self._changes(before, node, page.language)):
                yield FindingPlace(node, shorten_quote(changes), before=replace(before, children=()))

    def _changes(self, before: Node, node: Node, language: str) -> Iterator[str]:
        old, new = self._texts(before), self._texts(node)
        for place in dict.fromkeys([*new, *old]):
            yield from _compared(*(find_numbers(texts.get(place, ""), language) for texts in (old, new)))

    def _texts(self, node: Node) -> dict[tuple[str, str], str]:
        facts = {name: value for name, value in sorted(node.facts.items()) if name not in self.keys}
        texts = {("fact", name): str(v) for name, v in facts.items() if not isinstance(v, bool | list | dict)}
        return texts | {("words", name): node.plain(name) for name in sorted(node.words)}


def _compared(old: list[Number], new: list[Number]) -> Iterator[str]:
    before, after = ([number.value for number in numbers] for numbers in (old, new))
    if before == after:
        return
    if len(old) == len(new):
        yield from (_change_text([a], [b]) for a, b in zip(old, new, strict=True) if a.value != b.value)
        return
    if max(len(old), len(new)) > MANY:
        yield _change_text(old, new)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _change_text(old[i1:i2], new[j1:j2])


def _change_text(old: list[Number], new: list[Number]) -> str:
    return " → ".join(", ".join(_isolated(number.written) for number in numbers) or "–" for numbers in (old, new))


def _isolated(written: str) -> str:
    """Digits of a script that runs from right to left would turn the arrow round."""
    return written if written.isascii() else f"\u2068{written}\u2069"
