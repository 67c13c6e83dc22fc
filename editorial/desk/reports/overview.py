"""How the desk and the library stand, for the head of content. A few queries, however much there is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from editorial.accounts.models import Reviewer, RoleGrant
from editorial.accounts.roles import GRANTS, Permission
from editorial.editions.models import Meaning, SignOff
from editorial.reviews import queue
from editorial.reviews.models import Absence, Contributor, ReviewDate

from ..queue import items

if TYPE_CHECKING:
    from ..queue.items import QueuedEdition

PERIOD = 365  # days back that are counted for the time to sign-off
SAMPLE = 2_000  # sign-offs that are, of those: enough to see how long it takes now


@dataclass(frozen=True, slots=True)
class ReviewStatusCounts:
    """How many live pages of one kind and language are in date, due soon, and overdue."""

    kind: str
    language: str
    in_date: int
    due: int
    overdue: int

    @property
    def total(self) -> int:
        return self.in_date + self.due + self.overdue


@dataclass(frozen=True, slots=True)
class Wait:
    """Time from submission to sign-off of one kind and language, in days: the median and the 90th percentile."""

    kind: str
    language: str
    count: int
    median: float
    ninetieth: float


@dataclass(frozen=True, slots=True)
class Load:
    """What waits for one reviewer, and how much they signed in the last 30 days; `absence` while they are away."""

    user_id: int
    name: str
    waiting: int
    signed: int
    absence: Absence | None = None


def count_by_review_status(now: datetime) -> list[ReviewStatusCounts]:
    """By kind and language, of all that is live now. Two queries: most pages are only counted."""
    today = timezone.localdate(now)
    live = ReviewDate.objects.live(now)
    due_soon = live.filter(review_due_on__lte=today + timedelta(days=queue.DUE_SOON)).values_list("kind", "language")
    due_counts = {
        (kind, language): (due, overdue)
        for kind, language, due, overdue in due_soon.order_by().annotate(
            due=Count("review_due_on", filter=Q(review_due_on__gt=today)),
            overdue=Count("review_due_on", filter=Q(review_due_on__lte=today)),
        )
    }
    review_status = []
    # An index has all that is asked: no key of a row is.
    totals = live.order_by("kind", "language").values_list("kind", "language").annotate(total=Count("*"))
    for kind, language, total in totals:
        due, overdue = due_counts.get((kind, language), (0, 0))
        review_status.append(ReviewStatusCounts(kind, language, total - due - overdue, due, overdue))
    return review_status


class _Days(Func):
    """Days from the second time to the first. What the ORM has for it calls Python for each row, on SQLite."""

    output_field = FloatField()
    template = "(EXTRACT(EPOCH FROM (%(expressions)s)) / 86400)::double precision"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        template, joiner = "julianday(%(expressions)s)", ") - julianday("
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)


def waits(now: datetime) -> list[Wait]:
    """Of sign-offs in the last PERIOD days, of at most the newest SAMPLE, from each edition's submission.

    One query, and two rows of each kind and language: what at least 50 and 90 in a hundred waited no longer than
    (nearest rank) is found by the database.
    """
    by_page = [F("document__kind"), F("language")]
    ranked = _newest_signed(now).annotate(
        days=_Days("recorded_at", "edition__recorded_at"),
        place=Window(RowNumber(), partition_by=by_page, order_by="days"),
        total=Window(Count("*"), partition_by=by_page),
    )
    ends = ranked.filter(Q(place=_nearest_rank(50)) | Q(place=_nearest_rank(90)))
    waiting_times: dict[tuple[str, str], Wait] = {}
    for kind, language, total, days in ends.order_by("document__kind", "language", "place").values_list(
        "document__kind", "language", "total", "days"
    ):
        first = waiting_times.get((kind, language))
        median = first.median if first else round(days, 2)
        waiting_times[kind, language] = Wait(kind, language, total, median, round(days, 2))
    return list(waiting_times.values())


def _newest_signed(now: datetime) -> QuerySet[SignOff]:
    start = now - timedelta(days=PERIOD)
    times = SignOff.objects.order_by("-recorded_at").values("recorded_at")  # an index has them in this order
    oldest = Coalesce(Subquery(times[SAMPLE - 1 : SAMPLE]), Value(start, output_field=DateTimeField()))
    return SignOff.objects.filter(meaning=Meaning.SIGNED, recorded_at__gt=start, recorded_at__gte=oldest)


def _nearest_rank(percent: int) -> CombinedExpression:
    """The place that at least so many in a hundred of `total` reach: rounded up, by whole numbers alone."""
    return (F("total") * percent + 99) / 100


def longest_waiting(now: datetime, limit: int = 5) -> "QuerySet[QueuedEdition]":
    """The editions that wait longest for a sign-off."""
    keys = queue.pending_editions().order_by("recorded_at", "pk").values("pk")[:limit]
    return items.read_items(keys, now).order_by("since", "pk")


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """What the queue has, read once: how many items of each language, and since when each waits that does."""

    by_language: Mapping[str, int]
    since: Sequence[datetime]

    def ages(self, now: datetime, days: Sequence[int]) -> dict[int, int]:
        """{days: how many items are older}"""
        return {age: sum(at <= now - timedelta(days=age) for at in self.since) for age in days}


def count_queue(now: datetime) -> QueueCounts:
    """One query, of which each item is two values: the database would find them anew for each number of days."""
    rows = list(items.queue_items(now).order_by().values_list("language", "since"))
    return QueueCounts(Counter(language for language, _at in rows), [at for _language, at in rows if at])


def loads(now: datetime, queue_counts: QueueCounts | None = None) -> list[Load]:
    """Of each reviewer whose registration is valid, the busiest first. As items.pending_for says; six queries.

    `queue_counts` are those of this time, where the caller has them; else they take a query more.

    What waits in their languages, without what they wrote in and what they signed already: the database counts each.
    """
    reviewing = [role for role, granted in GRANTS.items() if Permission.REVIEW in granted]
    able = list(
        Reviewer.objects.filter(
            valid_until__gte=timezone.localdate(now),
            user__is_active=True,
            user__in=RoleGrant.objects.filter(role__in=reviewing).values("user"),
        ).prefetch_related("languages")
    )
    people, queued = [reviewer.user_id for reviewer in able], items.queued_editions(now).values("pk")
    listed = (queue_counts or count_queue(now)).by_language
    written = Contributor.objects.filter(user__in=people, edition__in=queued)
    wrote = _by_person(_counted(written, "user", "edition__language"))
    wrote_too = Contributor.objects.filter(edition=OuterRef("edition"), user=OuterRef("recorded_by"))
    waiting = queue.pending_editions().order_by().values("pk")
    sign_offs = SignOff.objects.filter(~Exists(wrote_too), recorded_by__in=people, edition__in=waiting)
    signed_already = _by_person(_counted(sign_offs, "recorded_by", "language", what="edition"))
    recently = SignOff.objects.filter(recorded_by__in=people, recorded_at__gt=now - timedelta(days=30))
    signed = dict(_counted(recently, "recorded_by"))
    away = {
        absence.user_id: absence for absence in Absence.objects.on(timezone.localdate(now)).select_related("deputy")
    }
    reviewer_loads = []
    for reviewer in able:
        key = reviewer.user_id
        count = sum(
            listed.get(language, 0) - wrote.get((key, language), 0) - signed_already.get((key, language), 0)
            for language in {spoken.language for spoken in reviewer.languages.all()}
        )
        reviewer_loads.append(Load(key, reviewer.name, count, signed.get(key, 0), away.get(key)))
    return sorted(reviewer_loads, key=lambda load: (-load.waiting, load.name))


def _counted(rows: QuerySet[Any], *by: str, what: str = "pk") -> QuerySet[Any, Any]:
    """(value of each column of `by`, how many)"""
    counts: QuerySet[Any, Any] = rows.order_by().values_list(*by).annotate(Count(what, distinct=what != "pk"))
    return counts


def _by_person(counts: Iterable[tuple[int, str, int]]) -> dict[tuple[int, str], int]:
    return {(person, language): count for person, language, count in counts}
