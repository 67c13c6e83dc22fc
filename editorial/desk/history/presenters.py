"""The timeline as its page shows it: days, and in each what somebody did in one go."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone

from editorial.accounts.languages import bcp47, direction, own_name
from editorial.editions.tree import diff
from editorial.editions.working.edits import Edit, TextChange

from .sources import EntryType, TimelineEntry

# Rows that one save writes are written within this time; one save tells who, when and why once.
AT_ONCE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text's change: in short, and whole where that is longer."""

    change: TextChange
    short: list[tuple[str, str]]
    whole: list[tuple[str, str]]

    @property
    def lang(self) -> str:
        return bcp47(self.change.language)

    @property
    def dir(self) -> str:
        return direction(self.change.language)


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry, with its texts as they are shown."""

    entry: TimelineEntry
    texts: list[ShownText]

    @property
    def edit(self) -> Edit | None:
        return self.entry.edit


@dataclass(slots=True)
class TimelineItem:
    """What one person did in one go: an entry, or all rows that one save wrote."""

    shown: list[ShownEntry] = field(default_factory=list)

    @property
    def first(self) -> TimelineEntry:
        return self.shown[0].entry

    @property
    def is_edit(self) -> bool:
        return self.first.sort == EntryType.EDIT

    @property
    def at(self) -> datetime:
        return self.first.at

    @property
    def by(self) -> str:
        return self.first.by

    @property
    def words(self) -> str:
        return self.first.words

    @property
    def languages(self) -> list[tuple[str, str]]:
        """[(tag, own name)] of the languages that it was about."""
        codes = dict.fromkeys(shown.entry.language for shown in self.shown if shown.entry.language)
        return [(bcp47(code), own_name(code)) for code in codes]

    @property
    def tone(self) -> str:
        """What its mark on the line looks like; its words say the same."""
        return self.first.badge[0] or self.first.sort

    def is_saved_with(self, entry: TimelineEntry) -> bool:
        last = self.shown[-1].entry
        is_same = (last.sort, last.by, last.words, last.language) == (entry.sort, entry.by, entry.words, entry.language)
        return self.is_edit and is_same and last.at - entry.at <= AT_ONCE


def group_by_day(entries: Iterable[TimelineEntry]) -> list[tuple[date, list[TimelineItem]]]:
    """[(day at home, its moments)] in the order of the entries."""
    days = []
    for day, day_entries in groupby(entries, key=lambda entry: timezone.localtime(entry.at).date()):
        moments: list[TimelineItem] = []
        for entry in day_entries:
            if not (moments and moments[-1].is_saved_with(entry)):
                moments.append(TimelineItem())
            moments[-1].shown.append(_shown(entry))
        days.append((day, moments))
    return days


def _shown(entry: TimelineEntry) -> ShownEntry:
    texts = []
    for change in entry.edit.texts if entry.edit else ():
        short = diff.condense_parts(change.parts)
        texts.append(ShownText(change, short, change.parts if short != change.parts else []))
    return ShownEntry(entry, texts)
