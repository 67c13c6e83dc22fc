"""Which events are on record, and which are in force: what readers may see.

Events that correct one another are a chain. On record is its newest one. In force is its newest verified one, until a
correction of that is verified, or says that it is unsafe: then it counts no more at once.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from editorial.editions.compiled_questions import KEYS, find_rows

from ..models import Approval, ApprovalEvent

# What is in force of a chain may be about another approval than what corrects it, or than what that corrects.
_OF_CHAINS = Q(approval__isnull=False) | Q(corrects__isnull=False) | Q(corrected_by__isnull=False)


@dataclass(slots=True)
class DatedDecision:
    """What of an event says how an approval stands: it is read at each pause of everybody who asserts anything."""

    pk: int
    approval_id: int | None
    sequence: int
    kind: str
    pathway: str
    happened_on: date
    announced_on: date | None
    corrects_id: int | None
    is_void: bool
    keeps_corrected: bool
    verification: int | None
    corrects: "DatedDecision | None" = None

    @property
    def is_verified(self) -> bool:
        return self.verification is not None


Event = TypeVar("Event", ApprovalEvent, DatedDecision)


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
    events = ApprovalEvent.objects.filter(_OF_CHAINS, document__in=documents)
    return _count(list(events.select_related("verification", "reference", "corrected_by")))[0]


def find_counted_decisions(documents: Collection[int]) -> tuple[list[DatedDecision], list[DatedDecision]]:
    """(those in force, those on record: in force once all is verified) of these monographs, oldest first. One query."""
    rows = find_rows(_ask_decisions, keys=sorted(documents)) if documents else []
    return _count([DatedDecision(*row) for row in rows])


def _ask_decisions() -> QuerySet[ApprovalEvent, Any]:
    return ApprovalEvent.objects.filter(_OF_CHAINS, document__in=[KEYS]).values_list(
        "pk", "approval_id", "sequence", "kind", "pathway", "happened_on", "announced_on", "corrects_id", "is_void",
        "keeps_corrected", "verification",
    )  # fmt: skip


def _count(events: list[Event]) -> tuple[list[Event], list[Event]]:
    """(those in force, those on record) of whole chains, oldest first."""
    by_key = {event.pk: event for event in events}
    for event in events:
        if event.corrects_id:
            event.corrects = by_key[event.corrects_id]
    corrected = {event.corrects_id for event in events}
    heads = [event for event in events if event.pk not in corrected]
    in_force = [found for event in heads if (found := find_in_force(event))]
    return _sorted(in_force), _sorted(event for event in heads if not event.is_void)


def _sorted(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda event: (event.happened_on, event.sequence))


def find_in_force(newest: Event | None) -> Event | None:
    """What is in force of the chain that ends with this event. One query for each correction that was not verified."""
    event = newest
    while event and not event.is_verified:
        event = event.corrects if event.keeps_corrected else None
    return None if event is None or event.is_void else event


def has_decisions(approval: Approval) -> bool:
    """Whether anything about it is on record, or still in force until what takes it back is verified."""
    return bool(events_of(approval) or verified_events([approval])[approval.pk])
