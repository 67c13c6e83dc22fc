"""What blocks and changes are called on the desk."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .kinds import Kind, all_kinds
from .tree.nodes import Node
from .tree.tables import cell_places

# Those of every kind; a kind names its own where it declares its fields. A type without a name is called by its type.
BLOCK_LABELS = {
    "paragraph": gettext_lazy("Paragraph"),
    "subheading": gettext_lazy("Subheading"),
    "list": gettext_lazy("List"),
    "item": gettext_lazy("List item"),
    "table": gettext_lazy("Table"),
    "row": gettext_lazy("Row of a table"),
    "cell": gettext_lazy("Cell of a table"),
    "references": gettext_lazy("References"),
    "reference": gettext_lazy("Reference"),
    "figure": gettext_lazy("Figure"),
    "piece": gettext_lazy("Piece of another page"),
    "topics": gettext_lazy("Topics"),
}
# Attributes of those blocks; a kind names its own in its `attributes`.
ATTR_LABELS = {
    "type": gettext_lazy("block type"),
    "ordered": gettext_lazy("numbered"),
    "start": gettext_lazy("first number"),
    "level": gettext_lazy("level"),
    "header": gettext_lazy("headings"),
    "columns": gettext_lazy("columns"),
    "document": gettext_lazy("document"),
    "piece": gettext_lazy("which piece"),
    "key": gettext_lazy("key"),
    "title": gettext_lazy("title"),
    "source": gettext_lazy("source"),
    "doi": gettext_lazy("DOI"),
    "pmid": gettext_lazy("PMID"),
    "url": gettext_lazy("web address"),
    "accessed": gettext_lazy("read on"),
    "set_id": gettext_lazy("set id of the label"),
    "label_version": gettext_lazy("version of the label"),
    "label_date": gettext_lazy("date of the label"),
    "decorative": gettext_lazy("decorative"),
    "licence": gettext_lazy("license"),
    "licence_url": gettext_lazy("web address of the license"),
    "width": gettext_lazy("width"),
    "height": gettext_lazy("height"),
    "files": gettext_lazy("picture"),
    "drawn": gettext_lazy("words in the picture"),
}
# What the words of a figure are called beside it, where several stand together and do not say what they are.
WORD_LABELS = {
    "alt": gettext_lazy("alternative text"),
    "caption": gettext_lazy("caption"),
    "credit": gettext_lazy("credit"),
}
# What the attributes of those blocks hold, where people call it otherwise.
VALUE_LABELS = {
    "header": {
        "none": gettext_lazy("none"),
        "row": gettext_lazy("first row"),
        "column": gettext_lazy("first column"),
        "both": gettext_lazy("first row and first column"),
    },
}
STATUS_LABELS = {
    "same": pgettext_lazy("change", "unchanged"),
    "changed": pgettext_lazy("change", "changed"),
    "added": pgettext_lazy("change", "added"),
    "removed": pgettext_lazy("change", "removed"),
    "moved": pgettext_lazy("change", "moved"),
}
# How paragraphs were cut anew: see tree/regrouping.py.
REGROUPED_LABELS = {
    "split": gettext_lazy("split"),
    "joined": gettext_lazy("joined"),
    "recut": gettext_lazy("divided differently"),
}
NAMED_BY = ("heading", "title", "name", "plain", "text")  # words that tell one block from another
LONGEST = 80  # letters of a name
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def isolate(words: str) -> str:
    """Words that may run in another direction than those around them, in text and in a subject."""
    return f"\N{FIRST STRONG ISOLATE}{' '.join(words.split())}\N{POP DIRECTIONAL ISOLATE}"


def block_label(kind: Kind, node: Node) -> str:
    return block_type_label(kind, node.type)


def cell_labels(nodes: Iterable[Node]) -> dict[str, str]:
    """{cell id: what it is called on the desk, with its place} of the tables among these nodes."""
    return {
        key: _("Cell of a table: column %(column)s, row %(row)d") % {"column": isolate(column), "row": row}
        for key, (column, row) in cell_places(nodes).items()
    }


def block_type_label(kind: Kind, type_: str) -> str:
    return capfirst(str({**BLOCK_LABELS, **kind.block_type_labels()}.get(type_, type_)))


def attr_label(kind: Kind, name: str) -> str:
    return str({**ATTR_LABELS, **kind.attributes.labels}.get(name, name))


def value_label(kind: Kind, name: str, value: Any) -> str:
    """An attribute's value as people know it."""
    if isinstance(value, list | dict):
        return " · ".join(_list_values(kind, value))
    value_labels = {**VALUE_LABELS.get(name, {}), **kind.attributes.values.get(name, {})}
    if name == "type":
        return block_type_label(kind, value)
    if name == "piece":
        return piece_label(value) or str(value)
    if not isinstance(value, bool) and value in value_labels:
        return str(value_labels[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in ("", None):
        return _("none")
    if _DAY.fullmatch(str(value)):
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    return str(value)


def _list_values(kind: Kind, value: list[Any] | dict[str, Any]) -> list[str]:
    """A line for each thing in a list or mapping; of a figure's files, the one that every browser shows."""
    if isinstance(value, dict):
        return [f"{attr_label(kind, name)}: {value_label(kind, name, inner)}" for name, inner in value.items()]
    if value and all(isinstance(file, dict) and {"digest", "type"} <= file.keys() for file in value):
        return [_file_label(shown_file(value))]
    return [value_label(kind, "", inner) for inner in value]


def shown_file(files: list[dict[str, Any]]) -> dict[str, Any]:
    """Of a figure's files, the one that every browser shows."""
    return next((file for file in files if file["type"] != "image/webp"), files[0])


def _file_label(file: dict[str, Any]) -> str:
    """For example "PNG, 600 × 400"."""
    form = file["type"].removeprefix("image/").partition("+")[0].upper()
    return f"{form}, {file.get('width', '?')} × {file.get('height', '?')}"


def piece_label(name: str | None) -> str:
    """What the kind that has it calls a piece; "" for a name that none has."""
    return next(
        (str(kind.embedding.pieces[name].label) for kind in all_kinds() if name and name in kind.embedding.pieces), ""
    )


def block_name(kind: Kind, node: Node) -> str:
    """What people call a block: its own words; without any, a name among its attributes; else what sort it is."""
    named = next(filter(None, map(node.plain, NAMED_BY)), "")
    named = named or next((str(node.attrs[key]) for key in ("title", "brand", "name") if node.attrs.get(key)), "")
    named = named or piece_label(node.attrs.get("piece")) or _join_values(kind, node) or block_label(kind, node)
    named = named if len(named) <= LONGEST else f"{named[: LONGEST - 1].rstrip()}…"
    return isolate(named)


def _join_values(kind: Kind, node: Node) -> str:
    """The amount of a dose; what happened and when."""
    keys = (key for key in ("dose", "unit", "kind", "on") if node.attrs.get(key))
    return " ".join(value_label(kind, key, node.attrs[key]) for key in keys)
