"""Whether the files of figures are all there: those that figures show now, and those that editions were signed with."""

from collections.abc import Iterator, Mapping
from typing import Any

from editorial.editions.models import Edition
from editorial.editions.tree.nodes import UnreadableTree, from_bytes

from . import figure_storage
from .models import Figure

# Canonical JSON has no spaces, so most editions without figures need not be parsed.
_FIGURE = b'"type":"figure"'


def find_damaged_files() -> Iterator[str]:
    """Everything that is wrong with figures' files, in words. Each file is read once, however many show it."""
    shown_by: dict[str, list[str]] = {}
    for name, owner in _files():
        shown_by.setdefault(name, []).append(owner)
    for name, owners in shown_by.items():
        if damage := figure_storage.describe_damage(name):
            yield f"{', '.join(owners)}: the file {name} {damage}"


def _files() -> Iterator[tuple[str, str]]:
    """(file name, who shows it)."""
    for figure in Figure.objects.iterator():
        yield from ((name, f"Figure {figure.key}") for name in _names(figure.files))
    for edition in Edition.objects.order_by("pk").only("pk", "content").iterator():
        content = bytes(edition.content or b"")
        if _FIGURE not in content:
            continue
        try:
            root = from_bytes(content).root
        except UnreadableTree:
            continue  # told of the edition itself
        for node in root.walk():
            if node.type == "figure":
                yield from ((name, f"Edition {edition.pk}") for name in _names(node.attrs["files"]))


def _names(files: list[Mapping[str, Any]]) -> Iterator[str]:
    for file in files:
        yield figure_storage.file_name(file["digest"], file["type"])
