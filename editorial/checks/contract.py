"""The contract of a check: what it is, and what it finds."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import rfc8785

from editorial.editions.fields import Label
from editorial.editions.tree.nodes import Node, digest_of

from .checked_pages import CheckedPage


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """One place that a check points at. `quote` are the words there, `message` what is wrong with just them.

    `word` names which of the block's words it rests on, where it is not all of them. `with_children` says that it
    rests on everything in the block, not only on the block's own words. `before` is the block in the signed edition,
    for a finding about a change: next to another one, the same words are another finding.
    """

    node: Node
    quote: str = ""
    message: str = ""
    with_children: bool = False
    word: str = ""
    before: Node | None = None

    @property
    def rests_on(self) -> list[Any] | dict[str, Any]:
        """What it is about, as JSON. With other words there, it is another finding."""
        return [self._words, self.before.to_json()] if self.before else self._words

    @property
    def _words(self) -> list[Any] | dict[str, Any]:
        if self.word:
            return [self.node.id, self.word, self.node.words.get(self.word, "")]
        return (self.node if self.with_children else replace(self.node, children=())).to_json()


class Check(ABC):
    """One check. An instance holds no state, and reads the database, if at all, in a constant number of statements."""

    id: str  # kept in dismissals; never renamed
    name: Label
    why: Label
    is_blocker = False  # what it finds cannot be submitted; all else is advice, and may be dismissed with a reason
    needs_reason = False  # what it finds can be submitted only after somebody dismissed it with a reason
    is_about_translations = False
    # What it finds is only what changed since the signed edition: left out where a page tells of that already.
    tells_change = False
    languages: frozenset[str] | None = None  # where it can tell; None: in all

    @abstractmethod
    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        """The places on this page that somebody should look at, in reading order."""

    def can_read(self, page: CheckedPage) -> bool:
        return self.languages is None or page.language in self.languages


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says about one block; `places` are the places in it."""

    check: Check
    places: tuple[FindingPlace, ...]

    @property
    def node(self) -> Node:
        return self.places[0].node

    @property
    def word(self) -> str:
        return self.places[0].word

    @property
    def digest(self) -> str:
        """SHA-256 of all that it rests on."""
        return digest_of(rfc8785.dumps(self._rests_on))

    @property
    def _rests_on(self) -> list[Any]:
        bases = {(place.word, place.with_children): place.rests_on for place in self.places}
        return [bases[key] for key in sorted(bases)]

    def is_same_for(self, node: Node | None) -> bool:
        """Whether this block, as it is elsewhere, says the same, as far as the finding is about it."""
        if node is None or node == self.node:  # most are as they were
            return node is not None
        elsewhere = replace(self, places=tuple(replace(place, node=node) for place in self.places))
        return elsewhere._rests_on == self._rests_on

    @property
    def dismissal_key(self) -> tuple[str, str, str]:
        """What a dismissal of it names: (check, block, digest of the block's words)."""
        return self.check.id, self.node.id, self.digest
