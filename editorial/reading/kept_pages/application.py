"""The WSGI application before Django: it answers readers from kept pages, and asks Django for all else."""

import logging
import time
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

from django.conf import settings

from .answers import DjangoAnswer
from .caretaker import Caretaker
from .codings import choose_coding
from .keeper import PageKeeper
from .memory import PageMemory
from .pages import Answer, KeptPage, Key
from .requested_pages import read_request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

MOST_SHORTCUTS = 4_000  # requests of which it is known what they ask for
LONGEST_SHORTCUT = 1_000  # characters; a browser's takes some 200


class KeptPagesApplication:
    """Answers readers' addresses; see the package. `application` is Django's.

    A page is served from memory only if, asked now, the public state is the one for which it was found to hold, and
    the time lies in the interval for which it was. So an answer shows everything that was committed before it was
    asked for. Whatever goes wrong here, Django answers.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self._django = application
        self.keeper = PageKeeper(application)
        self.caretaker = Caretaker(self.keeper)
        self._read_state = self.keeper.state.read
        self._shortcuts: dict[Hashable, tuple[PageMemory, Key, str]] = {}
        self._proxy_header = (settings.SECURE_PROXY_SSL_HEADER or ("",))[0]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        get = environ.get
        # Requests that are alike in all of this ask for the same page in the same coding.
        shortcut = (
            get("PATH_INFO"), get("REQUEST_METHOD"), get("HTTP_HOST"), get("QUERY_STRING"), get("HTTP_ACCEPT_ENCODING"),
            get("wsgi.url_scheme"), get(self._proxy_header), get("SCRIPT_NAME"), get("SERVER_PORT"),
        )  # fmt: skip
        kept = self.recall(shortcut)
        if kept is not None:
            page, answer = kept
            try:
                state = self._read_state()
            except Exception:  # Django will say what is wrong with the database
                return self._django(environ, start_response)
            if page.holds_now(state):
                return answer.send(environ, start_response)
        return self.answer(shortcut, environ, start_response)

    def recall(self, shortcut: Hashable) -> tuple[KeptPage, Answer] | None:
        """What was kept for requests of this sort. It may be sent if this page holds in the state as it is asked now.

        The answer may be another page's too: addresses that lead nowhere share their bodies, and each holds for itself.
        """
        known = self._shortcuts.get(shortcut)
        if known is None:
            return None
        memory, key, coding = known
        page = memory.get(key)
        answer = None if page is None else page.answers.get(coding)
        return None if page is None or answer is None else (page, answer)

    def answer(
        self, shortcut: Hashable, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """The longer way: for the first request of its sort, or for a page of which something has to be asked again.

        Requests with the same `shortcut` ask for the same page in the same coding.
        """
        requested = read_request(environ)
        if requested is None:
            return self._django(environ, start_response)
        self.caretaker.start()
        unkept: list[DjangoAnswer] = []
        try:
            page = self.keeper.find(requested, environ, unkept.append)
        except Exception:
            log.exception("A kept page could not be looked after, so Django answers: %s", requested.path)
            return self._django(environ, start_response)
        if page is None:
            return unkept[0].send(environ, start_response) if unkept else self._django(environ, start_response)
        page.used_at = time.time()
        answer = self.keeper.answer(page, choose_coding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        if len(self._shortcuts) >= MOST_SHORTCUTS:
            self._shortcuts = {}
        if len(repr(shortcut)) <= LONGEST_SHORTCUT:
            self._shortcuts[shortcut] = self.keeper.memory_of(page), requested.key, answer.coding
        return answer.send(environ, start_response)
