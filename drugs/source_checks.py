"""What a source says otherwise than somebody recorded it. Pure functions: no database, no clock.

They only point: whether the source says what was recorded, a person tells, who ticks each of these as seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.editions.labels import isolate
from editorial.editions.tree.nodes import digest_of

from . import numbers

# {name of a month: its number} in the languages of the site that name months; in Chinese and Vietnamese they have
# numbers. Arabic has two sets of names, and letters that many write without their sign.
_MONTHS = {
    name: number
    for names in (
        "january|february|march|april|may|june|july|august|september|october|november|december",
        "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
        "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
        "يناير|فبراير|مارس|ابريل|مايو|يونيه|يوليه|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر",
        "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول",
    )
    for number, name in enumerate(names.split("|"), 1)
}
# "Sept." is what American agencies write, and "setiembre" some Spanish ones; else a month in Latin letters is whole, or
# its first three letters.
_MONTHS |= {"sept": 9, "setiembre": 9, "إبريل": 4} | {
    name[:3]: number for name, number in _MONTHS.items() if name.isascii()
}
_MONTH = r"(?P<month>" + "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_NUMBER = r"(?P<number>\d{1,2})"
_WRITTEN_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}-(?P<number>\d{{2}})-(?P<day>\d{{2}})(?!\d)",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"(?<!\d){_DAY}\s+(?:de\s+)?{_MONTH}[,،]?\s+(?:del?\s+)?{_YEAR}\b",
        rf"(?<!\d){_YEAR}\s*年\s*{_NUMBER}\s*月\s*(?P<day>\d{{1,2}})\s*日",
        rf"(?<!\d){_DAY}\s+tháng\s+{_NUMBER},?\s+(?:năm\s+)?{_YEAR}(?!\d)",
    )
]
# 03/04/2021 is a day in March or in April: one of both has to be the day.
_SLASHED_DATE = re.compile(r"(?<![\d/])(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4})(?![\d/])")
_APPLICATION_IN_TEXT = re.compile(r"\b(ANDA|NDA|BLA)[ -]?(\d{6})\b")


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """What was recorded, as far as a source can be compared with it."""

    names: tuple[str, ...]  # of the drug: generic name and brands, in the language of the sources
    days: tuple[date, ...]  # on which it happened, and was announced; none of what only takes a decision back
    authority: str  # its code; "" where it is not known
    application: str
    submission: str
    source_title: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that is otherwise. `key` stands in forms: the same thing has the same, another has another."""

    message: str

    @property
    def key(self) -> str:
        return digest_of(self.message.encode())[:16]


def find_disagreements(recorded: RecordedDecision, sentence: str) -> list[Disagreement]:
    """What the source's title, this sentence of it and the forms of numbers say against what was recorded.

    While the sentence is "", nothing is missed in it.
    """
    messages = [
        *_form_messages(recorded),
        *_title_messages(recorded),
        *(_sentence_messages(recorded, sentence) if sentence.strip() else ()),
    ]
    return [Disagreement(message) for message in dict.fromkeys(messages)]


def _form_messages(recorded: RecordedDecision) -> Iterator[str]:
    """Of numbers that were recorded before their forms were checked."""
    checked = (
        numbers.check_application(recorded.authority, recorded.application),
        numbers.check_submission(recorded.authority, recorded.submission),
    )
    return (number.problem for number in checked if number.problem)


def _title_messages(recorded: RecordedDecision) -> Iterator[str]:
    for day in _other_days(recorded, recorded.source_title):
        yield _("The title of the source has another day: %(day)s.") % {"day": day}


def _sentence_messages(recorded: RecordedDecision, sentence: str) -> Iterator[str]:
    for day in _other_days(recorded, sentence):
        yield _("The sentence has another day: %(day)s.") % {"day": day}
    if recorded.names and not any(_has_name(name, sentence) for name in recorded.names):
        yield _("The sentence names neither the drug nor a brand of it.")
    named = {"".join(parts) for parts in _APPLICATION_IN_TEXT.findall(sentence)} if recorded.application else set()
    for number in sorted(named - {recorded.application.replace(" ", "")}):
        yield _("The sentence has another application number: %(number)s.") % {"number": isolate(number)}


def _other_days(recorded: RecordedDecision, text: str) -> list[str]:
    """The days in a text that are none of what was recorded, as people read them."""
    if not recorded.days:
        return []
    readings = find_days(text)
    return [" / ".join(map(date_format, days)) for days in readings if not set(days) & set(recorded.days)]


def find_days(text: str) -> list[tuple[date, ...]]:
    """The days that a text names in full, in a language of the site, in its order; each with every way to read it."""
    found: list[tuple[int, tuple[date, ...]]] = []
    for form in _WRITTEN_DATES:
        for match in form.finditer(text):
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTHS[parts["month"].lower()]
            found.append((match.start(), _days([(int(parts["year"]), month, int(parts["day"]))])))
    for match in _SLASHED_DATE.finditer(text):
        year, one, other = (int(match[name]) for name in ("year", "first", "second"))
        found.append((match.start(), _days([(year, one, other), (year, other, one)])))
    return list(dict.fromkeys(days for _start, days in sorted(found) if days))


def _days(readings: list[tuple[int, int, int]]) -> tuple[date, ...]:
    """Those that are days."""
    days = []
    for year, month, day in readings:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(dict.fromkeys(days))


def _has_name(name: str, text: str) -> bool:
    """Whether a name stands in a text, whatever its capitals and spaces; not as a part of a longer word."""
    words = r"\s+".join(map(re.escape, name.casefold().split()))
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", text.casefold()) is not None
