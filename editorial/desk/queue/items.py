"""The one list of what the desk has to look at: editions that wait, open rechecks, and pages due for review.

An item is an edition, once, with every reason that it has. The lists are querysets, so that filters, order, pages and
counts are the database's work however long they are; nothing here loads an edition's content.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.utils import timezone

from editorial.accounts.models import Reviewer, User
from editorial.accounts.roles import Permission
from editorial.editions.models import Edition, Release, Review, SignOff, Verdict
from editorial.reviews import queue
from editorial.reviews.models import Cause, Contributor, Recheck

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class ItemFacts(TypedDict):
        """What lists say of an edition."""

        is_released: bool
        is_new: bool
        is_safety: bool
        wants_back_check: bool
        wants_only_back_check: bool
        due_on: date | None
        since: datetime | None

    QueuedEdition = WithAnnotations[Edition, ItemFacts]

MOST_COUNTED = 1_000
_IS_RELEASED = Exists(Release.objects.filter(edition=OuterRef("pk")))
SAFETY = [cause for cause in Cause if cause.is_about_safety]


def queued_editions(now: datetime) -> QuerySet[Any]:
    """Every item with no more than whether it `is_released`: enough to count them, and to tell whose they are.

    Much of what a page of the queue costs is to put this question together, so a page does that once.
    """
    keys = (
        queue.pending_editions()
        .order_by()
        .values("pk")
        .union(queue.pending_rechecks().values("edition"), queue.pages_due(now).values("edition"))
    )
    return Edition.objects.filter(pk__in=keys).annotate(is_released=_IS_RELEASED)


def queue_items(now: datetime, queued: QuerySet[Any] | None = None) -> "QuerySet[QueuedEdition]":
    """Every item. What is about safety is due at once and comes first; then by due date, then by age.

    `queued` are those of `queued_editions`, where the caller has them, or some of them.
    """
    annotated = _annotate(queued_editions(now) if queued is None else queued, now)
    return annotated.order_by("-is_safety", F("due_on").asc(nulls_last=True), F("since").asc(nulls_last=True), "pk")


def read_items(keys: Sequence[int] | QuerySet[Any, Any], now: datetime) -> "QuerySet[QueuedEdition]":
    """The items with these keys, which a list put in order: what lists say is asked of no others."""
    return _annotate(Edition.objects.filter(pk__in=keys).annotate(is_released=_IS_RELEASED), now)


def _annotate(editions: QuerySet[Any], now: datetime) -> "QuerySet[QueuedEdition]":
    """With what lists say of an edition."""
    same_page = {"document": OuterRef("document"), "language": OuterRef("language")}
    rechecks = Recheck.objects.open().filter(edition=OuterRef("pk")).order_by()
    first_opened = rechecks.values("edition").annotate(first=Min("opened_at")).values("first")
    waits = Q(is_released=False)
    annotated: QuerySet[Any] = (
        editions.defer("content")
        .select_related("document", "extent")
        .annotate(
            is_new=~Exists(Release.objects.filter(**same_page)),
            is_safety=Exists(rechecks.filter(cause__in=SAFETY)),
            wants_back_check=_if(waits & queue.wants_back_check()),
            wants_only_back_check=_if(waits & queue.wants_only_back_check()),
            due_on=Subquery(queue.pages_due(now).filter(**same_page).values("review_due_on")[:1]),
            # When it was submitted, or its first open recheck opened; None of a page that is only due.
            since=Case(When(waits, then=F("recorded_at")), default=Subquery(first_opened)),
        )
    )
    return annotated


def _if(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def overdue_for_response(now: datetime) -> Q:
    """Which items nobody answered in time: for the head of content."""
    rechecks = queue.unanswered_rechecks(now).values("edition")
    return Q(pk__in=queue.unanswered_editions(now).order_by().values("pk")) | Q(pk__in=rechecks)


def pending_for(user: User, reviewer: Reviewer | None) -> Q:
    """Which items this person may put their name to, as far as a list can say, of `queued_editions` or `queue_items`.

    `reviewer` is the person's credentials, as rules.py finds them.
    """
    if not reviewer or not user.can(Permission.REVIEW) or not reviewer.is_valid_on(timezone.localdate()):
        return Q(pk__in=[])
    signed = _did(user, SignOff.objects.filter(edition=OuterRef("pk")))
    items = (
        Q(language__in=[spoken.language for spoken in reviewer.languages.all()])
        & (Q(is_released=True) | ~Q(signed))  # who signed a page before may reaffirm it
        & ~_wrote(user)
    )
    if reviewer.has_language(settings.SOURCE_LANGUAGE):
        return items
    return items & (Q(is_released=True) | ~queue.wants_only_back_check())


def _wrote(user: User) -> Q:
    return Q(Exists(Contributor.objects.filter(user=user, edition=OuterRef("pk"))))


def _did(user: User, records: QuerySet[Any]) -> Q:
    """Whether one of these records, which belong to an item, is this person's.

    Found by the item: of what somebody did in all their years there is more than there is to do. A sum is in no index.
    """
    return Q(Exists(records.alias(by=F("recorded_by_id") + 0).filter(by=user.pk)))


def pending_for_deputy(user: User, absent: Mapping[User, Reviewer]) -> Q:
    """Which items a deputy sees for people who are away, {person: credentials}: theirs, but for the deputy's own work.

    Whether the deputy may sign them is another question: see `pending_for`.
    """
    pending = Q(pk__in=[])
    for person, reviewer in absent.items():
        pending |= pending_for(person, reviewer)
    return pending & ~_wrote(user)


def rank_items(items: "QuerySet[QueuedEdition]", user: User, reviewer: Reviewer | None) -> "QuerySet[QueuedEdition]":
    """First what is about safety; then pages that this person reviewed before; then those of their specialty and those
    that nobody signed yet; then the others. `rank` is 0 to 3."""
    reviewed_before = _did(user, Review.objects.filter(document=OuterRef("document")))
    signed = SignOff.objects.filter(document=OuterRef("document"))
    field = signed.filter(signer_specialty=reviewer.specialty if reviewer else "")
    rank = Case(
        When(is_safety=True, then=0),
        When(reviewed_before, then=1),
        When(Exists(field) | ~Exists(signed), then=2),
        default=3,
    )
    return items.annotate(rank=rank).order_by("rank", *items.query.order_by)


def sent_back_by(user: User, now: datetime) -> "QuerySet[QueuedEdition]":
    """Editions that this person sent back, the newest first; `acted_at` says when."""
    return _acted("reviews", _sent_back(user), now, recorded_by=user, verdict=Verdict.SENT_BACK)


def signed_by(user: User, now: datetime) -> "QuerySet[QueuedEdition]":
    """Editions that this person signed or reaffirmed, the newest first; `acted_at` says when they last did."""
    return _acted("sign_offs", SignOff.objects.filter(recorded_by=user), now, recorded_by=user)


def count_sent_back_by(user: User) -> "BoundedCount":
    return _count_editions(_sent_back(user))


def count_signed_by(user: User) -> "BoundedCount":
    return _count_editions(SignOff.objects.filter(recorded_by=user))


@dataclass(frozen=True, slots=True)
class BoundedCount:
    """How many there are, or, where it `has_more`, how many of them were counted."""

    number: int
    has_more: bool = False


def _count_editions(records: QuerySet[Any]) -> BoundedCount:
    """Of what somebody did, the newest MOST_COUNTED: an index has them in this order."""
    newest = records.order_by("-recorded_at")[: MOST_COUNTED + 1]
    counts = newest.aggregate(acts=Count("pk"), editions=Count("edition", distinct=True))
    return BoundedCount(min(counts["editions"], MOST_COUNTED), counts["acts"] > MOST_COUNTED)


def _sent_back(user: User) -> QuerySet[Review]:
    return Review.objects.filter(verdict=Verdict.SENT_BACK, recorded_by=user)


def _acted(name: str, records: QuerySet[Any], now: datetime, **conditions: Any) -> "QuerySet[QueuedEdition]":
    """Editions of these records, each where its newest stands: an index has them in this order, so that a page of the
    list reads no more than its own. `name` leads to them from an edition, and `conditions` say which they are.
    """
    of_edition = {f"{name}__{column}": value for column, value in conditions.items()}
    acts = Edition.objects.filter(**of_edition).annotate(
        acted_at=F(f"{name}__recorded_at"), act=F(f"{name}__sequence"), is_released=_IS_RELEASED
    )
    newer = records.filter(edition=OuterRef("pk"), sequence__gt=OuterRef("act"))
    return _annotate(acts.filter(~Exists(newer)), now).order_by("-acted_at", "pk")


def count_items(queued: QuerySet[Any], pending: Q) -> dict[str, int]:
    """{"mine", "all", "again"}: how many of `queued_editions`, in one query; `pending` is what `pending_for` says."""
    for_me = Case(When(pending, then=1), default=0)
    again = Case(When(is_released=True, then=1), default=0)
    annotated = queued.annotate(for_me=for_me, to_look_again=again)
    counts = annotated.aggregate(mine=Sum("for_me"), all=Count("pk"), again=Sum("to_look_again"))
    return {name: count or 0 for name, count in counts.items()}
