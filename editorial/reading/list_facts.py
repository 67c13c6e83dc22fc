"""Lists of facts that stand in pages, such as the approvals of drugs: what an app says of its kind's list.

Such a list is asked from rows of the app's own, each within a listed page. They are written when that row is, in the
release's own transaction, and go with it.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .list_slices import ListSlice
from .models import ListedPage


@dataclass(frozen=True, slots=True)
class FactsPage:
    """One page of a list of facts: of which pages they are, which are verified before a word is shown."""

    slice: ListSlice[Any]
    pages: tuple[ListedPage, ...]  # those that its rows are from, each once
    query: Mapping[str, str]  # what of the address's query counted, without the page's number
    validator_parts: tuple[Any, ...]  # what the page's ETag must cover besides the pages
    view: Mapping[str, str] = field(default_factory=dict)  # what of `query` asks for another list, which has an address


class ListedFacts(ABC):
    """The facts that the list of one kind shows. An instance holds no state."""

    parameters: frozenset[str] = frozenset()  # of the address, by which readers choose among them

    @abstractmethod
    def keep(self, pages: Collection[ListedPage]) -> None:
        """Write the rows within these pages, which were listed just now. Where an edition cannot be read, none."""

    @abstractmethod
    def find(self, language: str, query: Mapping[str, str], at: datetime, number: int) -> FactsPage:
        """One page of the list, by its number from 1, as the query of the address asks for it."""

    @abstractmethod
    def context(self, page: FactsPage, items: Mapping[int, dict[str, Any]], at: datetime) -> dict[str, Any]:
        """What the list's template gets besides; `items` are what was verified of the page, by release."""

    @abstractmethod
    def find_problems(self) -> Iterator[str]:
        """Pages whose rows are not what their editions say, in words."""


_registry: dict[str, ListedFacts] = {}


def register_facts(kind_name: str, facts: ListedFacts) -> None:
    """The list of this kind is one of facts."""
    _registry[kind_name] = facts


def facts_of(kind_name: str) -> ListedFacts | None:
    return _registry.get(kind_name)


def keep_facts(pages: Collection[ListedPage]) -> None:
    """Called with pages that were listed just now, of any kinds."""
    for kind_name, facts in _registry.items():
        if of_kind := [page for page in pages if page.kind == kind_name]:
            facts.keep(of_kind)


def find_problems() -> Iterator[str]:
    for facts in _registry.values():
        yield from facts.find_problems()
