"""What proving an edition asks of its bytes, read from their JSON: to make the tree of them takes ten times as long."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .tree import inline
from .tree.links import PIECE
from .tree.nodes import UPGRADES, VERSION, UnreadableTree, digest_of, from_bytes

_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class FrozenContent:
    """What the bytes of an edition say. Where they are no content tree, `problem` says so and the rest is empty."""

    digest: str  # SHA-256 of the bytes
    language: str = ""
    title: str = ""
    pieces: frozenset[tuple[int, str]] = frozenset()  # (key of a document, name) of those that it shows
    structure: str = ""  # digest of what a translation shares with its source; "" where it was not asked for
    problem: str = ""


def read_content(content: bytes, *, with_structure: bool) -> FrozenContent:
    """Read the bytes of an edition of any version. It raises nothing: what cannot be read is a problem of theirs."""
    digest = digest_of(content)
    try:
        data = json.loads(content)
        if data["version"] != VERSION and data["version"] not in UPGRADES:  # they add to what there is; see nodes.py
            raise KeyError(data["version"])
        root = data["root"]
        pieces = frozenset(
            (node["attrs"]["document"], node["attrs"]["piece"]) for node in _walk(root) if node["type"] == PIECE
        )
        structure = _write_json([data["kind"], _structure(root)]) if with_structure else ""
        return FrozenContent(
            digest,
            data["language"],
            inline.plain(root.get("words", {}).get("title", "")),
            pieces,
            hashlib.sha256(structure.encode()).hexdigest() if with_structure else "",
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return FrozenContent(digest, problem=_describe(content, error))


def _walk(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The block and all below it, each with a type and an id."""
    node["type"], node["id"]
    yield node
    for child in node.get("children", ()):
        yield from _walk(child)


def _structure(node: Mapping[str, Any]) -> list[Any]:
    """As `tree_structure` has it: order, types, attributes, which words there are, what they cite and assert."""
    words = node.get("words")
    names = [_word(name, words[name]) for name in sorted(words)] if words else []
    children = [_structure(child) for child in node.get("children", ())]
    return [node["type"], node["id"], node.get("attrs", {}), names, children]


def _word(name: str, words: str | inline.Runs) -> list[Any]:
    if isinstance(words, str):
        return [name, True, bool(words)]
    marks = [run["cite"] for run in words if "cite" in run] + [
        f"={run['asserts']}" for run in words if "asserts" in run
    ]
    return [name, False, bool(words), sorted(marks)]


def _describe(content: bytes, error: Exception) -> str:
    try:
        from_bytes(content)
    except UnreadableTree as unreadable:
        return str(unreadable)
    return f"Not a content tree: {error!r}"
