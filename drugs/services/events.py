"""Recording what regulators did. An event waits for somebody else to verify its source before readers see it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.accounts.languages import source_text
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import field_blocker, length_blockers, refuse_if, validation_blockers
from editorial.editions.models import Document, append_record
from editorial.editions.working.copies import discarded_blockers, record_contribution, refreshed_user
from editorial.library.models import Reference
from editorial.reading.withheld import withhold_block
from editorial.reviews.models import Cause
from editorial.reviews.services import check_assertions, lock_dependents, open_rechecks

from .. import approval_history, numbers
from ..changed_keywords import find_changed_keywords
from ..decision_preview import describe_recorded
from ..listing import drop_withheld_approvals
from ..models import OF_A_PRODUCT, OF_THE_DRUG, Approval, ApprovalEvent, Authority, EventKind, Product
from ..unverified_events import ask_to_verify
from .events_in_force import DatedDecision, events_of, find_in_force


def record_event(
    document: Document,
    *,
    user: User,
    kind: str,
    happened_on: date,
    reference: Reference,
    approval: Approval | None = None,
    product: Product | None = None,
    pathway: str = "",
    announced_on: date | None = None,
    application: str = "",
    submission: str = "",
    note: str = "",
    seen: str | None = None,
) -> ApprovalEvent:
    """Record one decision. Raises Blocked, in words, when it cannot have happened.

    `seen` is that of the preview that its recorder saw: Blocked is raised where something else would happen now. None
    is a program that looks at none.
    """
    fields = {
        "kind": kind, "happened_on": happened_on, "announced_on": announced_on, "reference": reference,
        "approval": approval, "product": product, "pathway": pathway, "application": application,
        "submission": submission, "note": note,
    }  # fmt: skip
    return _record(document, fields, user=user, seen=seen)


def correct_event(
    event: ApprovalEvent, *, user: User, note: str, seen: str | None = None, **fields: Any
) -> ApprovalEvent:
    """Put another event in the place of a wrong one; both stay on record. Raises Blocked.

    With `is_void` the event did not happen: the record that says so repeats it, and takes of the other fields only
    the source that shows it. What was in force stays so until somebody has verified the correction; with `is_unsafe` it
    counts no more at once. `seen` is as in `record_event`.
    """
    names = ("approval", "product", *_TYPED[:-1])
    values = {name: getattr(event, name) for name in names}
    wrong = ApprovalEvent.objects.get(pk=event.pk)  # naming it as corrected would tell the caller's own so, too early
    if fields.get("is_void"):
        fields = {name: fields[name] for name in ("is_void", "is_unsafe", "reference") if name in fields}
    return _record(event.document, {**values, **fields, "note": note, "corrects": wrong}, user=user, seen=seen)


def void_event(event: ApprovalEvent, *, user: User, note: str, is_unsafe: bool = False) -> ApprovalEvent:
    """Say that an event did not happen, and why. Raises Blocked."""
    return correct_event(event, user=user, note=note, is_void=True, is_unsafe=is_unsafe)


def _record(document: Document, fields: dict[str, Any], *, user: User, seen: str | None) -> ApprovalEvent:
    with transaction.atomic():
        keywords = find_changed_keywords([ApprovalEvent(document=document, **fields)])
        document = lock_dependents([document], keywords, asserting=True)[document.pk]
        user = refreshed_user(user)
        if fields["approval"] is not None:  # as it is now: somebody may have retired it meanwhile
            fields = {**fields, "approval": Approval.objects.get(pk=fields["approval"].pk)}
        event = ApprovalEvent(document=document, **fields)
        event.clean_typed()
        event.authority, event.jurisdiction = _decided_by(event)
        number_blockers = _clean_numbers(event)
        refuse_if([*discarded_blockers(document), *_blockers(event, user), *number_blockers])
        reference, approval = event.reference, event.approval
        event.approval_words = source_text(approval, "plain") if approval else ""
        event.source_key, event.source_title = reference.key, reference.title
        event.source_address = reference.url or (f"doi:{reference.doi}" if reference.doi else f"PMID {reference.pmid}")
        event.source_read_on = reference.accessed_on
        _set_what_is_kept(event)
        append_record(event, user=user)
        if event.is_unsafe and (withheld := find_in_force(event.corrects)):
            withhold_block(document, withheld.block_id, event.recorded_at)
            drop_withheld_approvals(document)
        # A new maker of the vials changes nothing that pages say, unless it takes the place of what they do say.
        if {event.kind, event.corrects.kind if event.corrects else event.kind} != {EventKind.OTHER}:
            open_rechecks(event, Cause.EVENT, "", user=user)
        check_assertions(document, user=user)
        record_contribution(document, settings.SOURCE_LANGUAGE, user, _("recorded: %(event)s") % {"event": event})
        ask_to_verify(event)
        if seen is not None and seen != describe_recorded(event).seen:
            refuse_if([_("What this decision touches has changed since you looked. Look again, then record it.")])
        return event


def _set_what_is_kept(event: ApprovalEvent) -> None:
    """Note whether what is in force of its chain stays so until this is verified. What is unsafe remains so."""
    if corrected := event.corrects:
        event.is_unsafe = event.is_unsafe or (not corrected.is_verified and corrected.is_unsafe)
        event.keeps_corrected = corrected.keeps_in_force and not event.is_unsafe


def _decided_by(event: ApprovalEvent) -> tuple[str, str]:
    """(authority, jurisdiction): the approval's, or those of the product with that application; empty if unknown."""
    decided_on = event.approval or event.product or _find_product(event)
    # Locked, because where it decides may change until something is on record.
    authorities = Authority.objects.select_for_update().filter(code=decided_on.authority) if decided_on else ()
    authority = next(iter(authorities), None)
    return (authority.code, authority.jurisdiction) if authority else ("", "")


def _find_product(event: ApprovalEvent) -> Product | None:
    """The product of the drug with that application, in whichever form its number was typed."""
    products = Product.objects.filter(monograph=event.document_id) if event.application else ()
    return next((product for product in products if _is_application_of(product, event.application)), None)


def _is_application_of(product: Product, typed: str) -> bool:
    return product.application_number in (typed, numbers.check_application(product.authority, typed).value)


def _clean_numbers(event: ApprovalEvent) -> list[str]:
    """Bring its numbers into their authority's form; what is wrong with them. What a correction repeats stays."""
    blockers: list[str] = []
    for name, check in (("application", numbers.check_application), ("submission", numbers.check_submission)):
        typed, wrong = getattr(event, name), event.corrects
        if wrong and (typed, event.authority) == (getattr(wrong, name), wrong.authority):
            continue
        checked = check(event.authority, typed)
        setattr(event, name, checked.value)
        if checked.problem:
            blockers.append(field_blocker(name, checked.problem))
    return blockers


# What people type about an event; the rest is filled in.
_TYPED = ("kind", "pathway", "happened_on", "announced_on", "application", "submission", "reference", "note")


def _blockers(event: ApprovalEvent, user: User) -> Iterator[str]:
    if not user.can(Permission.RECORD_FACTS):
        yield _("Only drug admins record what regulators did.")
    try:
        event.clean_fields(exclude=[field.name for field in event._meta.fields if field.name not in _TYPED])
    except ValidationError as error:
        yield from validation_blockers(error, ApprovalEvent)
        return  # what is no event has no place in a history
    yield from (field_blocker("note", blocker) for blocker in length_blockers(event.note))
    yield from _approval_blockers(event)
    yield from _product_blockers(event)
    yield from _source_blockers(event)
    if event.corrects is not None:
        yield from _correcting_blockers(event, event.corrects)
    yield from _history_blockers(event)


def _approval_blockers(event: ApprovalEvent) -> Iterator[str]:
    approval, of_the_drug = event.approval, event.kind in OF_THE_DRUG
    if approval is None and not of_the_drug:
        yield field_blocker("approval", _("Say which approval this decision is about."))
    if approval is not None and of_the_drug:
        yield field_blocker("approval", _("This concerns the drug as a whole, so it names no approval."))
    if of_the_drug and event.pathway:
        yield field_blocker("pathway", _("Only a grant has a pathway."))
    if approval is not None and approval.monograph_id != event.document_id:
        yield field_blocker("approval", _("That approval belongs to another drug."))
    if approval is not None and approval.retired and not event.is_void:
        message = _(
            "That approval was retired, so nobody would see this decision. Choose another, or bring it back on the "
            "page first."
        )
        yield field_blocker("approval", message)


def _product_blockers(event: ApprovalEvent) -> Iterator[str]:
    product, of_a_product = event.product, event.kind in OF_A_PRODUCT
    if product is None and of_a_product:
        yield field_blocker("product", _("Say to which product this happened."))
    if product is not None and not of_a_product:
        yield field_blocker("product", _("This is not about one product, so it names none."))
    if product is not None and product.monograph_id != event.document_id:
        yield field_blocker("product", _("That product belongs to another drug."))


def _source_blockers(event: ApprovalEvent) -> Iterator[str]:
    """What tells of a decision was read when it had been made. What tells that there was none may be older."""
    read = event.reference.accessed_on
    if read > timezone.localdate():
        message = _(
            "By the library this source was read on %(day)s, which is still to come. Correct that day there first."
        )
        yield field_blocker("reference", message % {"day": date_format(read)})
    elif read < event.known_on and not event.is_void:
        message = _(
            "By the library this source was read on %(day)s, before the decision. Choose the source that tells of it, "
            "or correct that day there first."
        )
        yield field_blocker("reference", message % {"day": date_format(read)})


def _history_blockers(event: ApprovalEvent) -> Iterator[str]:
    """Why the histories that this event becomes or ceases to be part of could not have happened."""
    today = timezone.localdate()
    joined = event.approval if event.kind not in OF_THE_DRUG and not event.is_void else None
    corrected = event.corrects.approval if event.corrects else None
    for approval in {joined, corrected} - {None}:
        decisions = [to_decisions(counted) for counted in events_of(approval) if counted != event.corrects]
        if approval == joined:
            yield from approval_history.find_contradictions([*decisions, to_decisions(event)], today)
        else:  # about other events than the one in the form
            yield from map(str, approval_history.find_contradictions(decisions, today))
    if joined is None and not event.is_void:
        yield from _drugwide_blockers(event, today)


def _drugwide_blockers(event: ApprovalEvent, today: date) -> Iterator[str]:
    """Of the drug as a whole many submissions are decided on one day; each is recorded once."""
    yield from approval_history.find_day_problems(to_decisions(event), today)
    names = ("document", "kind", "happened_on", "product", "application", "submission")
    matching = ApprovalEvent.objects.filter(approval=None, **{name: getattr(event, name) for name in names})
    if any(twin.is_counted and twin != event.corrects for twin in matching.select_related("corrected_by")):
        message = _("This submission is on record already for that day. If it is wrong there, correct it there.")
        yield field_blocker("submission", message)


def _correcting_blockers(event: ApprovalEvent, wrong: ApprovalEvent) -> Iterator[str]:
    if wrong.document_id != event.document_id:
        yield _("That decision is about another drug.")
    if ApprovalEvent.objects.filter(corrects=wrong).exists():
        yield _("This event was corrected already. Correct the one that took its place.")
    elif wrong.has_taken_back:
        yield _("This event was taken back. If it did happen after all, record it again.")
    elif event.is_unsafe and not wrong.keeps_in_force and not wrong.is_unsafe:
        message = _("Readers never saw this decision, because nobody had verified it. Clear this box.")
        yield field_blocker("is_unsafe", message)
    if not event.note.strip():
        yield field_blocker("note", _("Say what was wrong, for the record."))


def to_decisions(event: ApprovalEvent | DatedDecision) -> approval_history.Decision:
    return approval_history.Decision(event.kind, event.pathway, event.happened_on, event.announced_on)
