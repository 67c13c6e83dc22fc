"""Where the passage of a remark stands in later editions, also after it moved or was removed.

A block that moved to another field, or is back after it was gone, has another id: it is followed from edition to
edition. Each submission keeps where it stands then, so that following goes on from there and reads no older edition.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet

from editorial.editions.compiled_questions import DOCUMENT, LANGUAGE, has_rows
from editorial.editions.models import CorruptEdition, Edition
from editorial.editions.tree.align import TreeStep, follow_block
from editorial.editions.tree.nodes import Node, Tree, UnreadableTree

from .models import Remark, RemarkPlace


@dataclass(frozen=True, slots=True)
class FollowedBlock:
    """The block of a remark as the last tree with it says it, which is that of `seen_in` unless it `is_there` still."""

    block: Node
    is_there: bool
    seen_in: Edition


def keep_remark_places(edition: Edition) -> None:
    """Note where the passages that were remarked on stand in an edition that was just submitted.

    It reads this edition, the one before it, and those in which passages that are gone were seen last.
    """
    page = {"document": edition.document_id, "language": edition.language}
    if not has_rows(_ask_placed, document=edition.document_id, language=edition.language):
        return
    began = Remark.objects.filter(**page, thread__isnull=True).exclude(node_id="")
    firsts = list(began.select_related("edition").defer("edition__content"))
    before = _read_places(firsts, edition.number)
    try:
        followed = follow_remarks(firsts, Edition.objects.filter(**page, number__lte=edition.number), edition.tree)
    except (CorruptEdition, UnreadableTree):
        return  # an older edition was tampered with, which is told where it is shown; its page can be mended
    stayed, new = [], []
    for first in firsts:
        now, kept = followed.get(first.pk), before.get(first.pk)
        if now is None:
            continue
        if kept and (kept.node_id, kept.is_there) == (now.block.id, now.is_there):
            stayed.append(kept.pk)
        else:
            new.append(
                RemarkPlace(
                    thread=first, since=edition.number, until=edition.number, node_id=now.block.id,
                    is_there=now.is_there, seen_in=now.seen_in,
                )
            )  # fmt: skip
    RemarkPlace.objects.filter(pk__in=stayed).update(until=edition.number)
    RemarkPlace.objects.bulk_create(new)


def _ask_placed() -> QuerySet[Remark, Any]:
    began = Remark.objects.filter(document=DOCUMENT, language=LANGUAGE, thread__isnull=True).exclude(node_id="")
    return began.order_by().values_list("pk")[:1]


def follow_remarks(firsts: Iterable[Remark], editions: QuerySet[Edition], tree: Tree) -> dict[int, FollowedBlock]:
    """{key of the first remark of a thread: its block where it stands in `tree`, or stood last}.

    `editions` are those of its page that it may have stood in. A block that nothing is known of is left out. Three
    queries. Raises CorruptEdition.
    """
    firsts = list(firsts)
    newest = editions.order_by("-number").values_list("number", flat=True).first() or 0
    places = _read_places(firsts, newest)
    starts = {
        first.pk: min(places[first.pk].until, newest) if first.pk in places else first.edition.number
        for first in firsts
    }
    keys: set[int | None] = {place.seen_in_id for place in places.values() if not place.is_there}
    keys |= {first.edition.base_edition_id for first in firsts if first.pk not in places}
    began = min(starts.values())
    loaded = list(editions.filter(Q(number__gte=began) | Q(pk__in=keys)).order_by("number"))
    since = [edition for edition in loaded if edition.number >= began]
    steps = [TreeStep(*pair) for pair in pairwise([*(edition.tree for edition in since), tree])]
    order = {edition.number: place for place, edition in enumerate(since)}
    followed = {}
    for first in firsts:
        block, is_there = _find_start(first, places.get(first.pk), loaded, starts[first.pk])
        if block:
            block, is_there = follow_block(block, steps[order[starts[first.pk]] :], is_there=is_there)
            seen_in = next((edition for edition in reversed(loaded) if _find_block(edition, block.id)), first.edition)
            followed[first.pk] = FollowedBlock(block, is_there, seen_in)
    return followed


def _read_places(firsts: Iterable[Remark], newest: int) -> dict[int, RemarkPlace]:
    """{key of a first remark: where its block was found last, up to this edition's number}. One query."""
    places = RemarkPlace.objects.filter(thread__in=[first.pk for first in firsts], since__lte=newest)
    return {place.thread_id: place for place in places.order_by("since")}


def _find_start(
    first: Remark, place: RemarkPlace | None, loaded: list[Edition], start: int
) -> tuple[Node | None, bool]:
    """(the block of a remark as it was, whether the edition with the number `start` has it)."""
    if place:
        edition = next(
            (item for item in loaded if (item.number == start if place.is_there else item.pk == place.seen_in_id)), None
        )
        return (_find_block(edition, place.node_id) if edition else None), place.is_there
    for key in (first.edition_id, first.edition.base_edition_id):
        edition = next((item for item in loaded if item.pk == key), None)
        if edition and (block := _find_block(edition, first.node_id)):
            return block, key == first.edition_id
    return None, False


def _find_block(edition: Edition, node_id: str) -> Node | None:
    return next((node for node in edition.tree.walk() if node.id == node_id), None)
