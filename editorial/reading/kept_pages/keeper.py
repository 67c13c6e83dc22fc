"""Making pages, keeping them, and finding out whether one that is kept still holds."""

import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import ref

from django.conf import settings

from .answers import DjangoAnswer, ask_django
from .disk import PageFolder
from .evidence import Evidence, find_evidence
from .flights import Flights
from .memory import PageMemory
from .pages import Answer, KeptPage, State, Validity
from .public_state import StateReader, next_midnight
from .requested_pages import RequestedPage

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

MEGABYTE = 10**6
LESSER_SHARE = 0.25  # of the memory: for all but live pages without a query, of which anybody can think up any number
MOST_NOTED = 10_000  # pages that wait to be compressed
MOST_MISSING = 64  # bodies: one for each language, host and state

OnUnkept = Callable[[DjangoAnswer], None]


class PageKeeper:
    """The pages of one process. `application` is Django's."""

    def __init__(self, application: "WSGIApplication") -> None:
        most = settings.KEPT_PAGES_MEMORY * MEGABYTE
        self._django = application
        self._pages = PageMemory(int(most * (1 - LESSER_SHARE)))
        self._lesser_pages = PageMemory(int(most * LESSER_SHARE))
        self._flights = Flights()
        self.state = StateReader()
        self.folder = PageFolder()
        # What was taken out of memory since is not kept from going by the note of it.
        self.newly_kept: deque[ref[KeptPage]] = deque(maxlen=MOST_NOTED)
        self._missing_pages: dict[str, KeptPage] = {}  # one for each body that says that there is no such page

    def memory_of(self, page: KeptPage) -> PageMemory:
        """Where it is kept: live pages apart from what anybody can ask for without end."""
        return self._pages if page.is_live and not page.requested.query else self._lesser_pages

    def get(self, requested: RequestedPage) -> KeptPage | None:
        """What is in memory, whether it holds or not."""
        return self._pages.get(requested.key) or self._lesser_pages.get(requested.key)

    def pages(self) -> list[KeptPage]:
        """All that are in memory."""
        return [*self._pages.pages(), *self._lesser_pages.pages()]

    def find(self, requested: RequestedPage, environ: "WSGIEnvironment", on_unkept: OnUnkept) -> KeptPage | None:
        """A page that shows all that was committed before this was called; made if it has to be.

        None if the answer can't be kept: then `on_unkept` got it if this thread asked for it.
        """
        state = self.state.read()
        if state is None:
            return None
        page = self.get(requested) or self._load(requested)
        if page is not None and page.holds(state, time.time()):
            return page

        # What another thread makes for this very state serves as well.
        def make() -> KeptPage | None:
            kept = self.get(requested)  # anew: somebody may have made it since
            if kept is not None and kept.holds(state, time.time()):
                return kept
            return self.renew(requested, environ, page, state, on_unkept)

        made, is_ours = self._flights.board((requested.key, state), make)
        return made if made is not None and (is_ours or made.holds(state, time.time())) else None

    def renew(
        self,
        requested: RequestedPage,
        environ: "WSGIEnvironment",
        page: KeptPage | None,
        state: State,
        on_unkept: OnUnkept,
        *,
        is_to_be_verified: bool = False,
    ) -> KeptPage | None:
        """A page as it is in this state, which was read before; None where it can't be kept.

        `page` is the one that is kept already, if any. It goes on being kept where what it rests on is the same. Else,
        and where its records were last verified too long ago (or `is_to_be_verified`), Django confirms or makes it.
        """
        now = time.time()
        evidence = find_evidence(requested, self.state, now)
        is_of_today = page is not None and page.verified_at <= now < page.day_ends
        may_go_on = is_of_today and not is_to_be_verified and _is_verified(page, now)
        if page is not None and may_go_on and evidence.is_same(page.evidence):
            page.validity = _validity(state, now, evidence, page)
            return page
        tag = page.django_tag if page is not None and is_of_today else ""
        answer = ask_django(self._django, environ, requested, tag=tag)
        if page is not None and answer.is_unchanged:
            page.verified_at, page.evidence = now, evidence
        elif answer.may_be_kept:
            page = KeptPage.make(requested, answer, evidence=evidence, verified_at=now, day_ends=next_midnight(now))
        else:
            self.forget(requested)
            on_unkept(answer)
            return None
        if self.state.read() != state:
            # It may show what came meanwhile, and so is right for whoever asked; nobody knows for how long it holds.
            return page
        page.validity = _validity(state, now, evidence, page)
        self.keep(page)
        return page

    def keep(self, page: KeptPage) -> None:
        """Keep it in memory, or count its bytes anew."""
        requested = page.requested
        same = page
        if page.is_missing:
            if len(self._missing_pages) > MOST_MISSING:
                self._missing_pages = {}
            same = self._missing_pages.setdefault(f"{requested.host} {page.digest}", page)
            page.share_bodies(same)
        memory = self.memory_of(page)
        for other in (self._pages, self._lesser_pages):
            if other is not memory:
                other.forget(requested.key)
        memory.keep(requested.key, page)
        if not page.is_compressed and same is page:
            self.newly_kept.append(ref(page))

    def answer(self, page: KeptPage, coding: str) -> Answer:
        """What to send for this coding. A page that got it only now takes more bytes."""
        known = page.answers.get(coding)
        if known is None:
            known = page.answer(coding)
            memory = self.memory_of(page)
            if memory.get(page.requested.key) is page:
                memory.keep(page.requested.key, page)
        return known

    def forget(self, requested: RequestedPage) -> None:
        """Here and on disk."""
        self._pages.forget(requested.key)
        self._lesser_pages.forget(requested.key)
        self.folder.forget(requested)

    def _load(self, requested: RequestedPage) -> KeptPage | None:
        page = self.folder.load(requested)
        if page is not None:
            self.keep(page)
        return page


def _is_verified(page: KeptPage | None, now: float) -> bool:
    return page is not None and now - page.verified_at < float(settings.KEPT_PAGES_SECONDS)


def _validity(state: State, now: float, evidence: Evidence, page: KeptPage) -> Validity:
    return Validity(state, now, min(evidence.until, page.day_ends, page.verified_at + settings.KEPT_PAGES_SECONDS))
