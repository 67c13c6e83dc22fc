"""Glossary entries as the engine knows them, and their list from A to Z."""

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.fields import PROSE, ContentFields, Words
from editorial.editions.kinds import Embedding, Listing, register
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.tree.shown_content import words_content
from editorial.editions.working_copy import WorkingCopy
from editorial.reading import collation

from ..references import CitingKind, append_references
from .models import GlossaryEntry


def by_letter(items: list[dict[str, Any]]) -> dict[str, Any]:
    """The entries, which come in their order, under their letters."""
    groups = groupby(items, key=lambda item: (item["is_fallback"], item["letter"]))
    return {
        "groups": [
            {"is_fallback": is_fallback, "letter": letter, "id": f"letter-{number}", "items": list(group)}
            for number, ((is_fallback, letter), group) in enumerate(groups, 1)
        ]
    }


def entry_content(root: Node) -> Any:
    """What opens in the middle of other pages."""
    return words_content(root, "title", "short")


class GlossaryKind(CitingKind):
    name = "glossary"
    path = "glossary"
    label = gettext_lazy("glossary entry")
    label_plural = gettext_lazy("Glossary")
    template = "library/glossary.html"
    embedding = Embedding(opens_in_place="library/_entry.html", opened_content=entry_content)
    listing = Listing(
        template="library/glossary_list.html", per_page=60, place=collation.place, version=2, context=by_letter
    )
    review_months = 24
    fields = ContentFields(
        model=GlossaryEntry,
        block="entry",
        label=gettext_lazy("Word, in short"),
        words={
            "title": Words(),
            "short": Words(
                lines=3, help_text=gettext_lazy("One or two plain sentences: they open in the middle of other pages.")
            ),
            "body": Words(PROSE),
        },
    )

    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        root, blockers = append_references(self.fields.node(copy.row), copy)
        if not root.words["short"]:
            blockers.insert(0, _("The entry needs to say in short what the word means."))
        if not root.words["title"]:
            blockers.insert(0, _("The entry needs its word."))
        return self.tree(root), blockers


register(GlossaryKind())
