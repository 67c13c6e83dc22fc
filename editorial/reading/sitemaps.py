"""Sitemaps for search engines: an index, and for each language the pages in it in parts, by their documents' keys.

Which pages there are, the rows of readers' lists say, with the gate's own condition; nothing of what a page says is in
a sitemap. A part is streamed a few hundred documents at a time, asked by key, so it takes the same memory and the same
number of statements however many pages there are. It is not kept as bytes: nobody waits for it.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from editorial.accounts.languages import bcp47, public_languages
from editorial.editions.kinds import all_kinds, kind_named
from editorial.editions.models import Document, PublicState, Release, ReleaseEnd, Withdrawal
from editorial.editions.raw_statements import fetch_rows, time_parameter

from .addresses import list_url, page_url, site_list_url, topic_url
from .list_questions import listed_at
from .models import ListedPage
from .page_gate import live_site_pages
from .title_questions import find_topics

PART = 5_000  # keys of documents: with an address in each language, below the 50,000 and 50 MB that a sitemap may have
CHUNK = 500  # of them at once
_SITE_LISTS = ("topics", "a-to-z", "changes")
_SITE = "site"  # the part with the pages that are no documents, and those about the site
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'  # fixed by both
)
_CONTENT_TYPE = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


class _Page(NamedTuple):
    document_id: int
    language: str
    kind: str
    slug: str
    released_from: datetime


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """Every part that has a page, in each language: five statements, however many there are."""
    at = timezone.now()
    etag = _etag(request, at)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        names = [f"{code}-{part}" for code in public_languages() for part in [_SITE, *_find_parts(code, at)]]
        addresses = (request.build_absolute_uri(f"/sitemaps/{name}.xml") for name in names)
        body = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
        response = HttpResponse(f"{_HEAD}<sitemapindex {_NAMESPACES}>\n{body}</sitemapindex>\n", _CONTENT_TYPE)
    return _set_headers(response, etag)


@require_safe
def sitemap(request: HttpRequest, language: str, part: str) -> HttpResponseBase:
    """The pages of one part that can be read in a language, each with its address in every other one."""
    if language not in public_languages() or (part != _SITE and not part.isdecimal()) or len(part) > 12:
        raise Http404
    at = timezone.now()
    etag = _etag(request, at)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        site = request.build_absolute_uri("/")[:-1]
        pages = _site_pages(site, language, at) if part == _SITE else _pages(site, language, int(part), at)
        first = next(pages, None)
        if first is None:
            raise Http404
        chunks = _write(first, pages) if request.method == "GET" else iter(())
        response = StreamingHttpResponse(chunks, content_type=_CONTENT_TYPE)
    return _set_headers(response, etag)


def _write(first: str, others: Iterator[str]) -> Iterator[str]:
    yield f"{_HEAD}<urlset {_NAMESPACES}>\n{first}"
    yield from others
    yield "</urlset>\n"


def _pages(site: str, language: str, part: int, at: datetime) -> Iterator[str]:
    """The elements of a part, some hundred at once."""
    for start in range(part * PART, (part + 1) * PART, CHUNK):
        text = ""
        for _document, group in groupby(_find_pages(start, at), lambda page: page.document_id):
            pages = {page.language: page for page in group}
            if own := pages.get(language):
                kind = kind_named(own.kind)
                addresses = {code: page_url(kind, own.slug, code) for code in public_languages() if code in pages}
                text += _element(site, addresses, language, own.released_from)
        if text:
            yield text


def _site_pages(site: str, language: str, at: datetime) -> Iterator[str]:
    """Home, the lists, the topics, and the pages about the site, by the languages that they can be read in."""
    codes = public_languages()
    yield _element(site, {code: f"/{code}/" for code in codes}, language, default="/")
    for kind in all_kinds():
        if kind.listing.is_in_menu:
            yield _element(site, {code: list_url(kind, code) for code in codes}, language)
    for name in _SITE_LISTS:
        yield _element(site, {code: site_list_url(name, code) for code in codes}, language)
    topics = {code: {topic.key for topic in find_topics(code, at) if not topic.is_fallback} for code in codes}
    for key in sorted(topics[language]):
        yield _element(site, {code: topic_url(key, code) for code in codes if key in topics[code]}, language)
    menu = _menu_kinds()
    named = {tuple(name.split("/")): slug for name, slug in live_site_pages(at).items()}
    named = {name: slug for name, slug in named.items() if name[0] not in menu}
    wanted = Q(pk=None)
    for kind_name, key in named:
        wanted |= Q(kind=kind_name, key=key) & ~Q(key="")
    documents = Document.objects.filter(wanted).values("pk")  # as in `gate.live_explanation`
    releases = Release.objects.live(at).filter(document__in=documents, language__in=codes)
    rows = releases.order_by("document", "language").values_list(
        "document_id", "language", "document__kind", "document__slug", "released_from"
    )
    for _document, group in groupby(map(_Page._make, rows), lambda page: page.document_id):
        pages = {page.language: page for page in group}
        if own := pages.get(language):
            addresses = {code: page_url(kind_named(own.kind), own.slug, code) for code in codes if code in pages}
            yield _element(site, addresses, language, own.released_from)


def _element(
    site: str,
    addresses: dict[str, str],
    language: str,
    modified: datetime | None = None,
    *,
    default: str = "",
) -> str:
    """A url element. `site` is what stands before an address from the root, and `addresses` are those by language.

    `default` is for readers of other languages, who are else led to the source's.
    """
    absolute = {code: site + address for code, address in addresses.items()}
    alternates = {bcp47(code): address for code, address in absolute.items()}
    if default or settings.SOURCE_LANGUAGE in absolute:
        alternates["x-default"] = site + default if default else absolute[settings.SOURCE_LANGUAGE]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
        for code, address in alternates.items()
    )
    date = f"<lastmod>{modified.astimezone(UTC).isoformat(timespec='seconds')}</lastmod>" if modified else ""
    return f"<url><loc>{escape(absolute[language])}</loc>{date}{links}</url>\n"


def _menu_kinds() -> list[str]:
    return [kind.name for kind in all_kinds() if kind.listing.is_in_menu and kind.path]


def _find_pages(start: int, at: datetime) -> Iterator[_Page]:
    """The pages of CHUNK documents from this key on in every language, by document. One statement."""
    ended = ReleaseEnd.objects.filter(release=OuterRef("release"), released_until__lte=at)
    rows = ListedPage.objects.filter(
        listed_at(at),
        ~Exists(ended),
        document__gte=start,
        document__lt=start + CHUNK,
        kind__in=_menu_kinds(),
        language__in=public_languages(),
        is_fallback=False,
        release__released_from__lte=at,
    )
    columns = ("document_id", "language", "kind", "document__slug", "release__released_from")
    return map(_Page._make, rows.order_by("document", "language").values_list(*columns))


def _find_parts(language: str, at: datetime) -> list[int]:
    """The numbers of the parts that have a page in this language. One statement, which reads as many rows."""
    time, kinds = time_parameter(at), _menu_kinds()
    table = ListedPage._meta.db_table
    first = (
        f"SELECT document_id FROM {table} WHERE language = %s AND NOT is_fallback "
        f"AND document_id >= {{least}} AND kind IN ({', '.join(['%s'] * len(kinds))}) "
        "AND listed_from <= %s AND (listed_until IS NULL OR listed_until > %s) ORDER BY document_id LIMIT 1"
    )
    sql = (
        f"WITH RECURSIVE parts(first) AS (SELECT ({first.format(least='0')}) "
        f"UNION ALL SELECT ({first.format(least=f'(parts.first / {PART} + 1) * {PART}')}) FROM parts "
        f"WHERE parts.first IS NOT NULL) SELECT first / {PART} FROM parts WHERE first IS NOT NULL"
    )
    return [part for (part,) in fetch_rows(sql, [language, *kinds, time, time] * 2)]


def _etag(request: HttpRequest, at: datetime) -> str:
    """Of all that readers see: the public state, and the newest instant at which something began or ended by itself."""
    states: list[Any] = list(PublicState.objects.filter(scope="").values_list("number", "digest"))
    instants = [
        Release.objects.filter(released_from__lte=at).aggregate(at=Max("released_from")),
        ReleaseEnd.objects.filter(released_until__lte=at).aggregate(at=Max("released_until")),
        Withdrawal.objects.filter(withdrawn_from__lte=at).aggregate(at=Max("withdrawn_from")),
    ]
    parts = [settings.BUILD_ID, request.scheme, request.get_host(), request.path, states, instants]
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _set_headers(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["ETag"] = etag
    return response
