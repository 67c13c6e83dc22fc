"""The desk's pages that a mail leads to. The desk stands above this app, so it registers their addresses here."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeskAddresses:
    """Makers of paths on this site, without the host."""

    edition: Callable[[int], str]  # takes an edition's key
    back_check: Callable[[int], str]  # takes an edition's key
    document: Callable[[int], str]  # takes a document's key
    queue: Callable[[], str]
    rechecks: Callable[[str], str]  # takes a cause: the queue's list of open rechecks for it
    mail_settings: Callable[[], str]
    policies: Callable[[], str]


_registered: list[DeskAddresses] = []


def register_addresses(addresses: DeskAddresses) -> None:
    """Called once, when the desk's app is ready; a second call replaces the first."""
    _registered[:] = [addresses]


def desk_addresses() -> DeskAddresses:
    """The registered addresses. Raises LookupError where no app has registered any."""
    if not _registered:
        raise LookupError("No app has registered the addresses that mail leads to.")
    return _registered[0]
