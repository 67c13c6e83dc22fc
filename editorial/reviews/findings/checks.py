"""The contract of a check, the one list of them, and running it over a page."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace

import rfc8785
from django.db import connection, transaction
from django.utils.translation import gettext as _

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


_checks: list[Check] = []


def use(listed: Iterable[Check]) -> None:
    """Make this the list of checks, in the order in which people see them. Raises ValueError for an id used twice."""
    listed = list(listed)
    if len({each.id for each in listed}) != len(listed):
        raise ValueError("Two checks have one id.")
    _checks[:] = listed


def checks() -> list[Check]:
    return list(_checks)


def find(page: Page) -> list[Finding]:
    """Everything that the checks say about a page, blockers first, then in the order of the list and of the page.

    A check that fails is logged and says nothing; one that is a blocker says that it failed.
    """
    listed = sorted(_checks, key=lambda check: not check.is_blocker)
    return [finding for check in listed if check.reads(page) for finding in _found(check, page)]


def _found(check: Check, page: Page) -> Iterator[Finding]:
    spots: dict[str, list[Spot]] = {}
    for spot in _spots(check, page):
        spots.setdefault(spot.node.id, []).append(spot)
    return (Finding(check, tuple(each)) for each in spots.values())


def _spots(check: Check, page: Page) -> list[Spot]:
    # A statement that fails would leave a transaction around it of no use to the checks that follow.
    safely = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with safely:
            return list(check.find(page))
    except Exception:
        log.exception("The check %s failed on %s in %s", check.id, page.document, page.language)
    if not check.is_blocker:
        return []
    told = _("The check “%(name)s” could not be run, so the page cannot be submitted. Tell whoever runs the site.")
    return [Spot(page.tree.root, told=told % {"name": check.name})]


def refusals(page: Page) -> Iterator[str]:
    """Why this page cannot be submitted, by the checks that are blockers; one that fails refuses too."""
    for check in _checks:
        if check.is_blocker and check.reads(page):
            yield from (spot.told or f"{check.name}: “{spot.quote}”" for spot in _spots(check, page))
