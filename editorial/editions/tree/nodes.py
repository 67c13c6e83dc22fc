"""The content tree: what an edition freezes. Its shape is documented in docs/content-tree.md.

A tree is plain data. Words (what is translated) and attributes (what is not) are kept apart, so that a
translation is the same tree with other words, and so that no code has to know a kind to walk it.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import rfc8785

from . import inline

VERSION = 2

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters that are easily mistaken for another


# The root's attribute that calls the change since the edition before a minor one. It is signed like all others, and it
# tells of the edition rather than of its content: a page that differs in it alone says what it said.
MINOR = "minor"
NOTE = "change_note"  # the root's words that tell readers what changed on the page
COLUMNS = "columns"  # of a table: the ids of its columns, in order


class UnreadableTree(ValueError):
    """The bytes are not a content tree of a version that this code can read."""


def new_id(prefix: str = "b") -> str:
    """A fresh block id such as "b-7kq2m9xa": 40 bits, unique within any document for all practical purposes."""
    return f"{prefix}-{''.join(secrets.choice(_ALPHABET) for _ in range(8))}"


@dataclass(frozen=True, slots=True)
class Node:
    """One block.

    `words` maps a field's name to a str (plain) or a list of runs (rich, see inline.py); `attrs` holds JSON values.
    """

    type: str
    id: str
    attrs: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str | inline.Runs] = field(default_factory=dict)
    children: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        """This node and everything below it, in reading order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting += reversed(node.children)

    def of_type(self, *types: str) -> list["Node"]:
        """The direct children of these types."""
        return [child for child in self.children if child.type in types]

    @property
    def facts(self) -> Mapping[str, Any]:
        """The attributes that are content: the ids of a table's columns only name them."""
        return {name: value for name, value in self.attrs.items() if name not in (MINOR, COLUMNS)}

    def plain(self, name: str) -> str:
        """The field's words without marks and citations; "" when there are none."""
        return inline.plain(self.words.get(name, ""))

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"type": self.type, "id": self.id}
        if self.attrs:
            data["attrs"] = dict(self.attrs)
        if self.words:
            data["words"] = dict(self.words)
        if self.children:
            data["children"] = [child.to_json() for child in self.children]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Node":
        return _read_node(data)


def _read_node(data: dict[str, Any]) -> Node:
    """Slot by slot: a page has hundreds of nodes, and a frozen class takes longer to construct than to read as JSON."""
    node = object.__new__(Node)
    _set_type(node, data["type"])
    _set_id(node, data["id"])
    _set_attrs(node, data.get("attrs", {}))
    _set_words(node, data.get("words", {}))
    _set_children(node, tuple([_read_node(child) for child in data["children"]]) if "children" in data else ())
    return node


_set_type, _set_id, _set_attrs, _set_words, _set_children = (
    Node.__dict__[name].__set__ for name in ("type", "id", "attrs", "words", "children")
)


@dataclass(frozen=True, slots=True)
class Tree:
    """A document's content in one language."""

    kind: str
    language: str
    root: Node

    def walk(self) -> Iterator[Node]:
        return self.root.walk()

    def with_root(self, root: Node, *, language: str | None = None) -> "Tree":
        return replace(self, root=root, language=language or self.language)


def to_bytes(tree: Tree) -> bytes:
    """The canonical bytes (RFC 8785) that an edition stores and its digest covers."""
    return rfc8785.dumps(
        {"version": VERSION, "kind": tree.kind, "language": tree.language, "root": tree.root.to_json()}
    )


def digest_of(content: bytes) -> str:
    """SHA-256 of the bytes, in lower-case hexadecimal (64 characters)."""
    return hashlib.sha256(content).hexdigest()


def _add_tables(data: dict[str, Any]) -> dict[str, Any]:
    """To version 2, which knows more blocks and marks: those of version 1 are as they were."""
    return {**data, "version": 2}


# From an older version's JSON to the next one's.
# A step is added when VERSION rises and stays for good, because editions are never rewritten.
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _add_tables}


def from_bytes(content: bytes) -> Tree:
    """Read the bytes of any version that this product ever wrote.

    Raises UnreadableTree when they are none of those.
    """
    try:
        data = json.loads(content)
        version = data["version"]
        while version != VERSION:
            data = UPGRADES[version](data)
            version = data["version"]
        return Tree(kind=data["kind"], language=data["language"], root=Node.from_json(data["root"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UnreadableTree(f"Not a content tree: {error!r}") from error
