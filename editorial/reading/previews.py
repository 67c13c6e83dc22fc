"""The working copy as a reader would see it, before anybody froze or signed it.

A translation's preview is in its language alone: where a text is not translated yet, a mark in that language stands in
its place. The source's words would be another language in the middle of the page, and a gap would not show that
something is missing.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from editorial.editions.freezing import candidate, dependencies, unchecked
from editorial.editions.models import Document
from editorial.editions.tree.nodes import Tree
from editorial.editions.tree.units import translated, units

from . import embeds, presenters


@dataclass(frozen=True, slots=True)
class Preview:
    """What there is to see. `tree` is None where there is nothing, and then `reasons` says why, in words."""

    tree: Tree | None
    reasons: list[str]
    missing: int = 0  # texts that are not translated yet
    overtaken: int = 0  # texts that changed in the source since they were translated

    @property
    def empty(self) -> list[str]:
        """Why there is nothing to see; empty where there is something."""
        return self.reasons if self.tree is None else []

    def context(self, at: datetime) -> dict:
        """What the kind's template gets. In the language that is active, which is the page's own."""
        context = presenters.preview_context(self.tree, at)
        context["page"] |= {"missing": self.missing, "overtaken": self.overtaken}
        return {**context, **embeds.around_words(self.tree, dependencies(self.tree), at).context}


def preview(document: Document, language: str) -> Preview:
    """The working copy in one language as it is now. What stands in the way of submitting it does not matter here.

    The number of queries does not depend on how much there is. Raises CorruptEdition where a translation's source
    does not verify.
    """
    found = candidate(document, language)
    if found.source_edition is None:
        return Preview(found.tree, found.blockers)
    words = {unit.place: unit.source for unit in units(found.tree)}
    source = units(found.source_edition.tree)
    missing = {unit.place for unit in source} - words.keys()
    stale = {unit.place for unit in unchecked(document, language, found.source_edition)} - missing
    with override(language):
        mark = _("[not translated yet]")
    tree = translated(found.source_edition.tree, {**words, **dict.fromkeys(missing, mark)}, language)
    return Preview(tree, [], len(missing), len(stale))
