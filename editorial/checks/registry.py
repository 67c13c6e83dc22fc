"""The registry of checks: it runs the list that the site hands it (immuno_site/page_checks.py) over a page."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import nullcontext

from django.db import connection, transaction
from django.utils.translation import gettext as _

from .checked_pages import CheckedPage
from .contract import Check, Finding, FindingPlace

log = logging.getLogger(__name__)

_checks: list[Check] = []


def register_checks(checks: Iterable[Check]) -> None:
    """Make this the list of checks, in the order in which people see them. Raises ValueError for an id used twice."""
    checks = list(checks)
    if len({check.id for check in checks}) != len(checks):
        raise ValueError("Two checks have one id.")
    _checks[:] = checks


def all_checks() -> list[Check]:
    return list(_checks)


def run_checks(page: CheckedPage) -> list[Finding]:
    """Everything that the checks say about a page, blockers first, then in the order of the list and of the page.

    What needs a reason comes after the blockers. A check that fails is logged and says nothing; one that can keep a
    page from being submitted says that it failed. Of the block alone that the page is asked about.
    """
    blockers_first = sorted(_checks, key=lambda check: (not check.is_blocker, not check.needs_reason))
    findings = (finding for check in blockers_first if check.can_read(page) for finding in _find(check, page))
    return [finding for finding in findings if page.about in ("", finding.node.id)]


def _find(check: Check, page: CheckedPage) -> Iterator[Finding]:
    places: dict[str, list[FindingPlace]] = {}
    for place in _find_places(check, page):
        places.setdefault(place.node.id, []).append(place)
    return (Finding(check, tuple(in_block)) for in_block in places.values())


def _find_places(check: Check, page: CheckedPage) -> list[FindingPlace]:
    # A statement that fails would leave a transaction around it of no use to the checks that follow.
    safely = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with safely:
            return list(check.find(page))
    except Exception:
        log.exception("The check %s failed on %s in %s", check.id, page.document, page.language)
    if not (check.is_blocker or check.needs_reason):
        return []
    message = _("The check “%(name)s” could not be run, so the page cannot be submitted. Contact your administrator.")
    return [FindingPlace(page.tree.root, message=message % {"name": check.name})]


def unread_checks(page: CheckedPage) -> list[Check]:
    """The checks that would have something to say about such a page, and do not know its language."""
    return [check for check in _checks if not check.can_read(page)]


def find_what_needs_reasons(page: CheckedPage) -> Iterator[Finding]:
    """What can be submitted only after somebody wrote why it is right."""
    for check in _checks:
        if check.needs_reason and check.can_read(page):
            yield from _find(check, page)


def check_blockers(page: CheckedPage) -> Iterator[str]:
    """Why this page cannot be submitted, by the checks that are blockers; one that fails refuses too."""
    for check in _checks:
        if check.is_blocker and check.can_read(page):
            yield from (place.message or f"{check.name}: “{place.quote}”" for place in _find_places(check, page))
