"""Threads of remarks as an edition's page shows them: each at its block, wherever that stands now."""

from collections.abc import Iterable
from dataclasses import dataclass

from editorial.editions.models import Document, Edition
from editorial.editions.tree.diff import shown, unsigned
from editorial.editions.tree.nodes import Node, Tree

from .models import Act, Remark


@dataclass(frozen=True, slots=True)
class Thread:
    """A first remark and what followed. `now` is what its block says now; None where the block is gone."""

    first: Remark
    answers: tuple[Remark, ...]
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
        return bool(self.first.node_id) and self.now is None

    @property
    def has_changed(self) -> bool:
        return self.now is not None and self.now != self.first.quote


def words_of(node: Node) -> str:
    """All words of a block with their links; in one order, which a tree made just now does not have."""
    return "\n".join(text for _name, words in sorted(node.words.items()) if (text := unsigned(shown(words))))


def threads(edition: Edition) -> list[Thread]:
    """Every thread about this page in this language that began on this edition or one before it, oldest first.

    Two queries. Raises CorruptEdition.
    """
    began = Remark.objects.filter(
        document=edition.document_id, language=edition.language, edition__number__lte=edition.number
    )
    return _threads(began, edition.tree)


def open_threads(document: Document, language: str, tree: Tree | None) -> list[Thread]:
    """Open threads about a page in one language; `tree` is what would be frozen of it now. Two queries."""
    found = _threads(Remark.objects.filter(document=document, language=language), tree)
    return [each for each in found if each.is_open]


def _threads(remarks, tree: Tree | None) -> list[Thread]:
    blocks = {node.id: node for node in tree.walk()} if tree else {}
    answers: dict[int, list[Remark]] = {}
    found = list(remarks.filter(thread__isnull=True).select_related("edition").defer("edition__content"))
    for each in Remark.objects.filter(thread__in=[first.pk for first in found]).order_by("pk"):
        answers.setdefault(each.thread_id, []).append(each)
    return [
        Thread(
            first,
            tuple(answers.get(first.pk, ())),
            words_of(blocks[first.node_id]) if first.node_id in blocks else None,
        )
        for first in found
    ]


def by_block(found: Iterable[Thread]) -> dict[str, list[Thread]]:
    """{block's id: its threads}; those about the page as a whole, and about blocks that are gone, under ""."""
    blocks: dict[str, list[Thread]] = {}
    for each in found:
        blocks.setdefault("" if each.is_gone else each.first.node_id, []).append(each)
    return blocks
