"""Threads of remarks as an edition's page shows them: each at its block, wherever that stands now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from django.db.models import Q, QuerySet

from editorial.editions.models import Document, Edition
from editorial.editions.models.addresses import shown_addresses
from editorial.editions.tree.align import TreeStep, follow_block
from editorial.editions.tree.diff import comparable_text, strip_mark_signs
from editorial.editions.tree.nodes import Node, Tree

from .models import Act, Remark


@dataclass(frozen=True, slots=True)
class Thread:
    """A first remark and what followed.

    `node_id` is its block's id now, or the last that it had; "" of the page as a whole. `now` is what the block says
    now; None where it is gone.
    """

    first: Remark
    answers: tuple[Remark, ...]
    node_id: str
    now: str | None

    @property
    def entries(self) -> tuple[Remark, ...]:
        return (self.first, *self.answers)

    @property
    def is_open(self) -> bool:
        acts = [answer.act for answer in self.answers if answer.act != Act.SAID]
        return not acts or acts[-1] == Act.REOPENED

    @property
    def is_gone(self) -> bool:
        return bool(self.node_id) and self.now is None

    @property
    def has_changed(self) -> bool:
        return self.now is not None and self.now != self.first.quote


def block_text(node: Node) -> str:
    """All words of a block with their links; in one order, which a tree made just now does not have."""
    shown = shown_addresses(Node(node.type, node.id, words=node.words))
    texts = (strip_mark_signs(comparable_text(words, shown)) for _name, words in sorted(node.words.items()))
    return "\n".join(filter(None, texts))


def load_threads(edition: Edition) -> list[Thread]:
    """Every thread about this page in this language that began on this edition or one before it, oldest first.

    Two queries, and one more where a block that was remarked on is gone. Raises CorruptEdition.
    """
    page = {"document": edition.document_id, "language": edition.language}
    threads = _unfollowed(edition.tree, Remark.objects.filter(**page, edition__number__lte=edition.number))
    # What its own edition lacks already is gone from there.
    earlier = [thread for thread in threads if thread.first.edition_id != edition.pk]
    before = Edition.objects.filter(**page, number__lt=edition.number)
    places = _followed(earlier, before, edition.tree)
    return [places.get(thread.first.pk, thread) for thread in threads]


def open_threads(document: Document, language: str, tree: Tree | None) -> list[Thread]:
    """Open threads about a page in one language; `tree` is what would be frozen of it now. Queries as `threads`."""
    page = {"document": document, "language": language}
    threads = [thread for thread in _unfollowed(tree, Remark.objects.filter(**page)) if thread.is_open]
    places = _followed(threads, Edition.objects.filter(**page), tree)
    return [places.get(thread.first.pk, thread) for thread in threads]


def _unfollowed(tree: Tree | None, remarks: QuerySet[Remark]) -> list[Thread]:
    """Threads that began with one of these remarks, by the ids of their blocks alone."""
    blocks = {node.id: node for node in tree.walk()} if tree else {}
    began = remarks.filter(thread__isnull=True)
    firsts = list(began.select_related("edition").defer("edition__content"))
    answers: dict[int | None, list[Remark]] = {}  # by the key of the thread's first remark
    for answer in Remark.objects.filter(thread__in=[first.pk for first in firsts]).order_by("pk"):
        answers.setdefault(answer.thread_id, []).append(answer)
    return [
        Thread(
            first,
            tuple(answers.get(first.pk, ())),
            first.node_id,
            block_text(blocks[first.node_id]) if first.node_id in blocks else None,
        )
        for first in firsts
    ]


def _followed(threads: list[Thread], before: QuerySet[Edition], tree: Tree | None) -> dict[int, Thread]:
    """{key of its first remark: the thread where its block stands in `tree`}, of those whose block is gone by its id.

    A block that moved to another field, or is back after it was gone, has another id: it is followed from edition to
    edition. `before` are those that came before the tree.
    """
    gone = [thread for thread in threads if thread.is_gone]
    if not gone or not tree:
        return {}
    began = min(thread.first.edition.number for thread in gone)
    bases = {thread.first.edition.base_edition_id for thread in gone}
    loaded = list(before.filter(Q(number__gte=began) | Q(pk__in=bases)).order_by("number"))
    since = [edition for edition in loaded if edition.number >= began]
    steps = [TreeStep(*pair) for pair in pairwise([*(edition.tree for edition in since), tree])]
    trees = {edition.pk: edition.tree for edition in loaded}
    places = {edition.pk: place for place, edition in enumerate(since)}
    followed = {}
    for thread in gone:
        block, is_there = _block(thread.first, trees)
        if block:
            later = steps[places[thread.first.edition_id] :]
            block, is_there = follow_block(block, later, is_there=is_there)
            now = block_text(block) if is_there else None
            followed[thread.first.pk] = replace(thread, node_id=block.id, now=now)
    return followed


def _block(first: Remark, trees: dict[int, Tree]) -> tuple[Node | None, bool]:
    """(the block of a remark as it was, whether its own edition still had it, rather than only the one before)."""
    for key in (first.edition_id, first.edition.base_edition_id):
        for node in trees[key].walk() if key in trees else ():
            if node.id == first.node_id:
                return node, key == first.edition_id
    return None, False


def group_by_block(threads: Iterable[Thread]) -> dict[str, list[Thread]]:
    """{block's id: its threads}; those about the page as a whole under ""."""
    blocks: dict[str, list[Thread]] = {}
    for thread in threads:
        blocks.setdefault(thread.node_id, []).append(thread)
    return blocks
