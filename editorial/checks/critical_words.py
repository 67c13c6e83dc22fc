"""What a patient may act on in a text: numbers, doses, dates, comparisons, negations, names, links and telephones."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from editorial.editions.name_finder import NameFinder

from . import critical_vocabulary as vocabulary
from .numbers import NUMBER_WORDS


class Sort(StrEnum):
    """What a word is. The order is that in which reviewers are told of them."""

    CARE = "care"
    NEGATION = "negation"
    NUMBER = "number"
    COMPARISON = "comparison"
    DATE = "date"
    RAISED = "raised"  # above or below the line
    NAME = "name"
    PHONE = "phone"
    LINK = "link"
    SOURCE = "source"  # a citation
    FACT = "fact"  # a fact that is not written in words, such as the route of a dose


@dataclass(frozen=True, slots=True)
class CriticalWord:
    """`value` is the same for what says the same; `start` and `end` are places in the text."""

    sort: Sort
    written: str
    value: str
    start: int
    end: int


_RAISED = r"[²³¹⁰-₟ᵃ-ᵿⁿ]"
# Of an address only what `diff.comparable_text` writes out, in angle brackets after its words.
_LINK = re.compile(r"<((?:https?:|mailto:|/|#)[^<>]*)>", re.IGNORECASE)
_TEL = re.compile(r"<(tel:[^<>]*)>", re.IGNORECASE)
_SOURCE = re.compile(r"\[@[a-z0-9-]+\]")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s().\u2010-\u2015-]*\d){6,}(?!\w)")
_DIGITS = rf"\d+(?:[.,٫٬'’ \u00a0\u202f]\d+)*(?:{_RAISED}+)?(?:\s?[–-]\s?\d+(?:[.,٫٬]\d+)*)?"
# Only from the beginning of a word: from within, a long one would be read again and again.
_LEFT_OVER = re.compile(rf"(?<![^\s<>\[\]])[^\s<>\[\]]*(?:\d|{_RAISED})[^\s<>\[\]]*")
_PIECE = re.compile(rf"\d+|{_RAISED}+")  # of what is left over, where the rest belongs to another word
# A name is told by its letters: several capitals, capitals beside digits, or a capital where no sentence begins.
_ABBREVIATION = re.compile(r"(?<![\w-])(?=[\w-]*[A-ZÀ-Þ][\w-]*[A-ZÀ-Þ\d])[A-Za-zÀ-ÿ\d]+(?:-[A-Za-zÀ-ÿ\d]+)*(?![\w-])")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def find_critical_words(
    text: str, language: str, names: NameFinder[object] | None = None, *, other: str = ""
) -> list[CriticalWord]:
    """The words of a text that matter, in reading order; `text` is as `diff.comparable_text` writes it, without signs.

    Each place belongs to one of them, and every digit to some. `names` are those that the site knows. `other` is the
    text that it is compared with: what either of the two also has in lower case is no name for its capital alone.
    """
    taken = bytearray(len(text))
    words: list[CriticalWord] = []
    for sort, start, end, rest in _matches(text, language, names, other):
        if start < end and not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            written = text[start : max(end, rest)].strip()
            words.append(CriticalWord(sort, written, _value(sort, written, language), start, max(end, rest)))
    return sorted(words, key=lambda word: word.start)


def _matches(
    text: str, language: str, names: NameFinder[object] | None, other: str
) -> Iterator[tuple[Sort, int, int, int]]:
    """(sort, start, end, end with the word that it is about), what claims its place first."""
    for sort, pattern in _patterns(language):
        if sort == Sort.RAISED and pattern is _LEFT_OVER:
            yield from ((Sort.NAME, start, end, end) for start, end in _capitals(text, other, language))
        for match in pattern.finditer(text):
            span = match.span("core") if "core" in pattern.groupindex else match.span()
            yield sort, *span, match.end()
        if sort == Sort.SOURCE and names:  # before anything that may be a part of a name
            yield from ((Sort.NAME, start, end, end) for start, end in _name_places(text, names))


def _capitals(text: str, other: str, language: str) -> Iterator[tuple[int, int]]:
    """Places of words that have a capital as names have: after a title, or where no sentence begins."""
    titles = re.compile(rf"(?<![^\W_])(?:{vocabulary.TITLES})\.?\s+$")
    title = re.compile(vocabulary.TITLES)
    ordinary = set(vocabulary.CAPITALISED.get(language, vocabulary.CAPITALISED["en"]).split())
    ordinary |= {word[0] for side in (text, other) for word in _WORD.finditer(side) if word[0][0].islower()}
    for match in _WORD.finditer(text):
        if not match[0][0].isupper() or len(match[0]) == 1 or title.fullmatch(match[0]):
            continue
        before = text[max(0, match.start() - 12) : match.start()]
        is_within = before[-1:] in (" ", "\u00a0") and (
            before[-2:-1].islower() or before[-2:-1] in (*",;)", *"0123456789")
        )
        if titles.search(before) or (is_within and match[0].lower() not in ordinary):
            yield match.span()


def _name_places(text: str, names: NameFinder[object]) -> Iterator[tuple[int, int]]:
    place = 0
    for written, _name in names.find(text):
        start = text.find(written, place)
        if start >= 0:
            place = start + len(written)
            yield start, place


@cache
def _patterns(language: str) -> list[tuple[Sort, re.Pattern[str]]]:
    """In the order in which they claim their places. English where a language has no list of its own."""

    is_chinese = language == "zh-hans"

    def of(table: dict[str, str]) -> str:
        return table.get(language, table["en"])

    def word(words: str) -> str:
        return f"(?:{words})" if is_chinese else rf"(?<![^\W_])(?:{words})(?![^\W_])"

    units = f"(?:{vocabulary.UNITS}|{word(of(vocabulary.SPANS))})"
    months = of(vocabulary.MONTHS)
    dates = (
        r"\d{4}-\d\d?-\d\d?(?!\d)|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}(?!\d)|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?"
        rf"|(?:\d{{1,2}}\.?º?\s(?:de\s|ngày\s)?)?{word(months)}(?:\s\d{{1,2}}(?!\d))?(?:,?\s(?:de(?:l)?\s|năm\s)?\d{{4}}(?!\d))?"
    )
    numbers = f"(?:{_DIGITS}|{word(_number_words(language))})"
    negation = vocabulary.CHINESE_NEGATION if is_chinese else word(of(vocabulary.NEGATIONS))
    next_word = r"[㐀-鿿]{0,2}" if is_chinese else r"(?:[\s-]+[^\s<>\[\]]+)?"
    stems = vocabulary.DRUG_STEMS.get(language, vocabulary.DRUG_STEMS["latin"])
    made = [
        (Sort.LINK, _LINK.pattern), (Sort.PHONE, _TEL.pattern), (Sort.SOURCE, _SOURCE.pattern),
        (Sort.RAISED, r"[\^_]\([^()]{1,80}\)"),
        (Sort.DATE, f"{dates}|{word(of(vocabulary.WEEKDAYS))}"), (Sort.PHONE, _PHONE.pattern),
        (Sort.NUMBER, word(vocabulary.STAGES[language]) if language in vocabulary.STAGES else r"(?!)"),
        (Sort.NUMBER, rf"(?<![A-Za-z\d.,])(?<![A-Za-z]-){numbers}(?:[\s-]?{units})?"),
        (Sort.NEGATION, rf"(?P<core>{negation}){next_word}"),
        (Sort.COMPARISON, f"{vocabulary.SIGN}|{word(of(vocabulary.COMPARISONS))}"),
        (Sort.NUMBER, f"{vocabulary.LONE_UNITS}|{word(of(vocabulary.SPANS))}"),
        (Sort.NAME, word(stems)),
    ]  # fmt: skip
    exact = [(Sort.NAME, _ABBREVIATION), (Sort.RAISED, _LEFT_OVER), (Sort.RAISED, _PIECE)]
    return [(sort, re.compile(pattern, re.IGNORECASE)) for sort, pattern in made] + exact


def _number_words(language: str) -> str:
    return "|".join(sorted(map(re.escape, NUMBER_WORDS.get(language, NUMBER_WORDS["en"])), key=len, reverse=True))


def _value(sort: Sort, written: str, language: str) -> str:
    if sort in (Sort.LINK, Sort.SOURCE, Sort.NAME):
        return written
    composed = unicodedata.normalize("NFC", written).casefold()
    folded = "".join(str(unicodedata.decimal(sign, sign)) for sign in composed)
    if sort == Sort.PHONE:
        return "".join(sign for sign in folded if sign.isalnum() or sign in "+*#;=")
    folded = " ".join(folded.replace("\u00a0", " ").strip(".,;:!?()“”\"'。，；：！？、").split())
    if sort != Sort.NUMBER:
        return folded
    values = {word.casefold(): str(value) for word, value in NUMBER_WORDS.get(language, {}).items()}
    return "".join(values.get(part, part) for part in re.split(r"(\s+|-)", folded) if part.strip())
