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

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
# "Sept." is what American agencies write; else a month is whole, or its first three letters.
_MONTH = r"(?P<month>" + "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + r"|sept)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WRITTEN_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}-(?P<number>\d{{2}})-(?P<day>\d{{2}})(?!\d)",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"(?<!\d){_DAY}\s+{_MONTH},?\s+{_YEAR}\b",
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
    """The days that a text in English names in full, in its order, each with every way to read it."""
    found: list[tuple[int, tuple[date, ...]]] = []
    for form in _WRITTEN_DATES:
        for match in form.finditer(text):
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else _month_number(parts["month"])
            found.append((match.start(), _days([(int(parts["year"]), month, int(parts["day"]))])))
    for match in _SLASHED_DATE.finditer(text):
        year, one, other = (int(match[name]) for name in ("year", "first", "second"))
        found.append((match.start(), _days([(year, one, other), (year, other, one)])))
    return list(dict.fromkeys(days for _start, days in sorted(found) if days))


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:3].lower()))


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
