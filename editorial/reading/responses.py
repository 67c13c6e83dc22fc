"""How public pages answer: validators before rendering, no cookie, and closed when a record is not what was signed."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from editorial.accounts.languages import bcp47, direction, own_name, public_languages
from editorial.editions.models import CorruptEdition

log = logging.getLogger(__name__)


@dataclass
class Shown:
    """What a page shows, before it is rendered.

    `shows` are the digests and states of everything on it: the validator is made of them and of the site's build,
    so a page that would look different has another ETag, and an unchanged one need not be rendered.
    """

    template: str
    context: dict
    shows: list
    status: int = 200
    address: Callable[[str], str] | None = None  # from a language to this page's address in it
    available: set[str] = field(default_factory=set)  # languages in which this page is itself, not a fallback


def etag(language: str, status: int, shows: list) -> str:
    """A strong validator, quoted."""
    text = repr([settings.BUILD_ID, language, status, shows])
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def public(view):
    """A reader's page: GET or HEAD only, ETag and 304, `Cache-Control: public, no-cache`, never a cookie.

    The view returns `Shown` or a redirect. A record that does not verify makes it answer 503 with no content of it.
    """

    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        language = get_language()
        if language not in public_languages():
            raise Http404
        try:
            shown = view(request, *args, language=language, **kwargs)
        except CorruptEdition:
            log.critical(
                "A public page is not shown, because its records do not verify: %s", request.path, exc_info=True
            )
            shown = Shown("reading/unavailable.html", site_context(request, language), ["unavailable"], 503)
        if isinstance(shown, HttpResponse):
            return _headers(shown)
        return _rendered(request, shown, language)

    return answer


def _rendered(request, shown: Shown, language: str) -> HttpResponse:
    validator = etag(language, shown.status, shown.shows)
    if shown.status == 200:
        response = get_conditional_response(request, etag=validator)
        if response is not None:
            return _headers(response, validator)
    context = {**site_context(request, language, shown.address, shown.available), **shown.context}
    response = TemplateResponse(request, shown.template, context, status=shown.status)
    return _headers(response.render(), validator)


def _headers(response: HttpResponse, validator: str = "") -> HttpResponse:
    response.headers["Cache-Control"] = "public, no-cache"
    if validator and response.status_code in (200, 304):
        response.headers["ETag"] = validator
    return response


def site_context(request, language: str, address=None, available=frozenset()) -> dict:
    """What every public template gets. `address` leads to this page in another language; by default, home."""
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
            if code in available
        ],
        "canonical": request.build_absolute_uri(address(language)),
        "robots": "",
        "is_demonstration": settings.DEMONSTRATION,
        "home_url": f"/{language}/",
        "build": settings.BUILD_ID,
        "jurisdiction": settings.HOME_JURISDICTION,
    }
