"""What waits, asked of all documents at once. A list to work from: what may be signed is decided by rules.py alone."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from editorial.accounts.models import User
from editorial.editions.models import (
    Edition,
    EndCause,
    Meaning,
    Release,
    ReleaseEnd,
    Review,
    Revocation,
    SignOff,
    Verdict,
    Withdrawal,
)

from .models import PendingEdition, Recheck, RecheckQuerySet, ReturnedEdition, ReviewDate
from .models.queue_rows import ReviewDateQuerySet

if TYPE_CHECKING:
    from .models.rechecks import RecheckInEffect

# In so many days a page is due soon.
DUE_SOON = 60
# An edition that waits so many days without a word of a reviewer is unanswered.
ANSWER_WITHIN_DAYS = 14


def pending_editions() -> QuerySet[Edition]:
    """Editions that wait for a sign-off, the oldest first, without their content.

    Rows say which: they are what `is_pending` makes of the records, and verify_records proves it. Who signs one that
    waits no more is refused by rules.py.
    """
    waiting = PendingEdition.objects.values("edition")
    return Edition.objects.filter(pk__in=waiting).defer("content").order_by("recorded_at")


def is_pending() -> Q:
    """Of editions: that they wait for a sign-off, by their records alone."""
    return Q(
        _is_newest(),
        ~Exists(Release.objects.filter(edition=OuterRef("pk"))),
        ~_was_sent_back(),
        ~Exists(Revocation.objects.filter(sign_off__edition=OuterRef("pk"))),
        ~Exists(Withdrawal.objects.keeping_down()),
        ~Exists(_fallen(OuterRef("source_edition"))),
    )


def is_returned() -> Q:
    """Of editions: that they were sent back and that nobody submitted the page again, by their records alone."""
    return Q(_is_newest(), _was_sent_back())


def _is_newest() -> Q:
    newer = Edition.objects.filter(
        document=OuterRef("document"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    return ~Q(Exists(newer))


def _was_sent_back() -> Exists:
    return Exists(Review.objects.filter(edition=OuterRef("pk"), verdict=Verdict.SENT_BACK))


def _fallen(edition: OuterRef) -> QuerySet[Edition]:
    """The edition of this key, where those whose sign-offs on it are not revoked are too few."""
    standing = SignOff.objects.filter(edition=OuterRef("pk"), revocation__isnull=True).order_by().values("edition")
    signers = Subquery(standing.annotate(count=Count("recorded_by", distinct=True)).values("count"))
    return Edition.objects.filter(pk=edition, required_sign_offs__gt=Coalesce(signers, 0))


def wants_back_check() -> Q:
    """Of pending editions: that they need a back-check which nobody made yet."""
    return _needs_back_check() & ~Q(Exists(_sign_offs().filter(meaning=Meaning.BACK_CHECKED)))


def wants_only_back_check() -> Q:
    """Of pending editions: that nothing but a back-check is missing. Who may make it is for rules.py."""
    signers = _sign_offs().exclude(meaning=Meaning.BACK_CHECKED).values("edition")
    counted = Subquery(signers.annotate(count=Count("recorded_by", distinct=True)).values("count"))
    return wants_back_check() & Q(required_sign_offs__lte=Coalesce(counted, 0))


def _needs_back_check() -> Q:
    return Q(needs_back_check=True) | Q(Exists(_sign_offs().filter(asks_back_check=True)))


def _sign_offs() -> QuerySet[SignOff]:
    return SignOff.objects.filter(edition=OuterRef("pk"), revocation__isnull=True).order_by()


def unanswered_editions(now: datetime) -> QuerySet[Edition]:
    """Those that wait and that no reviewer answered for ANSWER_WITHIN_DAYS days, the oldest first."""
    since = now - timedelta(days=ANSWER_WITHIN_DAYS)
    answers = Review.objects.filter(edition=OuterRef("pk"), recorded_at__gt=since)
    return pending_editions().filter(~Exists(answers), recorded_at__lte=since)


def sent_back_reviews(user: User, limit: int) -> list[Review]:
    """The newest reviews that sent back an edition which this user submitted and which nobody submitted again since."""
    returned = ReturnedEdition.objects.filter(submitted_by=user).values("edition")
    return list(
        Review.objects.filter(edition__in=returned, verdict=Verdict.SENT_BACK)
        .select_related("edition", "document")
        .defer("edition__content")
        .order_by("-recorded_at", "-pk")[:limit]
    )


def newest_sign_offs(dates: QuerySet[ReviewDate]) -> QuerySet[SignOff]:
    """The newest sign-off that stands on each live edition, of these: it says when the page is due for review."""
    return SignOff.objects.filter(pk__in=dates.values("sign_off"))


def pages_due(now: datetime) -> ReviewDateQuerySet:
    """Live pages that are due for review within DUE_SOON days, or overdue."""
    return ReviewDate.objects.live(now).filter(review_due_on__lte=timezone.localdate(now) + timedelta(days=DUE_SOON))


def holding_rechecks() -> RecheckQuerySet:
    """Open rechecks of editions that are not scheduled any more because of one, and that may be again."""
    return Recheck.objects.open().filter(_is_holding()).order_by()


def _is_holding() -> Q:
    newer = Release.objects.filter(
        document=OuterRef("edition__document"),
        language=OuterRef("edition__language"),
        number__gt=OuterRef("edition__number"),
    )
    ended = ReleaseEnd.objects.filter(release__edition=OuterRef("edition"), cause=EndCause.HELD)
    revoked = Revocation.objects.filter(sign_off__edition=OuterRef("edition"))
    withdrawn = Withdrawal.objects.keeping_down("edition__")
    return Q(Exists(ended), ~Exists(newer), ~Exists(revoked), ~Exists(withdrawn))


def pending_rechecks() -> RecheckQuerySet:
    """Open rechecks of editions that are live, scheduled or held; one that waits is looked at anyway."""
    withdrawn = Withdrawal.objects.keeping_down("edition__")
    opened = Q(Exists(Release.objects.filter(edition=OuterRef("edition")).open_after(timezone.now())))
    return Recheck.objects.listed_open().filter(opened | _is_holding(), ~Exists(withdrawn)).order_by()


def unanswered_rechecks(now: datetime) -> "QuerySet[RecheckInEffect]":
    """Those that nobody settled for ANSWER_WITHIN_DAYS days since the change could be read."""
    return pending_rechecks().in_effect(now - timedelta(days=ANSWER_WITHIN_DAYS))
