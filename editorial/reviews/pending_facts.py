"""Facts that wait for a second person to verify them, as an app above tells of them. The engine knows no such fact.

Whoever records facts registers a source of them, once: the review queue then has a list of what waits, and its letters
(mail/events.py) ask for nothing that was done meanwhile.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.fields import Label


@dataclass(frozen=True, slots=True)
class PendingFact:
    """One fact that somebody recorded, as lists say it."""

    title: str  # of the page that it is about, in the source language
    what: str
    source: str
    source_url: str  # "" where it has none
    recorded_by: str
    since: datetime
    path: str  # of the desk's page on which it is verified
    badges: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FactSource:
    """Facts of one sort. `name` stands in addresses, and is that of no list of the queue."""

    name: str
    label: Label
    empty: Label
    permissions: tuple[Permission, ...]  # of which one is needed to verify
    # What waits for this person, who did not record it, the oldest first: of any length, so in an index's order.
    pending: Callable[[User], QuerySet[Any]]
    tell: Callable[[Iterable[Any]], Iterator[PendingFact]]  # of those rows
    find_pending: Callable[[Collection[str]], set[str]]  # which of these records, by their digests, still wait
    recorded: Callable[[], QuerySet[Any]]  # all records of them, the newest first, verified or not

    def can_verify(self, user: User) -> bool:
        return any(user.can(permission) for permission in self.permissions)


_sources: dict[str, FactSource] = {}


def register_facts_to_verify(source: FactSource) -> None:
    """Called once, when the app is ready."""
    _sources[source.name] = source


def fact_sources(user: User) -> list[FactSource]:
    """Those of which this person verifies facts."""
    return [source for source in _sources.values() if source.can_verify(user)]


def recorded_facts() -> Iterator[QuerySet[Any]]:
    """The records of each source, the newest first."""
    return (source.recorded() for source in _sources.values())


def find_pending_facts(digests: Collection[str]) -> set[str]:
    """Which of these records, by their digests, still wait to be verified. One query for each source."""
    return set().union(*(source.find_pending(digests) for source in _sources.values()))
