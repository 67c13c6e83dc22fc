"""The ASGI application: kept pages from the event loop, everything else from the WSGI application in threads.

docs/decisions/0120 says why. Nothing here waits for a database, a disk or a client.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings

from .application import KeptPagesApplication
from .loop_state import LoopState, StateUnknownError
from .pages import Event
from .wsgi_threads import Receive, Scope, Send, answer_in_thread

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 4  # of each sort
DESK = settings.SESSION_COOKIE_PATH
_CLOSED = {"type": "websocket.close"}


class EventLoopApplication:
    """Answers readers from what `application` keeps, if it keeps pages, and asks it for all else.

    Readers' pages have threads of their own, so that none waits until the desk's slow requests are over.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application
        self._kept = application if isinstance(application, KeptPagesApplication) else None
        # These make no thread until they have something to do, so that processes may fork until then.
        self._for_readers = ThreadPoolExecutor(THREADS, "readers")
        self._for_desk = ThreadPoolExecutor(THREADS, "desk")
        self._state: LoopState | None = None
        self.is_ending = False  # each answer is the last one on its connection, and says so
        header, _value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        proxy_header = header.removeprefix("HTTP_").replace("_", "-").lower().encode()
        self._telling = frozenset({b"host", b"accept-encoding", proxy_header})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await _refuse(scope, send)
            return
        if self.is_ending:
            send = _saying_last(send)
        application = self._application
        is_reading = scope["method"] in ("GET", "HEAD") and not scope["path"].startswith(DESK)
        if is_reading and self._kept is not None:
            telling, known, told = self._telling, b"", []
            for header in scope["headers"]:
                if header[0] in telling:
                    told.append(header)
                elif header[0] == b"if-none-match":
                    known = b"%b,%b" % (known, header[1]) if known else header[1]
            # Requests that are alike in all of this ask for the same page in the same coding.
            shortcut = (
                scope["path"], scope["query_string"], scope["scheme"], scope.get("server"), scope.get("root_path"),
                *told,
            )  # fmt: skip
            kept = self._kept.recall(shortcut)
            if kept is not None:
                page, answer = kept
                if self._state is None:
                    self._state = LoopState(self._for_readers)
                try:
                    state = self._state.read_now() if self._state.is_at_hand else await self._state.ask()
                except StateUnknownError:
                    pass
                else:
                    if page.holds_now(state):
                        begin, body = answer.events(
                            known.decode("latin-1") if known else None, is_head=scope["method"] == "HEAD"
                        )
                        await send(begin)
                        await send(body)
                        return
            application = partial(self._kept.answer, shortcut)
        threads = self._for_readers if is_reading else self._for_desk
        await answer_in_thread(application, threads, scope, receive, send)


def _saying_last(send: Send) -> Send:
    async def send_last(event: Event) -> None:
        if event["type"] == "http.response.start":
            event = event | {"headers": [*event["headers"], (b"connection", b"close")]}
        await send(event)

    return send_last


async def _refuse(scope: Scope, send: Send) -> None:
    """What is neither asked over HTTP nor known here. Servers take an error for the answer that nobody wants to know
    when they begin and end.
    """
    if scope["type"] != "websocket":
        raise ValueError(f"This site does not speak {scope['type']}")
    await send(_CLOSED)
