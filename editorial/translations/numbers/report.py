"""Who translated how much, and how long a translation takes: sums of rows, by language, month and person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import (
    Avg,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from editorial.accounts.languages import own_name
from editorial.accounts.models import User
from editorial.editions.models import Edition, Release, UnitState

from ..models import TranslatedWords
from ..overview.languages import counted_languages

SAMPLE = 300  # translations of each language: enough to see how long they take now
MONTHS = 12  # that the page sums; the table for a spreadsheet has all
FROM_MEMORY = (UnitState.Origin.MEMORY, UnitState.Origin.REPEAT)
_DAY = timedelta(days=1)
_EDITION = ("edition__language", "edition__number")


@dataclass(frozen=True, slots=True)
class NumberFilters:
    """Each "" when it is not asked for; `month` as "2026-11", `person` the key of an account."""

    language: str = ""
    month: str = ""
    person: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], languages: Sequence[str]) -> "NumberFilters":
        language, month, person = (query.get(name, "") for name in ("language", "month", "person"))
        is_key = person.isascii() and person.isdigit() and len(person) < 10
        return cls(
            language if language in languages else "",
            month if month in month_names(timezone.localdate()) else "",
            person if is_key else "",
        )

    @property
    def query(self) -> str:
        values = {"language": self.language, "month": self.month, "person": self.person}
        return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True, slots=True)
class NumberRow:
    """What one person translated into one language in one month."""

    language: str
    month: date
    person: str
    units: int
    words: int
    target_words: int
    words_from_memory: int

    @property
    def memory_share(self) -> int:
        """Of the words, in percent."""
        return round(self.words_from_memory * 100 / self.words) if self.words else 0


@dataclass(frozen=True, slots=True)
class TimeRow:
    """From when readers had the source edition until they had the translation of it, of those that came in a month."""

    language: str
    editions: int
    average_days: float
    longest_days: float


def month_names(today: date) -> list[str]:
    """The months that can be asked for, the newest first: "2026-11"."""
    months = [today.year * 12 + today.month - 1 - back for back in range(MONTHS)]
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]


def sum_words(filters: NumberFilters, *, user: User, all_months: bool = False) -> Iterator[NumberRow]:
    """The newest month first. Only languages whose numbers this user may see. One question."""
    rows = TranslatedWords.objects.filter(language__in=_languages(filters, user))
    if filters.month:
        rows = rows.filter(month=first_day(filters.month))
    elif not all_months:
        rows = rows.filter(month__gte=first_day(month_names(timezone.localdate())[-1]))
    if filters.person:
        rows = rows.filter(user=int(filters.person))
    sums = rows.values("month", "language", "user").annotate(
        name=Max("user_name"),
        all_units=Sum("units"),
        all_words=Sum("words"),
        all_target_words=Sum("target_words"),
        memory=Coalesce(Sum("words", filter=Q(origin__in=FROM_MEMORY)), 0),
    )
    for row in sums.order_by("-month", "language", "name", "user").iterator(chunk_size=500):
        yield NumberRow(
            row["language"], row["month"], row["name"], row["all_units"], row["all_words"], row["all_target_words"],
            row["memory"],
        )  # fmt: skip


def find_people(*, user: User) -> list[tuple[str, str]]:
    """[(key, name)] of those who translated in these months, in languages whose numbers this user may see."""
    since = first_day(month_names(timezone.localdate())[-1])
    rows = TranslatedWords.objects.filter(language__in=counted_languages(user), month__gte=since)
    people = rows.values("user").annotate(name=Max("user_name")).order_by("name", "user")
    return [(str(row["user"]), row["name"]) for row in people]


def average_times(filters: NumberFilters, *, user: User) -> list[TimeRow]:
    """Of translations that readers got in these months, the newest SAMPLE of each language. One question."""
    releases = _released_translations(filters, user).filter(_is_of_newest(filters, user))
    sums = releases.values("language").annotate(editions=Count("pk"), average=Avg("took"), longest=Max("took"))
    return [
        TimeRow(row["language"], row["editions"], row["average"] / _DAY, row["longest"] / _DAY)
        for row in sums.order_by("language")
    ]


def _is_of_newest(filters: NumberFilters, user: User) -> Q:
    """Of releases of these months: that they are among the newest SAMPLE of their language. Of one person, all are.

    The index of each language has them in this order, so what was released before is not read.
    """
    if filters.person:
        return Q()
    since, months = _months(filters)
    newest = Q(pk=None)
    for language in _languages(filters, user):
        times = Release.objects.filter(months, language=language)
        oldest = Subquery(times.order_by("-released_from").values("released_from")[SAMPLE - 1 : SAMPLE])
        begins = Coalesce(oldest, Value(since, output_field=DateTimeField()))
        newest |= Q(language=language, released_from__gte=begins)
    return newest


def _months(filters: NumberFilters) -> tuple[datetime, Q]:
    """From when, and which releases began in the months that are asked for."""
    first = first_day(filters.month or month_names(timezone.localdate())[-1])
    since, until = _midnight(first), _midnight((first + 32 * _DAY).replace(day=1))
    began = Q(released_from__gte=since)
    return since, began & Q(released_from__lt=until) if filters.month else began


def _released_translations(filters: NumberFilters, user: User) -> Any:
    """First releases of translations, with how long after the first of their source they came."""
    first = Release.objects.filter(edition=OuterRef("edition")).order_by("pk").values("pk")[:1]
    source = Release.objects.filter(edition=OuterRef("edition__source_edition")).order_by()
    began = source.values("edition").annotate(began=Min("released_from")).values("began")
    (_since, months), languages = _months(filters), _languages(filters, user)
    releases = Release.objects.filter(months, language__in=languages, pk=Subquery(first))
    if filters.person:
        theirs = TranslatedWords.objects.filter(user=int(filters.person), language__in=languages)
        releases = releases.filter(edition__in=theirs.values("edition"))
    took = ExpressionWrapper(F("released_from") - Subquery(began), output_field=DurationField())
    return releases.annotate(took=took)


def editions_table(filters: NumberFilters, *, user: User) -> Iterable[list[Any]]:
    """Each translation that was released in these months, for a spreadsheet: times as ISO 8601, at home."""
    releases = _released_translations(filters, user).select_related("edition").only("released_from", *_EDITION)
    releases = releases.annotate(source_title=F("edition__source_edition__title"))
    for release in releases.order_by("pk").iterator(chunk_size=200):
        edition: Edition = release.edition
        yield [
            release.source_title, own_name(edition.language), edition.number,
            timezone.localtime(release.released_from - release.took).isoformat(timespec="minutes"),
            timezone.localtime(release.released_from).isoformat(timespec="minutes"),
            round(release.took / _DAY, 1),
        ]  # fmt: skip


def _languages(filters: NumberFilters, user: User) -> list[str]:
    """Those that are asked for, of those whose numbers this user may see."""
    return [code for code in counted_languages(user) if filters.language in ("", code)]


def first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
