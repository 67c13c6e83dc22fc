"""The one ordered list of checks, and running it over a page."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import nullcontext

from django.db import connection, transaction
from django.utils.translation import gettext as _

from .contract import Check, Finding, Spot
from .pages import Page

log = logging.getLogger(__name__)

_checks: list[Check] = []


def register_checks(listed: Iterable[Check]) -> None:
    """Make this the list of checks, in the order in which people see them. Raises ValueError for an id used twice."""
    listed = list(listed)
    if len({each.id for each in listed}) != len(listed):
        raise ValueError("Two checks have one id.")
    _checks[:] = listed


def all_checks() -> list[Check]:
    return list(_checks)


def run_checks(page: Page) -> list[Finding]:
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
    told = _("The check “%(name)s” could not be run, so the page cannot be submitted. Contact your administrator.")
    return [Spot(page.tree.root, told=told % {"name": check.name})]


def refusals(page: Page) -> Iterator[str]:
    """Why this page cannot be submitted, by the checks that are blockers; one that fails refuses too."""
    for check in _checks:
        if check.is_blocker and check.reads(page):
            yield from (spot.told or f"{check.name}: “{spot.quote}”" for spot in _spots(check, page))
