"""Blocks that readers see no more, though they were signed: what they say was found to be unsafe.

Part of the gate's one question, so that it holds from the next request on, in every language and for every page that
shows the block; as-of asks the same with another time.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import OuterRef, Subquery

from editorial.editions.models import Document

from .joined_ids import JoinedIds
from .models import WithheldBlock


def find_withheld(at: datetime) -> Subquery:
    """Of a release: the ids of the blocks of its document that are withheld at this time; None for none."""
    blocks = WithheldBlock.objects.filter(document=OuterRef("document"), withheld_from__lte=at)
    return Subquery(blocks.order_by().values("document").annotate(ids=JoinedIds("block_id")).values("ids"))


def find_withheld_blocks(documents: Collection[int]) -> dict[int, set[str]]:
    """{key of a document: ids of its blocks that are withheld by now} of these. One query."""
    found: dict[int, set[str]] = {}
    blocks = WithheldBlock.objects.filter(document__in=documents)
    for document, block_id in blocks.values_list("document_id", "block_id"):
        found.setdefault(document, set()).add(block_id)
    return found


def withhold_block(document: Document, block_id: str, at: datetime) -> None:
    """Show this block of a document's editions to readers no more, from `at` on.

    For the service that recorded why, in its transaction.
    """
    WithheldBlock.objects.get_or_create(document=document, block_id=block_id, defaults={"withheld_from": at})
