"""What recording a decision will do, as its form shows it first."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from editorial.editions.kinds import kind_of
from editorial.editions.labels import piece_label
from editorial.editions.tree.nodes import digest_of
from editorial.reviews.recheck_preview import RecheckPreview, read_opened

from .models import ApprovalEvent


@dataclass(frozen=True, slots=True)
class DecisionPreview:
    """`seen` goes with the decision when it is recorded: by it the service tells whether this is what happens."""

    opened: RecheckPreview
    pieces: list[str]  # of the page that change once it is signed again; [] where nobody can tell, or none does
    withheld: str  # the approval that readers see no more, at once; "" for none
    is_urgent: bool  # whether a notice is called for
    seen: str


def describe_recorded(event: ApprovalEvent) -> DecisionPreview:
    """Of an event that was recorded in the transaction that the caller is in, before it ends."""
    kind, opened = kind_of(event.document), read_opened(event)
    parts = kind.changed_parts(event)
    withheld = event.corrects.approval_words if event.is_unsafe and event.corrects else ""
    seen = repr((event.kind, event.approval_id, event.product_id, event.is_void, event.is_unsafe, opened.rows))
    return DecisionPreview(
        opened=opened,
        pieces=sorted(map(piece_label, parts.pieces)) if parts else [],
        withheld=withheld,
        is_urgent=kind.urgent_news(event) is not None,
        seen=digest_of(seen.encode()),
    )


def preview_event(record: Callable[[], ApprovalEvent]) -> DecisionPreview:
    """What this call of a service would do: it is run and taken back. Raises what the service raises."""
    with transaction.atomic():
        preview = describe_recorded(record())
        transaction.set_rollback(True)
    return preview
