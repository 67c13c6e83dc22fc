"""What is done for kept pages while nobody waits: compressing them well, saving them, verifying them again.

Bytes that somebody changes behind the database's triggers move no state. So every page is made anew, its records
verified, before KEPT_PAGES_SECONDS have passed since they were last: by this thread if readers ask for the page, else
by the first who does.
"""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections

from .answers import DjangoAnswer
from .keeper import PageKeeper
from .pages import KeptPage
from .requested_pages import RequestedPage

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two rounds
MOST_AT_ONCE = 20  # pages in one round, so that readers' requests come between
EARLY = 0.75  # of the seconds for which a page may go unverified
WORTH_COMPRESSING = 2  # readers
DISK_ROUND = 600  # seconds between two looks at the folder's size


class Caretaker:
    """One thread for each process, begun at the first request: a thread does not come along when a process forks."""

    def __init__(self, keeper: PageKeeper) -> None:
        self._keeper = keeper
        self._process = 0
        self._lock = threading.Lock()
        self._looked_at_disk = 0.0

    def start(self) -> None:
        """Begin, unless it has in this process."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process != os.getpid():
                self._process = os.getpid()
                threading.Thread(target=self._run, name="kept-pages", daemon=True).start()

    def _run(self) -> None:
        while True:
            time.sleep(PAUSE)
            try:
                self.go_round()
            except Exception:
                log.exception("Kept pages could not be looked after")
                self._keeper.state.close()
                connections.close_all()

    def go_round(self) -> None:
        """One round: a bounded number of pages."""
        self._compress()
        self._verify(time.time())
        if time.time() - self._looked_at_disk > DISK_ROUND:
            self._looked_at_disk = time.time()
            self._keeper.folder.make_room()

    def _compress(self) -> None:
        """Those that were asked for more than once; the others take less room until they are."""
        waiting = self._keeper.newly_kept
        done = 0
        for _turn in range(len(waiting)):
            noted = waiting.popleft()
            page = noted()
            if page is None or self._keeper.get(page.requested) is not page or page.is_compressed:
                continue
            if done >= MOST_AT_ONCE or (page.uses < WORTH_COMPRESSING and page.is_shrunk):
                waiting.append(noted)
                continue
            done += 1
            if page.uses < WORTH_COMPRESSING:
                page.shrink()
            else:
                page.compress_best()
                if page.is_live:
                    self._keeper.folder.save(page)
            self._keeper.keep(page)  # it takes fewer bytes now, and waits on if it only shrank

    def _verify(self, now: float) -> None:
        """Those that readers asked for since they were last verified, before the time is over."""
        early = now - settings.KEPT_PAGES_SECONDS * EARLY
        due = [page for page in self._keeper.pages() if page.verified_at < early and page.used_at > page.verified_at]
        for page in sorted(due, key=lambda page: page.verified_at)[:MOST_AT_ONCE]:
            self.verify(page)

    def verify(self, page: KeptPage) -> None:
        """Have Django read and verify what a page in memory rests on. Where it does not verify, the page is gone."""
        state, requested = self._keeper.state.read(), page.requested
        if state is not None:
            environ = _environ(requested)
            self._keeper.renew(requested, environ, page, state, _say_gone(requested), is_to_be_verified=True)


def _say_gone(requested: RequestedPage) -> Callable[[DjangoAnswer], None]:
    def say(answer: DjangoAnswer) -> None:
        log.critical("A kept page is taken out of memory, as Django answers %s: %s", answer.status, requested.path)

    return say


def _environ(requested: RequestedPage) -> dict[str, Any]:
    """For a request that nobody made."""
    name, _colon, port = requested.host.partition(":")
    return {
        "SERVER_NAME": name,
        "SERVER_PORT": port or ("443" if requested.scheme == "https" else "80"),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SCRIPT_NAME": "",
        "HTTP_HOST": requested.host,
        "wsgi.version": (1, 0),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
