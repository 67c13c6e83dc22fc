"""Recording what regulators did. An event waits for somebody else to verify its source before readers see it."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.roles import Permission
from editorial.editions.blockers import refuse_if
from editorial.editions.models import Document, append
from editorial.editions.working.copies import acting, contribute, lock
from editorial.library.models import Reference
from editorial.reviews.models import Cause
from editorial.reviews.services import open_rechecks

from .. import history
from ..models import Approval, ApprovalEvent, EventKind, Verification

OF_THE_DRUG = (EventKind.LABEL_CHANGED, EventKind.OTHER)


def events_of(approval: Approval | None, *, verified: bool = False) -> list[ApprovalEvent]:
    """The events of an approval that count, oldest first; with `verified`, those that readers may see."""
    found = ApprovalEvent.objects.filter(approval=approval).select_related("corrected_by", "verification")
    counting = [each for each in found if each.counts]
    return [each for each in counting if not verified or hasattr(each, "verification")]


def record_event(
    document: Document,
    *,
    user,
    kind: str,
    happened_on: date,
    reference: Reference,
    approval: Approval | None = None,
    pathway: str = "",
    application: str = "",
    submission: str = "",
    note: str = "",
) -> ApprovalEvent:
    """Record one decision. Raises Blocked, in words, when it cannot have happened."""
    fields = {
        "kind": kind, "happened_on": happened_on, "reference": reference, "approval": approval, "pathway": pathway,
        "application": application, "submission": submission, "note": note,
    }  # fmt: skip
    return _record(document, fields, user=user)


def correct_event(event: ApprovalEvent, *, user, note: str, **fields) -> ApprovalEvent:
    """Put another event in the place of a wrong one; both stay on record. Raises Blocked."""
    kept = {name: getattr(event, name) for name in ("approval", "kind", "pathway", "happened_on", "reference")}
    kept |= {name: getattr(event, name) for name in ("application", "submission")}
    wrong = ApprovalEvent.objects.get(pk=event.pk)  # naming it as corrected would tell the caller's own so, too early
    return _record(event.document, {**kept, **fields, "note": note, "corrects": wrong}, user=user)


def take_back(event: ApprovalEvent, *, user, note: str) -> ApprovalEvent:
    """Say that an event did not happen, and why. Raises Blocked."""
    return correct_event(event, user=user, note=note, is_void=True)


def _record(document: Document, fields: dict, *, user) -> ApprovalEvent:
    with transaction.atomic():
        document, user = lock(document), acting(user)
        event = ApprovalEvent(document=document, **fields)
        refuse_if(_blockers(event, user))
        reference, approval = event.reference, event.approval
        event.approval_words = (approval.plain_en or "") if approval else ""
        event.authority = approval.authority if approval else "FDA"
        event.jurisdiction = approval.jurisdiction if approval else "US"
        event.source_title = reference.title
        event.source_address = reference.url or (f"doi:{reference.doi}" if reference.doi else f"PMID {reference.pmid}")
        event.source_read_on = reference.accessed_on
        append(event, user=user)
        open_rechecks(event, Cause.EVENT, "", user=user)
        contribute(document, "en", user, _("recorded: %(event)s") % {"event": event})
        return event


def _blockers(event: ApprovalEvent, user) -> Iterator[str]:
    if not user.may(Permission.RECORD_FACTS):
        yield _("Only drug admins record what regulators did.")
    about_approval = event.kind not in OF_THE_DRUG
    if about_approval and event.approval is None:
        yield _("Say which approval this decision is about.")
    if event.approval is not None and event.approval.monograph_id != event.document_id:
        yield _("That approval belongs to another drug.")
    if event.corrects is not None:
        yield from _correcting_blockers(event)
    if about_approval and event.approval is not None and not event.is_void:
        before = [each for each in events_of(event.approval) if each != event.corrects]
        yield from history.problems([*map(as_history, before), as_history(event)], timezone.localdate())
    elif event.is_void and event.approval is not None:
        rest = [as_history(each) for each in events_of(event.approval) if each != event.corrects]
        yield from history.problems(rest, timezone.localdate())
    elif event.happened_on > timezone.localdate():
        yield _("That day is still to come. Record a decision when it has been made.")


def _correcting_blockers(event: ApprovalEvent) -> Iterator[str]:
    if event.corrects.is_void or ApprovalEvent.objects.filter(corrects=event.corrects).exists():
        yield _("This event was corrected already. Correct the one that took its place.")
    if not event.note.strip():
        yield _("Say what was wrong, for the record.")


def as_history(event: ApprovalEvent) -> history.Event:
    return history.Event(event.kind, event.pathway, event.happened_on)


def verify_event(event: ApprovalEvent, *, user, verified_on: date | None = None) -> Verification:
    """Say that the source was read and says so. Somebody else than who recorded it. Raises Blocked."""
    with transaction.atomic():
        document, user = lock(event.document), acting(user)
        refuse_if(_verifying_blockers(event, user))
        record = append(
            Verification(document=document, event=event, verified_on=verified_on or timezone.localdate()), user=user
        )
        contribute(document, "en", user, _("verified: %(event)s") % {"event": event})
        return record


def _verifying_blockers(event: ApprovalEvent, user) -> Iterator[str]:
    if not (user.may(Permission.RECORD_FACTS) or user.may(Permission.REVIEW)):
        yield _("Only drug admins and medical reviewers verify what was recorded.")
    if event.recorded_by_id == user.pk:
        yield _("You recorded this. Somebody else has to read its source.")
    if not event.counts:
        yield _("This event was corrected, so there is nothing to verify.")
    if Verification.objects.filter(event=event).exists():
        yield _("This event was verified already.")
