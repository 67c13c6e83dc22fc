"""What matters most of an edition, as the panels of its page and of the page to submit it show it."""

from collections.abc import Sequence
from typing import Any

from editorial.checks.known_names import find_known_names
from editorial.editions.kinds import Kind
from editorial.editions.models import Edition
from editorial.editions.section_names import name_sections
from editorial.editions.tree.diff import Change
from editorial.editions.tree.nodes import Tree
from editorial.reviews.comparison import Comparison
from editorial.reviews.highlights import Highlight, find_highlights


def build_highlights(
    kind: Kind, tree: Tree, comparison: Comparison, changes: Sequence[Change], since_signed: Sequence[Change]
) -> dict[str, Any]:
    """Since the edition that is compared with, and what else since the last signed one, each once.

    `changes` and `since_signed` lead from those editions to `tree`.
    """
    names = find_known_names(tree.language)

    def find(old: Edition | None, changes: Sequence[Change]) -> list[Highlight]:
        if old is None:
            return []
        sections = name_sections(kind, old.tree, tree)
        return find_highlights(kind, old.tree, changes, tree.language, sections=sections, names=names)

    highlights = find(comparison.base, changes)
    since = [] if comparison.is_with_signed else find(comparison.signed, since_signed)
    return {
        "highlights": highlights,
        "highlights_since_signed": [highlight for highlight in since if highlight not in highlights],
    }
