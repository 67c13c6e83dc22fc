"""A kept page: what Django answered, in each coding that was asked for, and for how long it holds."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .answers import DjangoAnswer, Headers
from .codings import IDENTITY, compress, decompress_gzip
from .requested_pages import RequestedPage

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Key = tuple[str, ...]  # what tells a page from every other: see RequestedPage
State = tuple[int, str]  # the number of the public state, and the digest of what raised it

# Set here for each coding; all others are as Django gave them.
OWN_HEADERS = frozenset({"content-length", "content-encoding", "etag", "vary", "date", "connection"})
HEADERS_OF_304 = frozenset({"cache-control", "content-location", "expires"})
OBJECTS = 5_000  # bytes that a page takes besides its bodies, more or less


class Validity(NamedTuple):
    """While the state is this one and the time, in seconds since 1970, is in this interval, a page is what it was."""

    state: State
    since: float
    until: float


Event = dict[str, Any]  # of ASGI
NO_BODY: Event = {"type": "http.response.body", "body": b""}


def _begin(status: int, headers: Headers) -> Event:
    return {"type": "http.response.start", "status": status, "headers": [encode_header(*pair) for pair in headers]}


@lru_cache(maxsize=2_000)
def encode_header(name: str, value: str) -> tuple[bytes, bytes]:
    """As ASGI has it. Most headers are the same on all pages, so these share them."""
    return name.lower().encode("latin-1"), value.encode("latin-1")


UNKNOWN = Validity((-1, ""), 0.0, 0.0)


class Answer:
    """What is sent for one coding of a page. Whole and never changed, so that threads may share it."""

    __slots__ = ("_begin", "_whole", "body", "coding", "headers", "headers_of_304", "page", "status", "tag")

    def __init__(self, page: "KeptPage", coding: str, body: bytes) -> None:
        self.page, self.status, self.coding, self.body = page, page.status, coding, body
        # Of these bytes alone: those that were compressed otherwise are others, though they mean the same.
        self.tag = f'"{page.digest}-{hashlib.sha256(body).hexdigest()[:8]}"' if page.is_live else ""
        common = [("ETag", self.tag)] if self.tag else []
        common.append(("Vary", "Accept-Encoding"))
        coded = [("Content-Encoding", coding)] if coding != IDENTITY else []
        self.headers = [*page.headers, *coded, ("Content-Length", str(len(body))), *common]
        self.headers_of_304 = [pair for pair in page.headers if pair[0].lower() in HEADERS_OF_304] + common
        self._begin = _begin(int(self.status[:3]), self.headers)
        self._whole: Event = {"type": "http.response.body", "body": body}

    def send(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """As a WSGI application answers."""
        self.page.uses += 1
        headers = self._headers_for(environ.get("HTTP_IF_NONE_MATCH"))
        if headers is not None:
            start_response("304 Not Modified", headers)
            return ()
        start_response(self.status, self.headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (self.body,)

    def events(self, known: str | None, *, is_head: bool) -> tuple[Event, Event]:
        """As an ASGI application answers; `known` is the If-None-Match header. Nobody may change them."""
        self.page.uses += 1
        if known is not None and (headers := self._headers_for(known)) is not None:
            return _begin(304, headers), NO_BODY
        return self._begin, NO_BODY if is_head else self._whole

    def _headers_for(self, known: str | None) -> Headers | None:
        """Those of a 304, if this If-None-Match header names the page; else None."""
        if known is None or not self.tag or not (tag := self._find_tag(known)):
            return None
        if tag == self.tag:
            return self.headers_of_304
        # What the browser keeps was compressed otherwise, and is as good.
        return [(name, tag if name == "ETag" else value) for name, value in self.headers_of_304]

    def _find_tag(self, known: str) -> str:
        """The tag in an If-None-Match header that stands for the same page in any coding; "" for none."""
        if known == self.tag or known.strip() == "*":
            return self.tag
        for tag in known.split(","):
            tag = tag.strip().removeprefix("W/")
            if tag.startswith(f'"{self.page.digest}-') and tag.endswith('"'):
                return tag
        return ""


@dataclass(slots=True, weakref_slot=True, eq=False)
class KeptPage:
    """One page as Django answered it, for one scheme, host, path and query."""

    requested: RequestedPage
    status: str  # "200 OK"
    headers: Headers
    digest: str  # of the body; part of every tag
    bodies: dict[str, bytes]  # by coding. It always has IDENTITY or gzip.
    validity: Validity
    evidence: Any  # what it rests on: see evidence.py
    verified_at: float  # when its records were last read and verified
    day_ends: float  # the midnight at home after it was made: dates on it may count from there
    django_tag: str = ""  # the ETag with which Django says that nothing changed
    is_compressed: bool = False  # as small as it gets
    uses: int = 0
    used_at: float = 0.0
    answers: dict[str, Answer] = field(default_factory=dict)

    @classmethod
    def make(cls, requested: RequestedPage, answer: DjangoAnswer, **fields: Any) -> "KeptPage":
        """From what Django answered. It holds in no state until somebody says so."""
        kept = [(name, value) for name, value in answer.headers if name.lower() not in OWN_HEADERS]
        tag = next((value for name, value in answer.headers if name.lower() == "etag"), "")
        digest = hashlib.sha256(answer.body).hexdigest()[:32]
        return cls(requested, answer.status, kept, digest, {IDENTITY: answer.body}, UNKNOWN, django_tag=tag, **fields)

    @property
    def is_live(self) -> bool:
        return self.status.startswith("200 ")

    @property
    def is_shrunk(self) -> bool:
        return IDENTITY not in self.bodies

    @property
    def is_missing(self) -> bool:
        return self.status.startswith("404 ")

    def share_bodies(self, other: "KeptPage") -> None:
        """Take those of a page with the same bytes and headers, and keep none of one's own."""
        self.bodies, self.answers, self.is_compressed = other.bodies, other.answers, other.is_compressed

    def holds(self, state: State | None, now: float) -> bool:
        """Whether it is what a reader should see in this state, at `now` in seconds since 1970."""
        validity = self.validity
        return state == validity.state and validity.since <= now < validity.until

    def holds_now(self, state: State | None) -> bool:
        """Whether it may be sent in this state, which was asked after the request came. Notes that it was."""
        now = time.time()
        if not self.holds(state, now):
            return False
        self.used_at = now
        return True

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, more or less. Those that are not there share their bodies."""
        return OBJECTS + (0 if self.is_missing else sum(map(len, self.bodies.values())))

    def body(self) -> bytes:
        """Its bytes as Django gave them."""
        bodies = self.bodies
        return bodies[IDENTITY] if IDENTITY in bodies else decompress_gzip(bodies["gzip"])

    def answer(self, coding: str) -> Answer:
        """What to send for a coding of `codings`; made when it is asked for first."""
        known = self.answers.get(coding)
        if known is None:
            bodies = self.bodies
            if coding not in bodies:
                bodies = {**bodies, coding: compress(self.body(), coding)}
                self.bodies = bodies
            known = self.answers[coding] = Answer(self, coding, bodies[coding])
        return known

    def shrink(self) -> None:
        """Keep the bytes as Django gave them as gzip alone, a sixth of their size, from which all else can be made."""
        bodies = {coding: body for coding, body in self.bodies.items() if coding != IDENTITY}
        self.bodies = {"gzip": compress(self.body(), "gzip"), **bodies}
        self.answers = {coding: answer for coding, answer in self.answers.items() if coding != IDENTITY}

    def compress_best(self) -> None:
        """Replace what it keeps by the smallest forms: Brotli for browsers, gzip for all else to be made of."""
        if self.is_compressed:
            return
        body = self.body()
        self.bodies = {coding: compress(body, coding, best=True) for coding in ("br", "gzip")}
        self.is_compressed = True
        self.answers = {}
