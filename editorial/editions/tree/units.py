"""A tree's words and its structure: the units to translate, a tree with other words, structures compared."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import rfc8785

from . import inline
from .nodes import Node, Tree, digest_of
from .wording import digest_wording

Place = tuple[str, str]  # (block id, field's name)


@dataclass(frozen=True, slots=True)
class Unit:
    """One translatable text of a signed source edition."""

    place: Place
    node: Node
    source: str | inline.Runs

    @property
    def is_rich(self) -> bool:
        return not isinstance(self.source, str)

    @property
    def digest(self) -> str:
        """SHA-256 of what the source says: tells whether its words changed since somebody translated them.

        Typography alone is no change: see wording.py.
        """
        return digest_wording(self.source)

    def is_of(self, digest: str | None) -> bool:
        """Whether a digest is that of these words. Digests that were kept before there was that rule are those of just
        these words, with no-break spaces as spaces or, since 0.1.0, as they stand.
        """
        if not digest:
            return False
        # One after the other: almost all are the first, and each takes as long as to read the words.
        ways = (digest_wording, lambda words: digest_words(inline.comparable(words)), digest_words)
        return any(digest == way(self.source) for way in ways)


def digest_words(words: str | inline.Runs) -> str:
    return digest_of(rfc8785.dumps(words))


def find_units(tree: Tree) -> list[Unit]:
    """Every text that a translator has to write, in reading order; empty ones are none."""
    return [
        Unit((node.id, name), node, words)
        for node in tree.walk()
        for name, words in sorted(node.words.items(), key=lambda pair: reading_order(pair[0]))
        if words
    ]


def reading_order(name: str) -> int:
    """Where a field's words stand in a block as it is read: a key to sort names by."""
    return _READING_ORDER.get(name, 9)


_READING_ORDER = {"title": 0, "heading": 0, "lead": 1, "text": 2}


def translate_tree(source: Tree, words: Mapping[Place, str | inline.Runs], language: str) -> Tree:
    """The source tree with other words: structure is the source's, a missing text is empty.

    A text is rich where the source's is: marks and citations that a plain one cannot hold are left out.
    """

    def word(place: Place, value: str | inline.Runs) -> str | inline.Runs:
        target = words.get(place, "") if value else ""
        if isinstance(value, str):
            return inline.plain(target)
        return inline.from_text(target) if isinstance(target, str) else target

    def node(old: Node) -> Node:
        return replace(
            old,
            words={name: word((old.id, name), value) for name, value in old.words.items()},
            children=tuple(node(child) for child in old.children),
        )

    return source.with_root(node(source.root), language=language)


def tree_structure(tree: Tree) -> list[Any]:
    """What a translation shares with its source: order, types, attributes, which words there are, what they cite and
    assert.
    """

    def shape(node: Node) -> list[Any]:
        names = [
            [name, isinstance(words, str), bool(words), [*sorted(inline.cites(words).items()), *_facts(words)]]
            for name, words in sorted(node.words.items())
        ]
        return [node.type, node.id, dict(node.attrs), names, [shape(child) for child in node.children]]

    return [tree.kind, shape(tree.root)]


def _facts(words: str | inline.Runs) -> list[tuple[str, int]]:
    return sorted((f"={fact}", count) for fact, count in inline.facts(words).items())
