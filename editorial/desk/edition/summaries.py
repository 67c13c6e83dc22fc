"""What became of a block, in one line of words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from editorial.editions.kinds import Kind, kind_of
from editorial.editions.labels import REGROUPED_LABELS, STATUS_LABELS, attr_label, isolate, value_label
from editorial.editions.models import Document
from editorial.editions.tree.diff import Change
from editorial.editions.tree.nodes import Node
from editorial.reviews.highlights import block_name

DOCUMENT = "document"  # the attribute of a piece that holds the key of the document it is of


@dataclass(frozen=True, slots=True)
class Summaries:
    """Of the changes between two editions; blocks and documents are called by their names."""

    kind: Kind
    blocks: dict[str, Node]
    titles: dict[int, str]

    @classmethod
    def among(cls, kind: Kind, changes: Iterable[Change]) -> "Summaries":
        """One query, and one for each document that an attribute which changed leads to; none without such."""
        changes = list(changes)
        blocks = {node.id: node for change in changes for node in (change.old, change.node) if node}
        keys = {
            value
            for change in changes
            for name, *values in change.attrs
            for value in values
            if isinstance(value, int) and _is_document(kind, name)
        }
        documents = Document.objects.filter(pk__in=keys) if keys else ()
        return cls(kind, blocks, {document.pk: kind_of(document).title(document) for document in documents})

    def of(self, change: Change) -> str:
        """For example "moved from “Risks”; changed; care level: none → Emergency"."""
        return "; ".join([*self._what(change), *self._attrs(change)])

    def _what(self, change: Change) -> Iterator[str]:
        if change.is_moved:
            heading = change.left.plain("heading") if change.left else ""
            yield (_("moved from “%(name)s”") % {"name": isolate(heading)} if heading else str(STATUS_LABELS["moved"]))
        if change.regrouped:
            yield str(REGROUPED_LABELS[change.regrouped])
        elif change.is_only_formatting:
            yield _("formatting only")
        elif change.status != "moved":
            yield str(STATUS_LABELS[change.status])
        if _is_other_only_in_form(change):
            yield _("no words changed")

    def _attrs(self, change: Change) -> Iterator[str]:
        for name, before, after in change.attrs:
            label = attr_label(self.kind, name)
            if _is_structured(before or after):
                yield _("%(name)s: changed") % {"name": label}
            elif change.status in ("added", "removed"):
                yield _("%(name)s: %(value)s") % {"name": label, "value": self._value(name, after or before)}
            else:
                yield _("%(name)s: %(before)s → %(after)s") % {
                    "name": label, "before": self._value(name, before), "after": self._value(name, after),
                }  # fmt: skip

    def _value(self, name: str, value: Any) -> str:
        """As people know it; what is in other words than those around it keeps its direction."""
        block = (
            self.blocks.get(f"{self.kind.attributes.block_ids[name]}{value}")
            if name in self.kind.attributes.block_ids
            else None
        )
        if block and value:
            return block_name(self.kind, block)
        if _is_document(self.kind, name) and value in self.titles:
            return isolate(self.titles[value])
        return isolate(value_label(self.kind, name, value))


def _is_structured(value: object) -> bool:
    """Whether a value cannot be told in a line, such as the files of a picture."""
    is_list_of_words = isinstance(value, list) and all(isinstance(text, str) for text in value)
    return isinstance(value, list | dict) and not is_list_of_words


def _is_other_only_in_form(change: Change) -> bool:
    """Whether a block of words moved, was cut otherwise or is formatted otherwise, and says the same."""
    if change.node.children or not change.parts:
        return False
    return bool(change.regrouped) or change.status == "moved" or change.is_only_formatting


def _is_document(kind: Kind, name: str) -> bool:
    return name == DOCUMENT or name in kind.attributes.document_keys
