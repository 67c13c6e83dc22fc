"""Which parts of a monograph a regulator's decision changes: who shows none of them may rest on it, and no more.

Pieces are those of `piece_contents`: what they show says which decisions they can show.
"""

from collections.abc import Iterator

from editorial.editions.kind_answers import ChangedParts
from editorial.editions.models import Record
from editorial.editions.tree.nodes import Node

from .models import OF_THE_DRUG, ApprovalEvent, BoxedWarning, EventKind

# The card tells of approvals that are not in force, and of those alone; the table of approvals tells of all.
_LEAVING_OR_RETURNING = frozenset(
    {
        EventKind.WITHDRAWAL_ANNOUNCED, EventKind.BY_SPONSOR, EventKind.BY_AGENCY, EventKind.SUSPENDED,
        EventKind.REINSTATED,
    }
)  # fmt: skip
_WARNINGS = ChangedParts(frozenset({"card"}), is_repeated=True)  # the card has their titles, and partners repeat them
# Of the others nobody can tell what they change: a safety communication may be about anything.
_PARTS = {
    EventKind.OTHER: ChangedParts(),
    EventKind.LAUNCHED: ChangedParts(),
    EventKind.BIOSIMILAR_APPROVED: ChangedParts(),
    EventKind.SHORTAGE_BEGAN: ChangedParts(),
    EventKind.SHORTAGE_ENDED: ChangedParts(),
    EventKind.DISCONTINUED: ChangedParts(frozenset({"card"})),  # which names the brands
    EventKind.NEW_FORMULATION: ChangedParts(frozenset({"card", "dosing"})),
    EventKind.WARNING_ADDED: _WARNINGS,
    EventKind.WARNING_CHANGED: _WARNINGS,
    EventKind.WARNING_REMOVED: _WARNINGS,
}


_LOST = frozenset(
    {EventKind.WITHDRAWAL_ANNOUNCED, EventKind.BY_SPONSOR, EventKind.BY_AGENCY, EventKind.SUSPENDED}
)  # fmt: skip
_GRAVE = _LOST | {EventKind.WARNING_ADDED, EventKind.WARNING_CHANGED, EventKind.WARNING_REMOVED}


def is_grave_block(block: Node) -> bool:
    """Whether a block of a tree is a decision by which an approval was lost, or is to be."""
    return block.type == "event" and block.attrs.get("kind") in _LOST


def is_grave_decision(record: Record) -> bool:
    """Whether somebody may come to harm who acts on what was said before this decision, or on what it corrects."""
    return isinstance(record, ApprovalEvent) and any(event.kind in _GRAVE for event in _with_corrected(record))


def find_changed_parts(record: Record) -> ChangedParts | None:
    """What a decision changes, with what those that it takes the place of had said. None where nobody can tell."""
    if not isinstance(record, ApprovalEvent):
        return None
    parts = [_parts_of(event) for event in _with_corrected(record)]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return ChangedParts(
        frozenset(piece for part in known for piece in part.pieces),
        is_repeated=any(part.is_repeated for part in known),
    )


def _with_corrected(record: ApprovalEvent) -> Iterator[ApprovalEvent]:
    """Back to the last one that was verified, which readers see until its correction is verified too."""
    yield record
    corrected = record.corrects
    while corrected:
        yield corrected
        corrected = None if corrected.is_verified else corrected.corrects


def _parts_of(event: ApprovalEvent) -> ChangedParts | None:
    if event.kind in OF_THE_DRUG:
        return _PARTS.get(EventKind(event.kind))
    history = ApprovalEvent.objects.filter(approval=event.approval_id, kind__in=_LEAVING_OR_RETURNING)
    pieces = {"approvals"} | ({"card"} if history.exists() else set())
    # A boxed warning of one approval is shown as soon as that is granted.
    if event.kind == EventKind.GRANTED and BoxedWarning.objects.filter(approval=event.approval_id).exists():
        return ChangedParts(frozenset({*pieces, "card"}), is_repeated=True)
    return ChangedParts(frozenset(pieces))
