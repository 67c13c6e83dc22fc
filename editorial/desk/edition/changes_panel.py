"""What changed and what matters most of it, as the page of an edition and the page to submit one show it."""

from collections.abc import Sequence
from typing import Any

from editorial.editions.kinds import Kind
from editorial.editions.known_names import find_known_names
from editorial.editions.models import Edition
from editorial.editions.models.addresses import shown_addresses
from editorial.editions.section_names import name_sections
from editorial.editions.tree.diff import Change, compare_trees
from editorial.editions.tree.nodes import Tree
from editorial.reviews.comparison import Comparison
from editorial.reviews.highlights import Highlight, find_highlights


def compare_with(base: Edition | None, tree: Tree) -> list[Change]:
    """What became of each block of a tree since another edition; without one, all is new."""
    old = base.tree if base else None
    shown = shown_addresses(tree.root, *([old.root] if old else []))
    return compare_trees(old, tree, shown)


def build_highlights(
    kind: Kind, tree: Tree, comparison: Comparison, changes: Sequence[Change], since_signed: Sequence[Change]
) -> dict[str, Any]:
    """Since the edition that is compared with, and what else since the last signed one, each once.

    `changes` and `since_signed` lead from those editions to `tree`. `told` are ids of blocks of which the page tells
    which words changed since the last signed edition: of those cut anew, where they are told together.
    """
    highlights = find_highlights_since(kind, comparison.base, tree, changes)
    since = highlights
    if not comparison.is_with_signed:
        since = find_highlights_since(kind, comparison.signed, tree, since_signed)
    return {
        "highlights": highlights,
        "highlights_since_signed": [highlight for highlight in since if highlight not in highlights],
        "told": {highlight.node_id for highlight in since if highlight.words}
        | {change.node.id for change in since_signed if change.regrouped or change.edited_cut},
    }


def find_highlights_since(kind: Kind, old: Edition | None, tree: Tree, changes: Sequence[Change]) -> list[Highlight]:
    """Those of the `changes` that lead from an edition to a tree; none without an edition, where all is new."""
    if old is None:
        return []
    names, sections = find_known_names(tree.language), name_sections(kind, old.tree, tree)
    return find_highlights(kind, old.tree, changes, tree.language, sections=sections, names=names)
