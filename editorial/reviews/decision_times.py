"""The two times of a decision in each language: when readers were warned of it, and when no page rested on it unsafely.

Both follow from records that stay: when the decision was recorded, when a notice of it could be read first, when its
rechecks were settled and when editions stopped being read. Nothing is kept beside them.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case as Cases
from django.db.models import Count, DateTimeField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, When

from editorial.accounts.languages import all_languages, own_name
from editorial.editions.models import Document, Record, Release, ReleaseEnd
from editorial.reading.notice_questions import find_first_warnings

from .models import Cause, Recheck

MOST_LISTED = 5  # the newest decisions of a page whose times its settle page shows


@dataclass(frozen=True, slots=True)
class LanguageTimes:
    """`warned_at` is None while no notice was read in the language, `safe_at` while editions of `open_count` are."""

    language: str
    recorded_at: datetime
    warned_at: datetime | None
    safe_at: datetime | None
    edition_count: int  # that readers could read since, and that rest on it
    open_count: int

    @property
    def name(self) -> str:
        return own_name(self.language)

    @property
    def warned(self) -> str:
        """Hours and minutes until then; "" where that is still to come."""
        return hours_and_minutes(self.warned_at - self.recorded_at) if self.warned_at else ""

    @property
    def safe(self) -> str:
        return hours_and_minutes(self.safe_at - self.recorded_at) if self.safe_at else ""


@dataclass(frozen=True, slots=True)
class DecisionTimes:
    """`languages` are those in which readers could read an edition that rests on it, in the order of the settings."""

    record: Record
    languages: list[LanguageTimes] = field(default_factory=list)

    @property
    def edition_count(self) -> int:
        return sum(times.edition_count for times in self.languages)

    @property
    def open_count(self) -> int:
        return sum(times.open_count for times in self.languages)

    @property
    def warned(self) -> str:
        """Of all languages: when the last was; "" while one is not."""
        return max((times.warned for times in self.languages), key=_minutes) if self._has_all("warned_at") else ""

    @property
    def safe(self) -> str:
        return max((times.safe for times in self.languages), key=_minutes) if self._has_all("safe_at") else ""

    def _has_all(self, name: str) -> bool:
        return bool(self.languages) and all(getattr(times, name) for times in self.languages)


def hours_and_minutes(lasting: timedelta) -> str:
    """ "0:42": hours, and minutes that have passed in full. Nothing is before it was recorded, whatever clocks say."""
    minutes = max(int(lasting.total_seconds()), 0) // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def _minutes(written: str) -> tuple[int, ...]:
    return tuple(map(int, written.split(":")))


def load_times(records: Collection[Record], now: datetime) -> list[DecisionTimes]:
    """The times of each of these records, in their order, as they are now. Four statements, however many editions."""
    digests = {record.record_digest for record in records}
    if not digests:
        return []
    counted = {(row["because"], row["edition__language"]): row for row in _count_editions(digests, now)}
    warnings = find_first_warnings(digests, now)
    return [
        DecisionTimes(
            record,
            [
                _times(record, language, row, warnings[record.record_digest].get(language))
                for language in all_languages()
                if (row := counted.get((record.record_digest, language)))
            ],
        )
        for record in records
    ]


def _times(record: Record, language: str, row: dict[str, Any], warned_at: datetime | None) -> LanguageTimes:
    return LanguageTimes(
        language=language,
        recorded_at=record.recorded_at,
        warned_at=warned_at,
        safe_at=None if row["open"] else row["safe_at"],
        edition_count=row["editions"],
        open_count=row["open"],
    )


def _count_editions(digests: Collection[str], now: datetime) -> QuerySet[Recheck, dict[str, Any]]:
    """Of each record and language: editions that could be read since, those that are and wait, and when the last ended.

    An edition that is read no more ended when that was, or when its recheck was settled before. One that is read ends
    with its settlement.
    """
    is_live = Exists(Release.objects.live(now).filter(edition=OuterRef("edition")))
    ends = ReleaseEnd.objects.filter(
        release__edition=OuterRef("edition"),
        released_until__gt=F("release__released_from"),
        released_until__gte=OuterRef("opened_at"),
        released_until__lte=now,
    )
    ended_at = Subquery(ends.order_by("released_until").values("released_until")[:1])
    rechecks = Recheck.objects.filter(because__in=digests, cause=Cause.EVENT)
    annotated = rechecks.annotate(is_live=is_live, ended_at=ended_at, settled_at=F("settlement__settled_at"))
    ended = Cases(
        When(Q(is_live=True) | Q(ended_at__isnull=True), then=F("settled_at")),
        When(settled_at__isnull=False, settled_at__lt=F("ended_at"), then=F("settled_at")),
        default=F("ended_at"),
        output_field=DateTimeField(),
    )
    could_be_read = Q(is_live=True) | Q(ended_at__isnull=False)
    counted: QuerySet[Recheck, dict[str, Any]] = (
        annotated.filter(could_be_read)
        .order_by()
        .values("because", "edition__language")
        .annotate(
            editions=Count("pk"), open=Count("pk", filter=Q(is_live=True, settled_at__isnull=True)), safe_at=Max(ended)
        )
    )
    return counted


def newest_causes(document: Document, cause: str) -> list[str]:
    """Digests of the newest decisions that opened rechecks for what changed of this page, the newest first."""
    opened = Recheck.objects.filter(document=document, cause=cause).order_by().values("because")
    newest = opened.annotate(opened_at=Min("opened_at")).order_by("-opened_at")[:MOST_LISTED]
    return [row["because"] for row in newest]
