"""What regulators did, as the review queue lists it while it awaits verification, and as letters ask for it."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.languages import source_text
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.models import Document
from editorial.editions.set_inserts import insert_from
from editorial.reviews.mail.notifications import notify_fact
from editorial.reviews.pending_facts import FactSource, PendingFact

from .models import OF_SAFETY, ApprovalEvent, EventKind, Monograph, UnverifiedEvent

# Readers may come to harm while these wait: who verifies is told at once.
URGENT_KINDS = frozenset({EventKind.BY_SPONSOR, EventKind.BY_AGENCY, EventKind.SUSPENDED, *OF_SAFETY})


def pending_events(user: User) -> QuerySet[UnverifiedEvent]:
    """Those that somebody else recorded, the oldest first."""
    rows = UnverifiedEvent.objects.exclude(event__recorded_by=user).order_by("recorded_at", "event")
    return rows.select_related("event__document__monograph", "event__product", "event__corrected_by")


def tell_events(rows: Iterable[Any]) -> Iterator[PendingFact]:
    for row in rows:
        event = row.event
        kind = event.get_kind_display()
        yield PendingFact(
            title=source_text(event.document.monograph, "title") or event.document.slug,
            what=_("%(what)s, %(day)s") % {"what": kind, "day": date_format(event.happened_on, "DATE_FORMAT")},
            source=event.source_title,
            source_url=event.source_link,
            recorded_by=event.recorded_by_name,
            since=event.recorded_at,
            path=_verify_path(event),
            badges=tuple(_badges(event)),
        )


def _badges(event: ApprovalEvent) -> Iterator[str]:
    if event.is_void:
        yield _("takes another back")
    elif event.corrects_id:
        yield _("corrects another")
    if event.is_unsafe:
        yield _("what readers saw is unsafe")


def _verify_path(event: ApprovalEvent) -> str:
    return reverse("admin:drugs_event_verify", args=[event.pk])


def find_pending_digests(digests: Collection[str]) -> set[str]:
    rows = UnverifiedEvent.objects.filter(event__record_digest__in=digests)
    return set(rows.values_list("event__record_digest", flat=True))


def recorded_events() -> QuerySet[ApprovalEvent]:
    return ApprovalEvent.objects.order_by("-pk").select_related("document")


UNVERIFIED_EVENTS = FactSource(
    name="verify",
    label=gettext_lazy("To verify"),
    empty=gettext_lazy("Nothing awaits verification by you."),
    permissions=(Permission.RECORD_FACTS, Permission.REVIEW),
    pending=pending_events,
    tell=tell_events,
    find_pending=find_pending_digests,
    recorded=recorded_events,
)


def ask_to_verify(event: ApprovalEvent) -> None:
    """Write to those who may verify it, in the transaction in which it was recorded."""
    if event.takes_back_at_once:
        return
    monograph = Monograph.objects.get(pk=event.document_id)
    notify_fact(
        event,
        permissions=UNVERIFIED_EVENTS.permissions,
        title=source_text(monograph, "title") or event.document.slug,
        path=_verify_path(event),
        source=event.source_title,
        urgent=event.is_unsafe or event.kind in URGENT_KINDS,
    )


def _awaiting() -> Q:
    """Of events: that they await verification, by their records alone; as `ApprovalEvent.awaits_verification` says."""
    takes_back_at_once = Q(is_void=True, keeps_corrected=False, is_unsafe=False)
    return Q(verification__isnull=True, corrected_by__isnull=True) & ~takes_back_at_once


def find_row_problems() -> Iterator[str]:
    """Monographs of which the list of what awaits verification is not as their records are, in words."""
    row = Exists(UnverifiedEvent.objects.filter(event=OuterRef("pk")))
    wrong = ApprovalEvent.objects.filter((_awaiting() & ~Q(row)) | (~_awaiting() & Q(row)))
    for document in Document.objects.filter(pk__in=wrong.order_by().values("document")):
        yield f"{document}: the list of what awaits verification is not right; manage.py rebuild_lists mends it."


def rebuild_rows() -> None:
    """Make the rows those of the records. The database keeps them itself: see `database_effect`."""
    awaiting = ApprovalEvent.objects.filter(_awaiting())
    row = Exists(UnverifiedEvent.objects.filter(event=OuterRef("pk")))
    insert_from(awaiting.filter(~row), UnverifiedEvent, {"event": F("pk"), "recorded_at": F("recorded_at")})
    UnverifiedEvent.objects.exclude(event__in=awaiting).delete()
