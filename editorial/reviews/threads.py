"""Threads of remarks as an edition's page shows them: each at its block, wherever that stands now."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q, QuerySet

from editorial.editions.models import Document, Edition
from editorial.editions.tree.align import Step, follow
from editorial.editions.tree.diff import shown, unsigned
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
        acts = [each.act for each in self.answers if each.act != Act.SAID]
        return not acts or acts[-1] == Act.REOPENED

    @property
    def is_gone(self) -> bool:
        return bool(self.node_id) and self.now is None

    @property
    def has_changed(self) -> bool:
        return self.now is not None and self.now != self.first.quote


def words_of(node: Node) -> str:
    """All words of a block with their links; in one order, which a tree made just now does not have."""
    return "\n".join(text for _name, words in sorted(node.words.items()) if (text := unsigned(shown(words))))


def threads(edition: Edition) -> list[Thread]:
    """Every thread about this page in this language that began on this edition or one before it, oldest first.

    Two queries, and one more where a block that was remarked on is gone. Raises CorruptEdition.
    """
    told = {"document": edition.document_id, "language": edition.language}
    firsts = _firsts(**told, edition__number__lte=edition.number)
    before = Edition.objects.filter(**told, number__lt=edition.number)
    return _threads(firsts, before, edition.tree, edition.number)


def open_threads(document: Document, language: str, tree: Tree | None) -> list[Thread]:
    """Open threads about a page in one language; `tree` is what would be frozen of it now. Queries as `threads`."""
    told = {"document": document, "language": language}
    found = _threads(_firsts(**told), Edition.objects.filter(**told), tree)
    return [each for each in found if each.is_open]


def _firsts(**which) -> list[Remark]:
    found = Remark.objects.filter(thread__isnull=True, **which)
    return list(found.select_related("edition").defer("edition__content"))


def _threads(
    firsts: list[Remark], before: QuerySet[Edition], tree: Tree | None, number: int | None = None
) -> list[Thread]:
    """`tree` is that of the edition with this number, which came after those `before`; None is the working copy."""
    answers: dict[int, list[Remark]] = {}
    for each in Remark.objects.filter(thread__in=[first.pk for first in firsts]).order_by("pk"):
        answers.setdefault(each.thread_id, []).append(each)
    blocks = {node.id: node for node in tree.walk()} if tree else {}
    gone = [each for each in firsts if each.node_id and each.node_id not in blocks and each.edition.number != number]
    known = {each.node_id: blocks.get(each.node_id) for each in firsts}
    places = {each.pk: (each.node_id, known[each.node_id]) for each in firsts}
    if gone and tree:
        places |= _followed(gone, before, tree)
    return [
        Thread(first, tuple(answers.get(first.pk, ())), node_id, words_of(block) if block else None)
        for first in firsts
        for node_id, block in [places[first.pk]]
    ]


def _followed(firsts: list[Remark], before: QuerySet[Edition], tree: Tree) -> dict[int, tuple[str, Node | None]]:
    """{key: (id of its block, the block in `tree`, None where it is gone)} of remarks on blocks that went elsewhere.

    A block that moved to another field, or is back after it was gone, has another id: it is followed from edition to
    edition.
    """
    began = min(each.edition.number for each in firsts)
    bases = {each.edition.base_edition_id for each in firsts}
    found = list(before.filter(Q(number__gte=began) | Q(pk__in=bases)).order_by("number"))
    trees = {each.pk: each.tree for each in found}
    since = [each for each in found if each.number >= began]
    line = [*(each.tree for each in since), tree]
    steps = [Step(*pair) for pair in pairwise(line)]
    places = {}
    for first in firsts:
        start = [each.pk for each in since].index(first.edition_id)
        block, is_there = _block(first, trees)
        if block:
            block, is_there = follow(block, steps[start:], is_there=is_there)
        places[first.pk] = (block.id if block else first.node_id, block if is_there else None)
    return places


def _block(first: Remark, trees: dict[int, Tree]) -> tuple[Node | None, bool]:
    """(the block of a remark as it was, whether its own edition still had it, rather than only the one before)."""
    for key in (first.edition_id, first.edition.base_edition_id):
        for node in trees[key].walk() if key in trees else ():
            if node.id == first.node_id:
                return node, key == first.edition_id
    return None, False


def by_block(found: Iterable[Thread]) -> dict[str, list[Thread]]:
    """{block's id: its threads}; those about the page as a whole under ""."""
    blocks: dict[str, list[Thread]] = {}
    for each in found:
        blocks.setdefault(each.node_id, []).append(each)
    return blocks
