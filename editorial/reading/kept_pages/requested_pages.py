"""Which of the readers' pages a request asks for, if any: its address without all that makes no difference."""

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils.translation import override

from editorial.accounts.languages import public_languages
from editorial.editions.kinds import Kind

from ..list_facts import facts_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PAGE, LIST, HOME, REVIEWER, NOWHERE = "page", "list", "home", "reviewer", ""
TOPICS, TOPIC, A_TO_Z, CHANGES = "topics", "topic", "a-to-z", "changes"
FEEDS = ("feed", "topic-feed")
VIEWS = (PAGE, LIST, HOME, REVIEWER, TOPICS, TOPIC, A_TO_Z, CHANGES, *FEEDS)
_NUMBERS = re.compile(r"[1-9][0-9]{0,5}")
_VALUES = re.compile(r"[\w .-]{1,60}")
_PARAMETERS: dict[str, Set[str]] = {
    REVIEWER: frozenset({"page"}),
    TOPIC: frozenset({"page"}),
    A_TO_Z: frozenset({"page", "letter"}),
}
_LONGEST = 300  # characters of a path or a query that is worth keeping


@dataclass(frozen=True, slots=True)
class RequestedPage:
    """One of the readers' pages, or an address in a readers' language that leads nowhere."""

    scheme: str
    host: str
    language: str
    path: str
    query: str  # normalised: the parameters that this page knows, in order
    view: str = NOWHERE
    kind: Kind | None = None
    slug: str = ""

    @property
    def kind_name(self) -> str:
        return self.kind.name if self.kind else ""

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from every other page. All addresses that lead nowhere are one page in each language."""
        if self.view == NOWHERE:
            return self.scheme, self.host, self.language
        return self.scheme, self.host, self.path, self.query


def read_request(environ: "WSGIEnvironment") -> RequestedPage | None:
    """None for whatever is to be answered by Django alone: other methods, hosts, addresses, unknown languages."""
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("SCRIPT_NAME") or len(path) > _LONGEST:
        return None
    language = path[1:].partition("/")[0]
    # Django leads from addresses in capitals, and from those without their last slash, to others.
    if language not in public_languages() or not path.endswith("/") or path != path.lower() or not path.isascii():
        return None
    scheme, host = read_scheme(environ), environ.get("HTTP_HOST", "")
    if not _is_ours(host, str(environ.get("SERVER_PORT"))):
        return None
    try:
        with override(language):
            match = resolve(path)
    except Resolver404:
        return RequestedPage(scheme, host, language, path, "")
    view, kind = match.url_name or NOWHERE, match.kwargs.get("kind")
    if view not in VIEWS:
        return None
    query = _normalise(environ.get("QUERY_STRING", ""), _parameters(view, kind))
    if query is None:
        return None
    return RequestedPage(scheme, host, language, path, query, view, kind, match.kwargs.get("slug", ""))


def read_scheme(environ: "WSGIEnvironment") -> str:
    """As Django's `request.scheme`: what a trusted proxy says, else what the server saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure_value = settings.SECURE_PROXY_SSL_HEADER
        if (value := environ.get(header)) is not None:
            return "https" if value.split(",", 1)[0].strip() == secure_value else "http"
    return str(environ["wsgi.url_scheme"])


def _is_ours(host: str, port: str) -> bool:
    """Whether it is spelled as links spell it: one page has few hosts, though a request may say any port."""
    domain, given = split_domain_port(host)
    ports = ("", port, str(urlsplit(settings.SITE_URL).port))
    return bool(domain) and host == host.lower() and given in ports and validate_host(domain, settings.ALLOWED_HOSTS)


def _parameters(view: str, kind: Kind | None) -> Set[str]:
    """The parameters that make a difference. Views never see another, so no answer can depend on one."""
    if view == LIST and kind is not None:
        facts = facts_of(kind.name)
        return {"page", "letter"} | (facts.parameters if facts else frozenset())
    return _PARAMETERS.get(view, frozenset())


def _normalise(query: str, known: Set[str]) -> str | None:
    """The last value of each known parameter, in order; None for values that no link of ours has."""
    if not query or not known:
        return ""
    if len(query) > _LONGEST:
        return None
    given = {name: value for name, value in parse_qsl(query) if name in known and value}
    for name, value in given.items():
        if not (_NUMBERS if name == "page" else _VALUES).fullmatch(value):
            return None
    return urlencode(sorted(given.items()))
