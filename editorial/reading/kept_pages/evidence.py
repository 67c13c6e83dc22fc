"""What a kept page rests on, asked when the public state moved: mostly something else changed, and it still holds."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ..page_evidence import fetch_page_evidence
from ..paths import find_further
from .public_state import StateReader
from .requested_pages import A_TO_Z, CHANGES, HOME, LIST, NOWHERE, PAGE, TOPIC, TOPICS, RequestedPage

_NO_PAGE = ("", "")  # what any page shows that has no words of its own


class Evidence(NamedTuple):
    """What a page rests on at a moment; two that are equal but for `until` mean the same bytes on the same day."""

    parts: Any  # None: unknown, so it is like nothing else
    until: float  # when a record that is written already changes that, in seconds since 1970

    def is_same(self, other: "Evidence") -> bool:
        return self.parts is not None and self.parts == other.parts


def find_evidence(page: RequestedPage, state: StateReader, now: float) -> Evidence:
    """For a page as it would be made at `now`, in seconds since 1970. Asks Django's connection, too."""
    at = datetime.fromtimestamp(now, UTC)
    return _FINDERS.get(page.view, _find_none)(page, state, at)


def _find_page(page: RequestedPage, state: StateReader, at: datetime) -> Evidence:
    """The page's own, and what follows it: that is of other pages, of which any may begin or end next."""
    found = fetch_page_evidence(page.kind_name, page.slug, page.language, at)
    further = find_further(page.kind_name, page.slug, page.language, at)
    digest = hashlib.sha256(found.digest + repr(further).encode()).digest()
    return Evidence(digest, state.find_next_instant(at))


def _find_list(page: RequestedPage, state: StateReader, at: datetime) -> Evidence:
    """A list of pages: the state of its kind, and what is on every page."""
    of_kind = state.read_scopes().get(page.kind_name)
    shared = fetch_page_evidence(*_NO_PAGE, page.language, at)
    return Evidence((of_kind, shared.digest), state.find_next_instant(at))


def _find_site_list(page: RequestedPage, state: StateReader, at: datetime) -> Evidence:
    """A list of pages of all kinds: the state of each, and what is on every page."""
    scopes = {scope: value for scope, value in state.read_scopes().items() if scope}
    shared = fetch_page_evidence(*_NO_PAGE, page.language, at)
    return Evidence((sorted(scopes.items()), shared.digest), state.find_next_instant(at))


def _find_shared(page: RequestedPage, state: StateReader, at: datetime) -> Evidence:
    shared = fetch_page_evidence(*_NO_PAGE, page.language, at)
    return Evidence(shared.digest, shared.until.timestamp() if shared.until else float("inf"))


def _find_none(page: RequestedPage, state: StateReader, at: datetime) -> Evidence:
    return Evidence(None, state.find_next_instant(at))


_FINDERS: dict[str, Callable[[RequestedPage, StateReader, datetime], Evidence]] = {
    PAGE: _find_page,
    LIST: _find_list,
    HOME: _find_site_list,
    TOPICS: _find_site_list,
    TOPIC: _find_site_list,
    A_TO_Z: _find_site_list,
    CHANGES: _find_site_list,
    NOWHERE: _find_shared,
}
