"""The timeline, page by page: keys of all sources merged by time in the database, and only those of one page read.

A page begins after the last entry of the page before it, by its time and key. So pages stay what they were while
newer entries come, and none costs more than another.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, IntegerField, Q, QuerySet, Value

from editorial.accounts.languages import all_languages
from editorial.accounts.models import User
from editorial.editions.models import Document
from editorial.editions.working.edits import Slots, slots_by_row

from .edit_sources import EditSource, edit_sources
from .record_sources import SOURCES
from .sources import EntryType, TimelineEntry, TimelineSource, added_sources

SIZE = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"([0-9]{1,17})\.([a-z]{1,40})\.([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class TimelineFilters:
    """Each "" when it is not asked for. A value that is not offered is no filter."""

    language: str = ""
    sort: str = ""
    person: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "TimelineFilters":
        language, sort, person = (query.get(name, "") for name in ("language", "sort", "person"))
        return cls(
            language if language in all_languages() else "",
            sort if sort in EntryType else "",
            person if person.isascii() and person.isdigit() and len(person) < 10 else "",
        )

    def query(self, **more: str) -> str:
        """For an address, without what is not asked for."""
        return urlencode({name: value for name, value in {**asdict(self), **more}.items() if value})


@dataclass(frozen=True, slots=True)
class TimelinePosition:
    """Where a page ends: the time, source and key of an entry."""

    at: datetime
    source: str
    key: int

    @classmethod
    def read(cls, written: str) -> "TimelinePosition | None":
        """None for what is no place."""
        match = _PLACE.fullmatch(written)
        if not match:
            return None
        return cls(EPOCH + timedelta(microseconds=int(match[1])), match[2], int(match[3]))

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}.{self.source}.{self.key}"


@dataclass(frozen=True, slots=True)
class TimelinePage:
    entries: list[TimelineEntry]
    older: str  # the place after which the next page begins; "" on the last


class Timeline:
    """What happened to one document, for those filters."""

    def __init__(self, document: Document, filters: TimelineFilters = TimelineFilters()):
        self.document, self.filters = document, filters
        self.slots: Slots = slots_by_row(document)
        self._all: list[TimelineSource | EditSource] = [*edit_sources(document, self.slots), *SOURCES, *added_sources()]

    def page(self, before: TimelinePosition | None = None, size: int = SIZE) -> TimelinePage:
        """The newest entries, or those before a place. As many queries as tables tell something on it, and two more."""
        keys = self._keys(before, size + 1)
        keys_by_rank: dict[int, list[int]] = {}
        for _at, rank, key in keys[:size]:
            keys_by_rank.setdefault(rank, []).append(key)
        entries_by_rank = {
            rank: self._all[rank].entries(self.document, pks, self.filters.language)
            for rank, pks in keys_by_rank.items()
        }
        entries = [entries_by_rank[rank][key] for _at, rank, key in keys[:size]]
        last = keys[size - 1] if len(keys) > size else None
        return TimelinePage(entries, str(TimelinePosition(last[0], self._all[last[1]].name, last[2])) if last else "")

    def people(self) -> dict[str, str]:
        """{key: name} of everybody who did something here, whatever the filters say."""
        by = [
            source.narrowed(self.document, "").annotate(t_by=F(source.by)).values_list("t_by")
            for source in self._all
            if source.by
        ]
        users = User.objects.filter(pk__in=by[0].union(*by[1:]))
        return {str(user.pk): user.name for user in sorted(users, key=lambda user: user.name.casefold())}

    def _keys(self, before: TimelinePosition | None, count: int) -> list[tuple[datetime, int, int]]:
        parts = [
            self._part(source, rank, before)
            for rank, source in enumerate(self._all)
            if self.filters.sort in ("", source.sort) and (source.by or not self.filters.person)
        ]
        if not parts:
            return []
        return list(parts[0].union(*parts[1:], all=True).order_by("-t_at", "-t_rank", "-t_key")[:count])

    def _part(self, source: TimelineSource | EditSource, rank: int, before: TimelinePosition | None) -> QuerySet[Any]:
        rows = source.narrowed(self.document, self.filters.language)
        if self.filters.person:
            rows = rows.filter(**{source.by: int(self.filters.person)})
        if before:
            rows = rows.filter(self._earlier(source, rank, before))
        keyed = rows.annotate(t_at=F(source.at), t_rank=Value(rank, IntegerField()), t_key=F("pk"))
        keys: QuerySet[Any] = keyed.values_list("t_at", "t_rank", "t_key")
        return keys

    def _earlier(self, source: TimelineSource | EditSource, rank: int, before: TimelinePosition) -> Q:
        ranks = [listed.name for listed in self._all]
        own = ranks.index(before.source) if before.source in ranks else -1
        earlier, same = Q(**{f"{source.at}__lt": before.at}), Q(**{source.at: before.at})
        if rank < own:
            return earlier | same
        return earlier | same & Q(pk__lt=before.key) if rank == own else earlier
