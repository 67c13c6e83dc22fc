"""A WSGI application in threads, for an event loop that speaks ASGI.

A thread is taken once the request's body is there (or as much of it as is read ahead), and is free as soon as the
answer is made (or all of it but what is sent ahead). So clients that send or read slowly hold no thread, but for large
uploads and downloads. All of one request happens in one thread, as Django's connections to the database need it.
"""

import asyncio
import io
import logging
import sys
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

from .pages import NO_BODY, Event

log = logging.getLogger(__name__)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

MOST_READ_AHEAD = 256 * 1024  # bytes of a request's body, before a thread is taken
MOST_SENT_AHEAD = 1024 * 1024  # bytes of an answer that wait for the client, before its thread waits too
PATIENCE = 60.0  # seconds in which a client has to take some of those


class ClientGoneError(OSError):
    """The client left, or neither sends nor reads any more."""


async def answer_in_thread(
    application: "WSGIApplication", threads: Executor, scope: Scope, receive: Receive, send: Send
) -> None:
    """Have a WSGI application answer an http scope in one of these threads."""
    body = _Body(receive)
    if _has_body(scope) and not await body.read_ahead():
        # The server gave the client time enough; if it has left, nobody hears this.
        await send({"type": "http.response.start", "status": 408, "headers": [(b"content-length", b"0")]})
        await send(NO_BODY)
        return
    answer = _Answer(is_head=scope["method"] == "HEAD")
    environ = make_environ(scope, io.BufferedReader(body))
    job = threads.submit(answer.make, application, environ)
    try:
        await answer.send(send)
    finally:
        job.cancel()  # if it still waits for a thread
        answer.give_up()


def make_environ(scope: Scope, body: Any) -> "WSGIEnvironment":
    """As PEP 3333 has it, and as gunicorn makes it for WSGI applications."""
    prefix = scope.get("root_path", "")
    path = scope.get("raw_path") or scope["path"].encode()
    if not path.startswith(b"/"):  # http://host/path, as to a proxy
        path = urlsplit(path).path
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": prefix.encode().decode("latin-1"),
        "PATH_INFO": unquote_to_bytes(path).removeprefix(prefix.encode()).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" in name:  # would be taken for the header that has hyphens
            continue
        key, text = name.decode("latin-1").upper().replace("-", "_"), value.decode("latin-1")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        environ[key] = f"{environ[key]},{text}" if key in environ else text
    environ["SERVER_NAME"], environ["SERVER_PORT"] = _find_server(scope, environ.get("HTTP_HOST", ""))
    client = scope.get("client")
    environ["REMOTE_ADDR"] = client[0] if client else ""
    if client:
        environ["REMOTE_PORT"] = str(client[1])
    return environ


def _find_server(scope: Scope, host: str) -> tuple[str, str]:
    """(name, port); those that the request names where the server listens to a file."""
    server = scope.get("server")
    if server and server[1]:
        return server[0], str(server[1])
    parts = urlsplit(f"//{host}")
    return parts.hostname or "localhost", host.rpartition(":")[2] if ":" in host else _PORTS[scope["scheme"]]


_PORTS = {"http": "80", "https": "443"}


def _has_body(scope: Scope) -> bool:
    return any(name in (b"content-length", b"transfer-encoding") and value != b"0" for name, value in scope["headers"])


class _Body(io.RawIOBase):
    """A request's body, as a thread reads it from the loop."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._loop = receive, asyncio.get_running_loop()
        self._chunks: deque[bytes] = deque()
        self._is_whole = True

    async def read_ahead(self) -> bool:
        """In the loop: as much as fits. Whether the client still is there."""
        self._is_whole, size = False, 0
        while not self._is_whole and size < MOST_READ_AHEAD:
            try:
                size += await self._receive_more()
            except ClientGoneError:
                return False
        return True

    async def _receive_more(self) -> int:
        event = await self._receive()
        if event["type"] != "http.request":
            raise ClientGoneError("The client left before its request was whole")
        chunk = event.get("body", b"")
        if chunk:
            self._chunks.append(chunk)
        self._is_whole = not event.get("more_body", False)
        return len(chunk)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """In a thread. Raises ClientGoneError."""
        while not self._chunks:
            if self._is_whole:
                return 0
            asyncio.run_coroutine_threadsafe(self._receive_more(), self._loop).result(PATIENCE)
        chunk = self._chunks.popleft()
        size = min(len(chunk), len(buffer))
        buffer[:size] = chunk[:size]
        if size < len(chunk):
            self._chunks.appendleft(chunk[size:])
        return size


class _Answer:
    """What an application answers, on its way from its thread to the loop."""

    def __init__(self, *, is_head: bool) -> None:
        self._loop = asyncio.get_running_loop()
        self._is_head = is_head  # Django leaves it to the server to drop the body
        self._ready = asyncio.Event()
        self._events: deque[Event] = deque()
        self._error: BaseException | None = None
        self._room = threading.Condition()
        self._waiting = 0  # bytes
        self._is_over = False  # nobody takes more
        # What the application said of its answer
        self._begun: Event | None = None
        self._length: int | None = None
        self._size = 0

    # --- In the thread ------------------------------------------------------------------------------------------

    def make(self, application: "WSGIApplication", environ: "WSGIEnvironment") -> None:
        """All of it, and what the application does when it is sent."""
        chunks: Iterable[bytes] = ()
        try:
            chunks = application(environ, self._start_response)
            for chunk in chunks:
                self._write(chunk)
            self._put(NO_BODY)
        except BaseException as error:  # the loop waits for an end, whatever it is
            self._error = error
            self._wake()
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                try:
                    close()
                except Exception:
                    log.exception("An answer could not be closed")

    def _start_response(self, status: str, headers: list[tuple[str, str]], error: Any = None) -> Callable[[bytes], Any]:
        if self._size and error:
            raise error[1].with_traceback(error[2])
        lengths = [value for name, value in headers if name.lower() == "content-length"]
        self._length = int(lengths[0]) if lengths else None
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        self._begun = {"type": "http.response.start", "status": int(status[:3]), "headers": encoded}
        return self._write

    def _write(self, chunk: bytes) -> None:
        if chunk and not self._is_head:
            self._size += len(chunk)
            is_last = self._size == self._length
            self._put({"type": "http.response.body", "body": chunk, "more_body": not is_last})

    def _put(self, event: Event) -> None:
        """Raises ClientGoneError where nobody takes it."""
        with self._room:
            has_room = self._room.wait_for(lambda: self._is_over or self._waiting < MOST_SENT_AHEAD, PATIENCE)
            if self._is_over or not has_room:
                raise ClientGoneError("The client does not read what it asked for")
            if self._begun is not None:
                self._events.append(self._begun)
                self._begun = None
            self._events.append(event)
            self._waiting += len(event["body"])
        self._wake()

    def _wake(self) -> None:
        try:
            self._loop.call_soon_threadsafe(self._ready.set)
        except RuntimeError as error:  # the loop has ended
            raise ClientGoneError("The server stops") from error

    # --- In the loop --------------------------------------------------------------------------------------------

    async def send(self, send: Send) -> None:
        """Until all is sent. Raises what the application raised."""
        while True:
            await self._ready.wait()
            self._ready.clear()
            while self._events:
                event = self._events.popleft()
                await send(event)
                if "body" not in event:
                    continue
                if not event.get("more_body"):
                    return
                with self._room:
                    self._waiting -= len(event["body"])
                    self._room.notify()
            if self._error is not None:
                raise RuntimeError("An answer broke off") from self._error

    def give_up(self) -> None:
        """Whatever comes now is too late."""
        with self._room:
            self._is_over = True
            self._room.notify()
