"""What blocks are about, and whether a change touches it.

One answer for all who ask: what reviewers are told first, what needs more sign-offs, and what the checklist asks anew.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from editorial.editions.kinds import Kind, all_kinds, kind_of
from editorial.editions.models import Document
from editorial.editions.tree.diff import Change
from editorial.editions.tree.links import PIECE, find_linked_documents
from editorial.editions.tree.nodes import Node, Tree

EMERGENCY = "emergency"  # the care level of blocks on which lives depend, as trees of every kind hold it

BlockMatcher = Callable[[Node], bool]


def care_matcher(kind: Kind) -> BlockMatcher:
    """Blocks that tell readers when to get help."""
    return kind.is_care


def fact_block_matcher(kind: Kind) -> BlockMatcher:
    """Blocks that hold facts about drugs, or show those of another page."""
    return lambda node: node.type in {*kind.safety.fact_blocks, PIECE}


def facts_matcher(kind: Kind) -> BlockMatcher:
    """Blocks that hold facts about drugs, show them, lead to their page, or say anything in numbers."""
    has_facts = cache(_has_facts)  # each document is looked up once

    def has_link_to_facts(node: Node) -> bool:
        own = Node(node.type, node.id, words=node.words)  # not what stands in it
        return any(map(has_facts, sorted(find_linked_documents(own))))

    is_fact_block = fact_block_matcher(kind)
    return lambda node: is_fact_block(node) or has_link_to_facts(node) or _has_number(node)


def _has_facts(document_id: int) -> bool:
    document = Document.objects.filter(pk=document_id).first()
    return document is not None and bool(kind_of(document).safety.fact_blocks)


def references_matcher(_kind: Kind) -> BlockMatcher:
    return lambda node: node.type == "reference"


def critical_matcher(kind: Kind) -> BlockMatcher:
    """Blocks on which lives depend: emergency advice, and what its kind calls critical, such as a dose."""
    return lambda node: (
        node.type in kind.safety.critical_blocks
        or kind.safety.is_critical(node)
        or node.attrs.get("care") == EMERGENCY
        or _is_critical_piece(node)
    )


def _is_critical_piece(node: Node) -> bool:
    name: str = node.attrs.get("piece", "")
    return node.type == PIECE and any(
        kind.embedding.pieces[name].is_critical for kind in all_kinds() if name in kind.embedding.pieces
    )


def _has_number(node: Node) -> bool:
    return node.type != "reference" and any(letter.isdigit() for name in node.words for letter in node.plain(name))


def is_touched(old: Tree | None, changes: list[Change], is_about: BlockMatcher) -> bool:
    """Whether anything of a block of which `is_about` is true came, went or changed, or stands in it otherwise.

    Such a block may itself stand elsewhere and say the same; the order of what stands in it is part of what it says.
    """
    return any(find_touching(old, changes, is_about))


def find_touching(old: Tree | None, changes: Sequence[Change], is_about: BlockMatcher) -> Iterator[Change]:
    """The changes for which `is_touched` is true."""
    about = [node for node in [*(old.walk() if old else ()), *(change.node for change in changes)] if is_about(node)]
    inside = {key for node in about for key in descendant_ids(node)}
    reached = inside | {node.id for node in about}
    for change in changes:
        if (change.alters and change.ids & reached) or (change.is_moved and change.ids & inside):
            yield change


def descendant_ids(node: Node) -> set[str]:
    """Ids of everything that stands in a block."""
    return {descendant.id for child in node.children for descendant in child.walk()}


def is_critical_change(document: Document, old: Tree | None, changes: list[Change]) -> bool:
    """Whether lives depend on this change of a page."""
    kind = kind_of(document)
    if document.key in kind.safety.critical_pages:
        return any(change.status != "same" for change in changes)
    return is_touched(old, changes, critical_matcher(kind))
