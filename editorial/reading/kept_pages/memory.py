"""The pages that a process keeps: bounded by bytes, those that nobody asked for longest go first."""

from threading import Lock

from .pages import KeptPage, Key

ROOM = 0.1  # of what fits is made free at once, so that not every new page has to look for room


class PageMemory:
    """Pages by their key. Safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._pages: dict[Key, KeptPage] = {}
        self._sizes: dict[Key, int] = {}
        self._total = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def total_bytes(self) -> int:
        return self._total

    def get(self, key: Key) -> KeptPage | None:
        return self._pages.get(key)

    def pages(self) -> list[KeptPage]:
        """All of them, as they are now."""
        with self._lock:
            return list(self._pages.values())

    def keep(self, key: Key, page: KeptPage) -> None:
        """Keep a page, or count it anew; a page that would not fit at all is not kept."""
        with self._lock:
            if self._pages.get(key) is page:
                self._total -= self._sizes.pop(key)
                del self._pages[key]
            else:
                self._forget(key)
            size = page.size
            if size > self._most_bytes:
                return
            self._pages[key], self._sizes[key] = page, size
            self._total += size
            if self._total > self._most_bytes:
                self._make_room(key)

    def forget(self, key: Key) -> None:
        with self._lock:
            self._forget(key)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._sizes.clear()
            self._total = 0

    def _forget(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._total -= self._sizes.pop(key)
            page.answers = {}  # which name the page: in a circle, both would stay until Python looks for circles

    def _make_room(self, newest: Key) -> None:
        oldest_first = sorted(self._pages.items(), key=lambda item: item[1].used_at)
        for key, _page in oldest_first:
            if self._total <= self._most_bytes * (1 - ROOM):
                return
            if key != newest:
                self._forget(key)
