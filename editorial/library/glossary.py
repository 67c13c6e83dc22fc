"""Glossary entries as the engine knows them, and their list from A to Z."""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.kinds import Kind, Slot, node, register
from editorial.editions.models import Document
from editorial.editions.tree import prose
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.working_copy import WorkingCopy

from .models import GlossaryEntry
from .references import append_references, cited_reference_rows, references_in


class GlossaryKind(Kind):
    name = "glossary"
    path = "glossary"
    label = gettext_lazy("glossary entry")
    label_plural = gettext_lazy("Glossary")
    template = "library/glossary.html"
    list_template = "library/glossary_list.html"
    opens_in_place = "library/_entry.html"
    per_page = None
    block_labels = {"entry": gettext_lazy("Word, in short")}
    model = GlossaryEntry

    def content(self, document: Document) -> GlossaryEntry:
        return GlossaryEntry.objects.get(document=document)

    def review_interval_months(self, document: Document) -> int:
        return 24

    def parts(self, copy: WorkingCopy) -> Iterator[tuple[str, models.Model]]:
        yield from super().parts(copy)
        yield from cited_reference_rows(self.build(copy)[0].root)

    def context(self, root: Node, at: datetime) -> dict:
        return {"references": references_in(root)}

    def list_context(self, items: list[dict], query: Mapping[str, str], at: datetime) -> dict:
        # Those in the reader's language first: letters of two alphabets do not mix.
        ordered = sorted(items, key=lambda item: (item["is_fallback"], sort_key(item["title"])))
        groups = groupby(ordered, key=lambda item: (item["is_fallback"], letter(item["title"])))
        return {
            "letters": [
                {"letter": key[1], "id": f"letter-{number}", "items": list(group)}
                for number, (key, group) in enumerate(groups, 1)
            ]
        }

    def slots(self, copy: WorkingCopy) -> Iterator[Slot]:
        entry = copy.row
        yield Slot(entry, "title", "entry", "title")
        yield Slot(entry, "short", "entry", "short")
        yield Slot(entry, "body", "entry", "", "prose")

    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        title, short, body = self.slots(copy)
        root, blockers = append_references(node(title, "entry", children=prose.parse(body.value("en")), short=short))
        if not root.words["short"]:
            blockers.insert(0, _("The entry needs to say in short what the word means."))
        if not root.words["title"]:
            blockers.insert(0, _("The entry needs its word."))
        return Tree(self.name, "en", root), blockers


def sort_key(title: str) -> str:
    """Where a dictionary would put it: without case, marks, and the Arabic article."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", title.casefold()) if not unicodedata.combining(sign))
    return bare.replace("đ", "d").removeprefix("ال")


def letter(title: str) -> str:
    """The heading that it stands under; "" where a language has no letters, as Chinese has none."""
    first = sort_key(title)[:1].upper()
    return first if first.isalpha() and not unicodedata.name(first, "").startswith("CJK") else ""


register(GlossaryKind())
