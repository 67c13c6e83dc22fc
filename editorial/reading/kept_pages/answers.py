"""What Django answers, and whether it is a page that may be kept."""

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

from .requested_pages import RequestedPage

Headers = list[tuple[str, str]]

KEPT_STATUSES = ("200 ", "301 ", "404 ", "410 ")
# All that an answer may depend on besides its address. No cookie, no language of the browser, no condition.
_SHARED = ("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME", "HTTP_HOST", "wsgi.version", "wsgi.errors",
           "wsgi.url_scheme", "wsgi.multithread", "wsgi.multiprocess", "wsgi.run_once")  # fmt: skip


class DjangoAnswer(NamedTuple):
    """A whole answer."""

    status: str  # "200 OK"
    headers: Headers
    body: bytes

    @property
    def is_unchanged(self) -> bool:
        """Whether it says that the page is the one of the tag that was sent along."""
        return self.status.startswith("304 ")

    @property
    def may_be_kept(self) -> bool:
        """Whether it is the same for everybody: only what says so itself is, and nothing that holds a secret."""
        by_name: dict[str, str] = {}
        for name, value in self.headers:
            name = name.lower()
            by_name[name] = f"{by_name[name]}, {value}" if name in by_name else value
        caching = {part.strip() for part in by_name.get("cache-control", "").lower().split(",")}
        varies = {part.strip().lower() for part in by_name.get("vary", "").split(",")} - {"", "accept-encoding"}
        return (
            self.status.startswith(KEPT_STATUSES)
            and "public" in caching
            and not caching & {"no-store", "private"}
            and "set-cookie" not in by_name
            and "'nonce-" not in by_name.get("content-security-policy", "")
            and not varies
        )

    def send(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """As a WSGI application answers."""
        start_response(self.status, self.headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (self.body,)


def ask_django(
    application: "WSGIApplication", environ: "WSGIEnvironment", page: RequestedPage, *, tag: str = ""
) -> DjangoAnswer:
    """What Django answers to anybody who asks for this page; with `tag`, 304 where it is still that one."""
    asked: dict[str, Any] = {name: environ[name] for name in _SHARED if name in environ}
    asked |= {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": page.path,
        "QUERY_STRING": page.query,
        "wsgi.url_scheme": page.scheme,
        "wsgi.input": BytesIO(b""),
    }
    if tag:
        asked["HTTP_IF_NONE_MATCH"] = tag
    told: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, _error: Any = None) -> Any:
        told[:] = [(status, headers)]
        return lambda _written: None

    chunks = application(asked, start_response)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    [(status, headers)] = told
    return DjangoAnswer(status, headers, body)
