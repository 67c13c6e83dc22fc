"""The front door, and the answer to addresses that lead nowhere."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.http import require_safe

from editorial.accounts.languages import public_languages
from editorial.editions import serving
from editorial.editions.responses import public, site_context
from editorial.editions.views import newest


@require_safe
def front_door(request):
    """/ leads to the home page in the first of the browser's languages that is offered."""
    asked = get_language_from_request(request)
    language = asked if asked in public_languages() else settings.SOURCE_LANGUAGE
    response = HttpResponseRedirect(f"/{language}/")
    response.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public
def home(request, *, language: str):
    shown = newest(language, "home.html")
    shown.address = lambda code: f"/{code}/"
    return shown


def _error(request, template: str, status: int):
    language = get_language()
    if language not in public_languages():
        language = settings.SOURCE_LANGUAGE
    context = {**site_context(request, language), **serving.links(language, policy_is_live=False)}
    context["languages"] = []  # an address that leads nowhere leads nowhere in every language
    response = render(request, template, {**context, "robots": "noindex"}, status=status)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def not_found(request, exception):
    return _error(request, "404.html", 404)
