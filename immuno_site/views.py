"""The front door, and the answers to addresses that lead nowhere or not for everybody."""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from articles.kind import ArticleKind
from editorial.accounts.languages import public_languages
from editorial.editions.kinds import kind_named
from editorial.reading import gate, presenters
from editorial.reading.responses import public, site_context
from editorial.reading.views import newest


@require_safe
def front_door(request):
    """/ leads to the home page in the first of the browser's languages that is offered."""
    response = HttpResponseRedirect(f"/{_offered(request)}/")
    response.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _offered(request) -> str:
    """The first of the browser's languages that readers are offered, else the source language."""
    for asked, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            language = get_supported_language_variant(asked)
        except LookupError:
            continue
        if language in public_languages():
            return language
    return settings.SOURCE_LANGUAGE


@public
def home(request, *, language: str):
    shown = newest(kind_named(ArticleKind.name), language, "home.html")
    shown.address = lambda code: f"/{code}/"
    return shown


def _error(request, template: str, status: int):
    language = get_language()
    if language not in public_languages():
        language = settings.SOURCE_LANGUAGE
    context = {**site_context(request, language), **presenters.links(language, _site_pages(language))}
    context["languages"] = []  # an address that leads nowhere leads nowhere in every language
    response = render(request, template, {**context, "robots": "noindex"}, status=status)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _site_pages(language: str) -> frozenset[str]:
    try:
        return gate.around(language, timezone.now()).site_pages
    except DatabaseError:  # the answer to a mistyped address must not be a second failure
        return frozenset()


def not_found(request, exception):
    return _error(request, "404.html", 404)


def forbidden(request, exception):
    """The desk's answer to a role that does not reach so far; nobody else meets it."""
    response = _error(request, "403.html", 403)
    add_never_cache_headers(response)
    return response
