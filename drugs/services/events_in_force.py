"""Which events are on record, and which are in force: what readers may see.

Events that correct one another are a chain. On record is its newest one. In force is its newest verified one, until a
correction of that is verified, or says that it is unsafe: then it counts no more at once.
"""

from collections.abc import Collection, Iterable

from django.db.models import Q

from ..models import Approval, ApprovalEvent


def events_of(approval: Approval | None) -> list[ApprovalEvent]:
    """The events of an approval that are on record, oldest first."""
    events = ApprovalEvent.objects.filter(approval=approval).select_related("corrected_by")
    return [event for event in events.order_by("happened_on", "sequence") if event.is_counted]


def verified_events(approvals: Iterable[Approval]) -> dict[int | None, list[ApprovalEvent]]:
    """{key of an approval: its events that are in force, oldest first}, in one query."""
    documents: dict[int | None, int] = {approval.pk: approval.monograph_id for approval in approvals}
    by_approval: dict[int | None, list[ApprovalEvent]] = {key: [] for key in documents}
    for event in find_events_in_force(set(documents.values())):
        if event.approval_id in by_approval:
            by_approval[event.approval_id].append(event)
    return by_approval


def find_events_in_force(documents: Collection[int]) -> list[ApprovalEvent]:
    """Those of these monographs, by the keys of their documents, oldest first. One query.

    Of what concerns no approval, only those are told apart that were ever corrected.
    """
    return find_counted_events(documents)[0]


def find_counted_events(documents: Collection[int]) -> tuple[list[ApprovalEvent], list[ApprovalEvent]]:
    """(those in force, those on record: in force once all is verified) of these monographs, oldest first. One query."""
    # What is in force of a chain may be about another approval than what corrects it, or than what that corrects.
    of_chains = Q(approval__isnull=False) | Q(corrects__isnull=False) | Q(corrected_by__isnull=False)
    events = ApprovalEvent.objects.filter(of_chains, document__in=documents)
    events = events.select_related("verification", "reference", "corrected_by")
    by_key = {event.pk: event for event in events}
    for event in by_key.values():
        if event.corrects_id:
            event.corrects = by_key[event.corrects_id]
    heads = [event for event in by_key.values() if not hasattr(event, "corrected_by")]
    in_force = [found for event in heads if (found := find_in_force(event))]
    return _sorted(in_force), _sorted(event for event in heads if not event.is_void)


def _sorted(events: Iterable[ApprovalEvent]) -> list[ApprovalEvent]:
    return sorted(events, key=lambda event: (event.happened_on, event.sequence))


def find_in_force(newest: ApprovalEvent | None) -> ApprovalEvent | None:
    """What is in force of the chain that ends with this event. One query for each correction that was not verified."""
    event = newest
    while event and not event.is_verified:
        event = event.corrects if event.keeps_corrected else None
    return None if event is None or event.is_void else event


def has_decisions(approval: Approval) -> bool:
    """Whether anything about it is on record, or still in force until what takes it back is verified."""
    return bool(events_of(approval) or verified_events([approval])[approval.pk])
