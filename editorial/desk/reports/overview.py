"""How the desk and the library stand, for the head of content. A few queries, however much there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Q, QuerySet, Sum, When
from django.utils import timezone

from editorial.accounts.models import Reviewer, RoleGrant
from editorial.accounts.roles import GRANTS, Permission
from editorial.editions.models import Meaning, SignOff
from editorial.reviews import queue
from editorial.reviews.models import Absence, Contributor

from ..queue import items

if TYPE_CHECKING:
    from ..queue.items import QueuedEdition

PERIOD = 365  # days back that are counted for the time to sign-off


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
    """By kind and language, of all that is live now. One query."""
    today = timezone.localdate(now)
    soon = today + timedelta(days=queue.DUE_SOON)
    grouped = queue.newest_sign_offs(now).order_by().values("document__kind", "language")
    counted = grouped.annotate(
        overdue=Count("pk", filter=Q(review_due_on__lte=today)),
        due=Count("pk", filter=Q(review_due_on__gt=today, review_due_on__lte=soon)),
        in_date=Count("pk", filter=Q(review_due_on__gt=soon)),
    ).order_by("document__kind", "language")
    return [
        ReviewStatusCounts(row["document__kind"], row["language"], row["in_date"], row["due"], row["overdue"])
        for row in counted
    ]


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest of `values` that at least `percent` in a hundred of them do not exceed (nearest rank).

    Raises ValueError for no values, or a percentage not above 0 and up to 100.
    """
    if not values or not 0 < percent <= 100:
        raise ValueError("A percentile needs values, and a percentage from 1 to 100.")
    return sorted(values)[ceil(len(values) * percent / 100) - 1]


def waits(now: datetime) -> list[Wait]:
    """Of sign-offs in the last PERIOD days, from each edition's submission. One query."""
    signed = SignOff.objects.filter(meaning=Meaning.SIGNED, recorded_at__gt=now - timedelta(days=PERIOD))
    days_by_page: dict[tuple[str, str], list[float]] = {}
    for kind, language, submitted, at in signed.values_list(
        "document__kind", "language", "edition__recorded_at", "recorded_at"
    ):
        days_by_page.setdefault((kind, language), []).append((at - submitted) / timedelta(days=1))
    return [
        Wait(*key, len(days), round(percentile(days, 50), 2), round(percentile(days, 90), 2))
        for key, days in sorted(days_by_page.items())
    ]


def longest_waiting(now: datetime, limit: int = 5) -> "QuerySet[QueuedEdition]":
    """The editions that wait longest for a sign-off."""
    return items.queue_items(now).filter(is_released=False).order_by("since", "pk")[:limit]


def ages(now: datetime, days: Sequence[int]) -> dict[int, int]:
    """{days: how many items are older}. One query."""
    older = {f"d{age}": Case(When(since__lte=now - timedelta(days=age), then=1), default=0) for age in days}
    counts = items.queue_items(now).order_by().annotate(**older).aggregate(**{f"n{name}": Sum(name) for name in older})
    return {age: counts[f"nd{age}"] or 0 for age in days}


def loads(now: datetime) -> list[Load]:
    """Of each reviewer whose registration is valid, the busiest first. As items.waits_for says; six queries."""
    reviewing = [role for role, granted in GRANTS.items() if Permission.REVIEW in granted]
    able = Reviewer.objects.filter(
        valid_until__gte=timezone.localdate(now),
        user__is_active=True,
        user__in=RoleGrant.objects.filter(role__in=reviewing).values("user"),
    ).prefetch_related("languages")
    listed = list(items.queue_items(now).order_by().values_list("pk", "language", "is_released"))
    wrote = set(Contributor.objects.filter(user__reviewer__isnull=False).values_list("edition_id", "user_id"))
    waiting = queue.pending_editions().order_by().values("pk")
    signed_already = set(SignOff.objects.filter(edition__in=waiting).values_list("edition_id", "recorded_by_id"))
    recently = SignOff.objects.filter(recorded_at__gt=now - timedelta(days=30)).order_by()
    signed = dict(recently.values_list("recorded_by").annotate(Count("pk")))
    away = {
        absence.user_id: absence for absence in Absence.objects.on(timezone.localdate(now)).select_related("deputy")
    }
    reviewer_loads = []
    for reviewer in able:
        languages, key = {spoken.language for spoken in reviewer.languages.all()}, reviewer.user_id
        count = sum(
            language in languages and (released or (pk, key) not in signed_already) and (pk, key) not in wrote
            for pk, language, released in listed
        )
        reviewer_loads.append(Load(key, reviewer.name, count, signed.get(key, 0), away.get(key)))
    return sorted(reviewer_loads, key=lambda load: (-load.waiting, load.name))
