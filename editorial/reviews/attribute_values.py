"""What the attributes that changed hold, in words: blocks and documents are called by their names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from editorial.editions.kinds import Kind, kind_of
from editorial.editions.labels import block_name, shown_file, value_label
from editorial.editions.models import Document
from editorial.editions.tree.diff import Change
from editorial.editions.tree.nodes import Node

FILES = "files"  # the attribute of a figure that holds what its picture is
DOCUMENT = "document"  # the attribute of a piece that holds the key of the document it is of


@dataclass(frozen=True, slots=True)
class AttributeValues:
    """Of the changes between two editions."""

    kind: Kind
    blocks: dict[str, Node]
    titles: dict[int, str]

    @classmethod
    def among(cls, kind: Kind, changes: Iterable[Change]) -> "AttributeValues":
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

    def name_value(self, name: str, value: Any) -> str:
        """As people know it."""
        block_ids = self.kind.attributes.block_ids
        block = self.blocks.get(f"{block_ids[name]}{value}") if value and name in block_ids else None
        if block:
            return block_name(self.kind, block)
        if _is_document(self.kind, name) and value in self.titles:
            return self.titles[value]
        return value_label(self.kind, name, value)

    def name_both(self, name: str, before: Any, after: Any) -> tuple[str, str]:
        """What it was and is; two pictures of one size and format are told apart by the beginnings of their digests."""
        was, now = self.name_value(name, before), self.name_value(name, after)
        if name == FILES and was == now:
            one, other = (shown_file(files)["digest"][:8] for files in (before, after))
            return f"{was} ({one})", f"{now} ({other})"
        return was, now


def _is_document(kind: Kind, name: str) -> bool:
    return name == DOCUMENT or name in kind.attributes.document_keys
