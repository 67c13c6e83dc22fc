"""The working copy as a reader would see it, before it is frozen or signed.

A translation's preview is in its language alone: where a text is not translated yet, a mark in that language stands in
its place. The source's words would be another language in the middle of the page, and a gap would not show that
something is missing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from editorial.editions.blockers import Blocked
from editorial.editions.freezing import build_candidate, find_dependencies
from editorial.editions.models import Document
from editorial.editions.tree.nodes import Tree
from editorial.editions.tree.units import find_units, translate_tree

from . import embeds, presenters


@dataclass(frozen=True, slots=True)
class Preview:
    """A working copy to look at."""

    tree: Tree
    missing_count: int = 0  # texts that are not translated yet
    outdated_count: int = 0  # texts that changed in the source since they were translated

    def context(self, at: datetime) -> dict[str, Any]:
        """What the kind's template gets. Call it with the preview's own language active."""
        context = presenters.preview_context(self.tree, at)
        context["page"] |= {"missing_count": self.missing_count, "outdated_count": self.outdated_count}
        return {**context, **embeds.tree_extras(self.tree, find_dependencies(self.tree), at).context}


def build_preview(document: Document, language: str) -> Preview:
    """The working copy in one language as it is now. What would block a submission does not matter here.

    The number of queries does not depend on how much there is to see. Raises Blocked if there is nothing to see;
    CorruptEdition if a translation's source does not verify.
    """
    frozen = build_candidate(document, language)
    if frozen.tree is None:
        raise Blocked(frozen.blockers)
    if frozen.source_edition is None:
        return Preview(frozen.tree)
    source_tree = frozen.source_edition.tree
    words = {unit.place: unit.source for unit in find_units(frozen.tree)}
    missing = {unit.place for unit in find_units(source_tree)} - words.keys()
    outdated = frozen.unchecked.keys() - missing
    with override(language):
        mark = _("[not translated yet]")
    tree = translate_tree(source_tree, {**words, **dict.fromkeys(missing, mark)}, language)
    return Preview(tree, len(missing), len(outdated))
