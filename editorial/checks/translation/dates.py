"""Days, months and times of day in a text, as values that can be compared between languages."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from .languages import find_words
from .languages.words import LanguageWords
from .numerals import compose_number

_ISO = re.compile(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?![\d-])")
_NUMERIC = re.compile(r"(?<![\d./])(\d{1,4})([/.])(\d{1,2})\2(\d{1,4})(?![\d/]|\.\d)")
_CLOCK = re.compile(r"(?<![\d:.])(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?![\d:])")


@dataclass(frozen=True, slots=True)
class Day:
    """0 stands for what is not said. `weekday` is 1 for Monday, of a day that is only named so."""

    year: int
    month: int
    day: int
    weekday: int
    written: str
    start: int
    end: int

    @property
    def value(self) -> tuple[int, int, int, int]:
        return self.year, self.month, self.day, self.weekday


def find_days(text: str, language: str, *, with_weekdays: bool = True) -> list[Day]:
    """The days and months of a text, in reading order. Languages whose words are not known have only numeric ones."""
    words = find_words(language)
    taken = bytearray(len(text))
    days: list[Day] = []
    for day in _matches(text, words, language, with_weekdays=with_weekdays):
        if not any(taken[day.start : day.end]):
            taken[day.start : day.end] = b"\x01" * (day.end - day.start)
            days.append(day)
    return sorted(days, key=lambda day: day.start)


def _matches(text: str, words: LanguageWords | None, language: str, *, with_weekdays: bool) -> Iterator[Day]:
    for match in _ISO.finditer(text):
        yield _day(match, int(match["y"]), int(match["m"]), int(match["d"]))
    if words is None:
        return
    for match in _NUMERIC.finditer(text):
        first, second, third = (int(match[group]) for group in (1, 3, 4))
        if len(match[1]) == 4:
            year, month, day = first, second, third
        elif len(match[4]) in (2, 4) and len(match[1]) <= 2:
            month, day = (first, second) if words.numeric_date == "mdy" else (second, first)
            year = third if third > 99 else 2000 + third
        else:
            continue
        if 1 <= month <= 31 and 1 <= day <= 31 and (match[2] == "/" or len(match[1]) == 4 or third > 99):
            yield _day(match, year, month, day)
    for pattern in _date_patterns(language):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            written = _folded(groups["m"]).rstrip(".")
            month = int(written) if written.isdigit() else words.months.get(written, 0)
            if 1 <= month <= 12:
                yield _day(match, _number(groups.get("y"), words), month, _number(groups.get("d"), words))
    if with_weekdays:
        for match in _weekday_pattern(language).finditer(text):
            yield Day(0, 0, 0, words.weekdays[_folded(match["weekday"])], match[0], *match.span())


@cache
def _date_patterns(language: str) -> list[re.Pattern[str]]:
    words = find_words(language)
    return [re.compile(pattern, re.IGNORECASE) for pattern in words.date_patterns] if words else []


@cache
def _weekday_pattern(language: str) -> re.Pattern[str]:
    words = find_words(language)
    names = "|".join(sorted(words.weekdays, key=len, reverse=True)) if words else "(?!)"
    if language == "zh-hans":
        return re.compile(rf"(?<![每\d两三])(?P<weekday>{names})(?![周个次])")
    return re.compile(rf"(?<![^\W_])(?:[وفبلك]|لل)?(?P<weekday>{names})s?(?![^\W_])", re.IGNORECASE)


def _day(match: re.Match[str], year: int, month: int, day: int) -> Day:
    return Day(year, month, day, 0, match[0], *match.span())


def _number(written: str | None, words: LanguageWords) -> int:
    if not written or written.isdigit():
        return int(written or 0)
    if words.has_spaces:
        return 1  # "primero"
    return int(compose_number([words.cardinals[sign] for sign in written], words.tens_multiply)[0])


# A year written sign by sign: 二〇一九年.
_SPELLED_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=\s?年)")
_YEAR_SIGNS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def fold_years(text: str) -> str:
    return _SPELLED_YEAR.sub(lambda match: match[0].translate(_YEAR_SIGNS), text)


def _folded(written: str) -> str:
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in unicodedata.normalize("NFC", written).lower())


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes after the last noon or midnight, which every way of telling it has."""

    minutes: int
    written: str
    start: int
    end: int


def find_clocks(text: str) -> list[Clock]:
    return [
        Clock(int(match["h"]) % 12 * 60 + int(match["min"]), match[0], *match.span()) for match in _CLOCK.finditer(text)
    ]


def blank(text: str, places: list[Day] | list[Clock]) -> str:
    """The text with these places blanked out, of the same length."""
    edges = [0, *(edge for place in places for edge in (place.start, place.end)), len(text)]
    parts = [text[start:end] if number % 2 == 0 else "◌" * (end - start)
             for number, (start, end) in enumerate(pairwise(edges))]  # fmt: skip
    return "".join(parts)
