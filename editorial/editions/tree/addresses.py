"""Addresses that links lead to: this site's own, however people write them, and all others.

A link within the site names a document, and maybe a block of it, and never an address, which may change. In HTML that
is "/documents/17/#s-7kq2m9xa", or "#s-7kq2m9xa" for a block of the same page. People see and type addresses:
`parse_own_address` reads them, with or without host, language, slash, capitals and query.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.utils.translation import gettext as _

# An address on this site starts with one slash; "//host" and "/\host" would leave it.
_SAFE_LINK = re.compile(
    r"(?:https?://[^\s]+|mailto:[^\s]+|tel:[+0-9()*#,. -]+(?:;ext=[0-9]+)?|/(?![/\\])[^\s]*)", re.IGNORECASE
)
_BLOCK_LINK = re.compile(r"#[^\s]+")
_DOCUMENT = re.compile(r"/documents/([1-9][0-9]{0,17})/(?:#([^\s]+))?")
_PAGE_LINK = re.compile(r"/([a-z-]+)/[-a-zA-Z0-9_]+/(?:#.*)?")
_HOST = re.compile(r"[^/?#\\]+")
_kinds: dict[str, str] = {}  # {path: name of the kind whose pages have it}


def name_path(path: str, kind: str) -> None:
    """Make known that pages of this kind stand under this path."""
    _kinds[path] = kind


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """What an address within the site names, if anything.

    A document (`document`, its key), or a page by its kind and slug; `block` is one of its blocks, and stands alone
    for a block of the same page. `list_path` is the path of a list of pages, "/" of the home page. All are empty where
    no page can be there.
    """

    kind: str = ""
    slug: str = ""  # as it was typed
    document: int = 0
    block: str = ""
    list_path: str = ""


def parse_own_address(link: str) -> OwnAddress | None:
    """What a link within the site names; None for a link to anywhere else."""
    link = link.strip()
    if link.startswith("#"):
        return OwnAddress(block=unquote(link[1:]))
    parts = _split(link)
    if parts is None:
        return None
    block = "" if parts.fragment.startswith(":~:") else unquote(parts.fragment)
    steps = [step for step in unquote(parts.path).split("/") if step not in ("", ".")]
    if steps and steps[0].lower() in dict(settings.LANGUAGES):
        steps = steps[1:]
    lower = [step.lower() for step in steps]
    if not steps:
        return OwnAddress(list_path="/")
    if lower[0] == "documents" and len(steps) == 2 and (match := _DOCUMENT.fullmatch(f"/documents/{steps[1]}/")):
        return OwnAddress(document=int(match[1]), block=block)
    if lower[0] in _kinds and len(steps) == 1:
        return OwnAddress(list_path=f"/{lower[0]}/")
    if lower[0] in _kinds and len(steps) == 2:
        return OwnAddress(kind=_kinds[lower[0]], slug=steps[1], block=block)
    return OwnAddress()


def _split(link: str) -> SplitResult | None:
    """The parts of an address of ours; None for any other."""
    first = _first_part(link)
    try:
        if _is_own_host(first):  # without its scheme
            return urlsplit(f"https://{link}")
        if first in _kinds or first in dict(settings.LANGUAGES):  # without its first slash
            return urlsplit(f"/{link}")
        parts = urlsplit(link)
        is_own = _is_own_host(parts.netloc) if parts.netloc else link.startswith("/")
    except ValueError:
        return None
    return parts if is_own and parts.scheme in ("", "http", "https") and not link.startswith("/\\") else None


def _first_part(link: str) -> str:
    """What may be a host, or the first step of a path; "" for an address of mail, which has a host too."""
    match = _HOST.match(link)
    return match[0].lower() if match and "@" not in match[0] else ""


def _is_own_host(netloc: str) -> bool:
    host = netloc.rpartition("@")[2].lower()
    host = re.sub(r":[0-9]*\Z", "", host).removesuffix(".")
    own = [name.lower() for name in settings.ALLOWED_HOSTS if name != "*"]
    return bool(host) and validate_host(host, [*own, urlsplit(settings.SITE_URL).hostname or ""])


def is_page_link(address: str) -> bool:
    """Whether a link is of the form in which trees hold links to pages.

    That is a document's, and in trees of version 1 a page's address without a language.
    """
    match = _PAGE_LINK.fullmatch(address)
    return match is not None and match[1] not in dict(settings.LANGUAGES)


def document_address(document: int, block: str = "") -> str:
    """The stored form of a link to a document."""
    return f"/documents/{document}/{block_fragment(block)}"


def page_address(path: str, slug: str, block: str = "") -> str:
    """What people see of a link to a page: its address without a language."""
    return f"/{path}/{slug}/{block_fragment(block)}"


def kind_path(kind: str) -> str:
    """The path under which pages of a kind stand; "" for none."""
    return next((path for path, name in _kinds.items() if name == kind), "")


def block_fragment(block: str) -> str:
    """The end of an address that leads to a block; "" without one."""
    return f"#{quote(block, safe=':.')}" if block else ""


def run_target(address: str) -> dict[str, Any]:
    """What a run of text holds of a link in its stored form: document and block, or the link itself."""
    if match := _DOCUMENT.fullmatch(address):
        return {"document": int(match[1])} | ({"block": unquote(match[2])} if match[2] else {})
    if address.startswith("#"):
        return {"block": unquote(address[1:])}
    return {"link": address}


def run_address(run: dict[str, Any]) -> str:
    """The stored form of a run's link; "" without one."""
    if "document" in run:
        return document_address(run["document"], run.get("block", ""))
    return block_fragment(run["block"]) if "block" in run else str(run.get("link", ""))


def is_safe_link(address: str) -> bool:
    """Whether a link may be kept: http(s), mail, telephone, or a path on this site.

    A telephone number may hold pauses, as in tel:911,,2, and signs that are dialled.
    """
    return bool(_SAFE_LINK.fullmatch(address))


def mend_address(address: str) -> str:
    """A link as it is kept; "" where it cannot be. Only what a person surely meant is added to what they typed."""
    address = address.strip()
    if address.lower().startswith("www.") and parse_own_address(address) is None:
        address = f"https://{address}"
    elif address.startswith("//"):
        address = f"https:{address}"
    if is_safe_link(address) or _BLOCK_LINK.fullmatch(address):
        return address
    own = parse_own_address(address)  # without a slash or a scheme at its beginning
    if own is None or re.search(r"\s", address):
        return ""
    return f"https://{address}" if _is_own_host(_first_part(address)) else f"/{address}"


def link_blockers(html: str) -> Iterator[str]:
    """Why links in a text that was typed cannot be kept, in the editor's words."""
    for address in _links(html):
        if address.strip() and not mend_address(address):
            yield _(
                "“%(link)s” can't be linked to. Start a link with https://, http://, mailto: or tel:, or link to a "
                "page of this site."
            ) % {"link": address}


def _links(html: str) -> list[str]:
    """The different links in it, in their order."""
    reader = _LinkReader()
    reader.feed(html)
    reader.close()
    return list(dict.fromkeys(reader.links))


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links += [value for name, value in attrs if name == "href" and value]
