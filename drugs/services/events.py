"""Recording what regulators did. An event waits for somebody else to verify its source before readers see it."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.roles import Permission
from editorial.editions.blockers import in_words, refuse_if
from editorial.editions.models import Document, append
from editorial.editions.working.copies import acting, contribute, lock
from editorial.library.models import Reference
from editorial.reviews.models import Cause
from editorial.reviews.services import open_rechecks

from .. import history
from ..models import OF_THE_DRUG, Approval, ApprovalEvent, EventKind, Product, Verification


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
    """Put another event in the place of a wrong one; both stay on record. Raises Blocked.

    With `is_void` the event did not happen: the record that says so repeats it, and takes of the other fields only
    the source that shows it.
    """
    kept = {name: getattr(event, name) for name in ("approval", "kind", "pathway", "happened_on", "reference")}
    kept |= {name: getattr(event, name) for name in ("application", "submission")}
    wrong = ApprovalEvent.objects.get(pk=event.pk)  # naming it as corrected would tell the caller's own so, too early
    if fields.get("is_void"):
        fields = {name: fields[name] for name in ("is_void", "reference") if name in fields}
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
        event.authority, event.jurisdiction = _decided_by(event)
        event.source_key, event.source_title = reference.key, reference.title
        event.source_address = reference.url or (f"doi:{reference.doi}" if reference.doi else f"PMID {reference.pmid}")
        event.source_read_on = reference.accessed_on
        append(event, user=user)
        # A new maker of the vials changes nothing that pages say, unless it takes the place of what they do say.
        if {event.kind, event.corrects.kind if event.corrects else event.kind} != {EventKind.OTHER}:
            open_rechecks(event, Cause.EVENT, "", user=user)
        contribute(document, "en", user, _("recorded: %(event)s") % {"event": event})
        return event


def _decided_by(event: ApprovalEvent) -> tuple[str, str]:
    """(authority, jurisdiction): the approval's, or those of the product with that application; empty if unknown."""
    products = Product.objects.filter(monograph=event.document_id, application_number=event.application)
    found = event.approval or (products.first() if event.application else None)
    return (found.authority, found.jurisdiction) if found else ("", "")


# What people say of an event; the rest is filled in.
_TOLD = ("kind", "pathway", "happened_on", "application", "submission", "reference", "note")


def _blockers(event: ApprovalEvent, user) -> Iterator[str]:
    if not user.may(Permission.RECORD_FACTS):
        yield _("Only drug admins record what regulators did.")
    try:
        event.clean_fields(exclude=[field.name for field in event._meta.fields if field.name not in _TOLD])
    except ValidationError as error:
        yield from in_words(error, ApprovalEvent)
        return  # what is no event has no place in a history
    if event.kind not in OF_THE_DRUG and event.approval is None:
        yield _("Say which approval this decision is about.")
    if event.kind in OF_THE_DRUG and event.approval is not None:
        yield _("This concerns the drug as a whole, so it names no approval.")
    if event.kind in OF_THE_DRUG and event.pathway:
        yield _("Only a grant has a pathway.")
    if event.approval is not None and event.approval.monograph_id != event.document_id:
        yield _("That approval belongs to another drug.")
    if event.corrects is not None:
        yield from _correcting_blockers(event)
    yield from _history_blockers(event)


def _history_blockers(event: ApprovalEvent) -> Iterator[str]:
    """Why the histories that this event becomes or ceases to be part of could not have happened."""
    today = timezone.localdate()
    joined = event.approval if event.kind not in OF_THE_DRUG and not event.is_void else None
    left = event.corrects.approval if event.corrects else None
    for approval in {joined, left} - {None}:
        found = [as_history(each) for each in events_of(approval) if each != event.corrects]
        yield from history.problems([*found, as_history(event)] if approval == joined else found, today)
    if joined is None and not event.is_void and event.happened_on > today:
        yield _("That day is still to come. Record a decision when it has been made.")


def _correcting_blockers(event: ApprovalEvent) -> Iterator[str]:
    if event.corrects.document_id != event.document_id:
        yield _("That decision is about another drug.")
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
        event = ApprovalEvent.objects.get(pk=event.pk)  # somebody may have corrected it meanwhile
        day = verified_on or timezone.localdate()
        late = [_("That day is still to come.")] if day > timezone.localdate() else []
        refuse_if([*verifying_blockers(event, user), *late])
        record = append(Verification(document=document, event=event, verified_on=day), user=user)
        contribute(document, "en", user, _("verified: %(event)s") % {"event": event})
        return record


def verifying_blockers(event: ApprovalEvent, user) -> Iterator[str]:
    """Why this user may not verify the event; nothing when they may."""
    if not (user.may(Permission.RECORD_FACTS) or user.may(Permission.REVIEW)):
        yield _("Only drug admins and medical reviewers verify what was recorded.")
    if event.recorded_by_id == user.pk:
        yield _("You recorded this. Somebody else has to read its source.")
    if not event.counts:
        yield _("This event was corrected, so there is nothing to verify.")
    if hasattr(event, "verification"):
        yield _("This event was verified already.")
