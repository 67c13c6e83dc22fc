"""How public pages answer: validators before rendering, no cookie, and closed when a record is not what was signed."""

import hashlib
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from editorial.accounts.languages import bcp47, direction, own_name, public_languages
from editorial.editions.models import CorruptEdition

from .addresses import feed_url

log = logging.getLogger(__name__)

# The engine of readers' templates. Asked without it, Django's own fails first, and what that raises would hold on to
# everything that made the page, until Python looks for circles.
READERS = "jinja2"


@dataclass
class PublicPage:
    """A page before it is rendered.

    `validator_parts` are the digests and states of everything on it. The ETag is made of them and of the site's
    build, so a page that would look different has another ETag, and an unchanged one need not be rendered.
    """

    template: str
    context: dict[str, Any]
    validator_parts: list[Any]
    status: int = 200
    address: Callable[[str], str] | None = None  # from a language to this page's address in it
    available: set[str] = field(default_factory=set)  # languages in which this page is itself, not a fallback
    without_alternate: set[str] = field(default_factory=set)  # those in which its address leads to another page
    answer: Callable[[], HttpResponse] | None = None  # makes what is no page, in place of the template


def build_etag(language: str, status: int, validator_parts: list[Any]) -> str:
    """A strong validator, quoted."""
    text = repr([settings.BUILD_ID, language, status, validator_parts])
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def public_view(view: Callable[..., PublicPage | HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A reader's page: GET or HEAD only, ETag and 304, `Cache-Control: public, no-cache`, never a cookie.

    The view takes the request and `language`, and returns a PublicPage or a redirect. If a record does not verify,
    the answer is 503 and shows none of the content.
    """

    @require_safe
    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = get_language()
        if language not in public_languages():
            raise Http404
        show = partial(view, request, *args, language=language, **kwargs)
        try:
            try:
                page = show()
            except CorruptEdition:
                # A revocation that was committed between two of its questions looks the same; what is corrupt stays so.
                page = show()
        except CorruptEdition:
            log.critical(
                "A public page is not shown, because its records do not verify: %s", request.path, exc_info=True
            )
            page = PublicPage("reading/unavailable.html", site_context(request, language), ["unavailable"], 503)
        if isinstance(page, HttpResponse):
            return _set_headers(page)
        return _render_page(request, page, language)

    return respond


def _render_page(request: HttpRequest, page: PublicPage, language: str) -> HttpResponseBase:
    etag = build_etag(language, page.status, page.validator_parts)
    if page.status == 200:
        response = get_conditional_response(request, etag=etag)
        if response is not None:
            return _set_headers(response, etag)
    if page.answer:
        return _set_headers(page.answer(), etag)
    context = {
        **site_context(request, language, page.address, page.available, page.without_alternate),
        **page.context,
    }
    return _set_headers(
        TemplateResponse(request, page.template, context, status=page.status, using=READERS).render(), etag
    )


def _set_headers(response: HttpResponseBase, etag: str = "") -> HttpResponseBase:
    response.headers["Cache-Control"] = "public, no-cache"
    if etag and response.status_code in (200, 304):
        response.headers["ETag"] = etag
    return response


def site_context(
    request: HttpRequest,
    language: str,
    address: Callable[[str], str] | None = None,
    available: Collection[str] = frozenset(),
    without_alternate: Collection[str] = frozenset(),
) -> dict[str, Any]:
    """What every public template gets.

    `address` maps a language to this page's address in it; by default, the home page's. `available` holds the
    languages in which the page is itself and not a fallback; of those, search engines are told of all that are not in
    `without_alternate`, where the address leads to another page.
    """
    address = address or (lambda code: f"/{code}/")
    return {
        "language": language,
        "lang": bcp47(language),
        "dir": direction(language),
        "languages": [
            {
                "code": code,
                "lang": bcp47(code),
                "name": own_name(code),
                "url": address(code),
                "current": code == language,
                "available": code in available,
            }
            for code in public_languages()
        ],
        "alternates": [
            {"lang": bcp47(code), "url": request.build_absolute_uri(address(code))}
            for code in public_languages()
            if code in available and code not in without_alternate
        ],
        # Whoever reads none of the languages: the home page chooses one by the browser.
        "default_alternate": _default_alternate(request, address, available, without_alternate),
        "canonical": request.build_absolute_uri(address(language)),
        "absolute": request.build_absolute_uri,
        "feed_url": feed_url(language),
        "robots": "",
        "is_demonstration": settings.DEMONSTRATION,
        "home_url": f"/{language}/",
        "search_url": f"/{language}/search/",
        "build": settings.BUILD_ID,
        "jurisdiction": settings.HOME_JURISDICTION,
    }


def _default_alternate(
    request: HttpRequest,
    address: Callable[[str], str],
    available: Collection[str],
    without_alternate: Collection[str],
) -> str:
    """What search engines lead readers of other languages to: "" where the page is not in the source language."""
    source = settings.SOURCE_LANGUAGE
    if source not in available or source in without_alternate:
        return ""
    own = address(source)
    return request.build_absolute_uri("/" if own == f"/{source}/" else own)
