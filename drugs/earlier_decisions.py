"""What was so before a decision: what had been decided before about that approval, or what it corrects."""

from collections.abc import Sequence

from editorial.editions.kind_answers import EarlierWords
from editorial.editions.models import Record

from .models import ApprovalEvent


def find_earlier_words(records: Sequence[Record]) -> list[EarlierWords]:
    """Of each of these; empty where nothing is on record before it. Two statements, however many they are."""
    events = [record for record in records if isinstance(record, ApprovalEvent)]
    corrected = ApprovalEvent.objects.in_bulk({event.corrects_id for event in events} - {None})
    approvals = {event.approval_id for event in events} - {None}
    histories: dict[int | None, list[ApprovalEvent]] = {}
    for event in ApprovalEvent.objects.filter(approval__in=approvals).select_related("corrected_by"):
        histories.setdefault(event.approval_id, []).append(event)
    return [
        _earlier_words(record, corrected.get(record.corrects_id), histories.get(record.approval_id, []))
        if isinstance(record, ApprovalEvent)
        else EarlierWords()
        for record in records
    ]


def _earlier_words(event: ApprovalEvent, corrected: ApprovalEvent | None, history: list[ApprovalEvent]) -> EarlierWords:
    earlier = corrected or max(
        (other for other in history if other.sequence < event.sequence and other.is_counted),
        key=lambda other: (other.happened_on, other.sequence),
        default=None,
    )
    if earlier is None:
        return EarlierWords()
    return EarlierWords(str(earlier), earlier.approval_words if earlier.approval_words != event.approval_words else "")
