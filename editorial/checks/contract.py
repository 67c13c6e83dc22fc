"""The contract of a check: what it is, and what it finds."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace

import rfc8785

from editorial.editions.tree.nodes import Node, digest_of

from .pages import Page

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that a check is about. `quote` are the words there, `told` what is wrong with just them.

    `word` names which of the block's words it rests on, where it is not all of them. `deep` says that it rests on
    everything in the block, not only on the block's own words. `before` is what stood there in the signed edition,
    where that is what it is about: beside something else the same words are another finding.
    """

    node: Node
    quote: str = ""
    told: str = ""
    deep: bool = False
    word: str = ""
    before: Node | None = None

    @property
    def rests_on(self) -> list | dict:
        """What it is about, as JSON: other words there are another finding."""
        return [self._words, self.before.to_json()] if self.before else self._words

    @property
    def _words(self) -> list | dict:
        if self.word:
            return [self.node.id, self.word, self.node.words.get(self.word, "")]
        return (self.node if self.deep else replace(self.node, children=())).to_json()


class Check(ABC):
    """One check. An instance holds no state, and reads the database, if at all, in a constant number of statements."""

    id: str  # kept in dismissals; never renamed
    name: str
    why: str
    is_blocker = False  # what it finds cannot be submitted; all else is advice, and may be dismissed with a reason
    languages: frozenset[str] | None = None  # where it can tell; None: in all

    @abstractmethod
    def find(self, page: Page) -> Iterator[Spot]:
        """The places of this page where something is to be looked at, in reading order."""

    def reads(self, page: Page) -> bool:
        return self.languages is None or page.language in self.languages


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says about one block; `spots` are the places in it."""

    check: Check
    spots: tuple[Spot, ...]

    @property
    def node(self) -> Node:
        return self.spots[0].node

    @property
    def word(self) -> str:
        return self.spots[0].word

    @property
    def digest(self) -> str:
        """SHA-256 of all that it rests on."""
        bases = {(each.word, each.deep): each.rests_on for each in self.spots}
        return digest_of(rfc8785.dumps([bases[key] for key in sorted(bases)]))

    def holds_of(self, node: Node | None) -> bool:
        """Whether this block says the same, as far as the finding is about it."""
        return (
            node is not None
            and replace(self, spots=tuple(replace(each, node=node) for each in self.spots)).digest == self.digest
        )

    @property
    def place(self) -> tuple[str, str, str]:
        """What a dismissal of it names: check, block, and the digest of the block's words."""
        return self.check.id, self.node.id, self.digest
