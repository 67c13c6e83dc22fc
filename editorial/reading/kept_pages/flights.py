"""When many ask for a page that nobody keeps yet, one makes it and the others wait for it."""

from collections.abc import Callable, Hashable
from threading import Event, Lock

from .pages import KeptPage

PATIENCE = 10.0  # seconds to wait for somebody else; after that a thread makes the page itself


class _Flight:
    def __init__(self) -> None:
        self.landed = Event()
        self.page: KeptPage | None = None


class Flights:
    """What is being made now, by key."""

    def __init__(self) -> None:
        self._flights: dict[Hashable, _Flight] = {}
        self._lock = Lock()

    def board(self, key: Hashable, make: Callable[[], KeptPage | None]) -> tuple[KeptPage | None, bool]:
        """(the page or None if it can't be kept, whether this thread made it).

        `make` runs in the first thread that comes with this key; what it raises, it raises there, and the others get
        None.
        """
        with self._lock:
            flight = self._flights.get(key)
            is_first = flight is None
            if flight is None:
                flight = self._flights[key] = _Flight()
        if not is_first:
            flight.landed.wait(PATIENCE)
            return flight.page, False
        try:
            flight.page = make()
            return flight.page, True
        finally:
            with self._lock:
                del self._flights[key]
            flight.landed.set()
