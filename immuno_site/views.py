"""The way to the home page, and the answers to addresses that do not exist or that a role may not open."""

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language, gettext
from django.views import defaults
from django.views.decorators.http import require_safe

from editorial.accounts.languages import bcp47, direction, preferred_language, public_languages
from editorial.reading import page_gate, presenters
from editorial.reading.responses import READERS, site_context


@require_safe
def redirect_to_language(request: HttpRequest) -> HttpResponse:
    """From / to the home page in the first of the browser's languages that is offered."""
    language = preferred_language(request.headers.get("Accept-Language", ""), public_languages())
    response = HttpResponseRedirect(f"/{language}/")
    response.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers that read no page look for the site's icon."""
    return _cached_for_a_day(HttpResponseRedirect(static("img/favicon.ico")))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to keep the site among its apps, in the language of the page that leads here."""
    language, name = get_language(), gettext("Plain answers about immunotherapy")
    content = {
        "name": name,
        "short_name": name,
        "lang": bcp47(language),
        "dir": direction(language),
        "start_url": f"/{language}/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbfcfb",
        "theme_color": "#0b4d44",
        "icons": [
            {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any maskable"}
        ],
    }
    return _cached_for_a_day(JsonResponse(content, content_type="application/manifest+json"))


def _cached_for_a_day(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _render_error(request, "404.html", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The desk's answer to a role that may not open a page; nobody else meets it."""
    response = _render_error(request, "403.html", 403)
    add_never_cache_headers(response)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What no form of this site sends, in words; the browser still has the form and what was typed into it."""
    if isinstance(exception, DisallowedHost):  # no page can name its own address then
        return defaults.bad_request(request, exception)
    is_too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    is_number = isinstance(exception, OverflowError)
    context = {"is_too_large": is_too_large, "is_number": is_number}
    response = _render_error(request, "400.html", 413 if is_too_large else 400, context)
    add_never_cache_headers(response)
    return response


def _render_error(request: HttpRequest, template: str, status: int, more: dict[str, Any] | None = None) -> HttpResponse:
    language = get_language()
    if language not in public_languages():
        language = settings.SOURCE_LANGUAGE
    context: dict[str, Any] = {
        **site_context(request, language),
        **presenters.menu_context(language, _live_site_pages()),
        "languages": [],  # what does not exist, exists in no language
        "robots": "noindex",
        **(more or {}),
    }
    response = render(request, template, context, status=status, using=READERS)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _live_site_pages() -> dict[str, str]:
    try:
        return page_gate.live_site_pages(timezone.now())
    except DatabaseError:  # the answer to a mistyped address must not be a second failure
        return {}
