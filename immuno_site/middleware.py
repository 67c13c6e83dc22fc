"""Where Django's middleware does not fit a site whose readers have no cookies."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.middleware.locale import LocaleMiddleware
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from editorial.accounts.languages import all_languages, preferred_language, public_languages
from editorial.reading.kept_pages.requested_pages import VIEWS

from .views import bad_request

DESK = "/admin/"  # its people choose among all languages


class LanguageMiddleware(LocaleMiddleware):
    """Django's, with four differences.

    A reader whose address names no language gets one that readers are offered, and never one that their browser
    refuses. The redirect from such an address does not vary on cookies, since readers have none. An address in
    capitals redirects to the one in lower case, if that is one of ours. And what is cached for good is a file: it has
    no language, and does not vary on the browser's.
    """

    def process_request(self, request: HttpRequest) -> None:
        language = translation.get_language_from_path(request.path_info)
        if language is None:
            offered = all_languages() if request.path_info.startswith(DESK) else public_languages()
            language = preferred_language(request.headers.get("Accept-Language", ""), offered)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if "immutable" in response.headers.get("Cache-Control", ""):
            return response
        if response.status_code == 404 and (redirect := _lower_case_redirect(request)):
            return redirect
        response = super().process_response(request, response)
        if isinstance(response, HttpResponseRedirect) and "Cookie" in response.headers.get("Vary", ""):
            response.headers["Vary"] = "Accept-Language"
        return response


def _lower_case_redirect(request: HttpRequest) -> HttpResponseBase | None:
    """From an address in capitals, which no page has; with or without its language and its last slash."""
    lower = f"{request.path_info.lower().rstrip('/')}/"
    if request.path_info == request.path_info.lower() or request.method not in ("GET", "HEAD"):
        return None
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    if _is_readers_page(lower):
        return HttpResponsePermanentRedirect(f"{lower}{query}")
    if not _is_readers_page(with_language := f"/{translation.get_language()}{lower}"):
        return None
    redirect = HttpResponseRedirect(f"{with_language}{query}")
    patch_vary_headers(redirect, ["Accept-Language"])
    return redirect


def _is_readers_page(path: str) -> bool:
    try:
        return resolve(path).view_name in VIEWS  # with the namespace of others
    except Resolver404:
        return False


class OverflowMiddleware:
    """Answers 400 to a number that is too large for any database: bad input, not an error of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, OverflowError):
            return bad_request(request, exception)
        return None


class SpelledNumberMiddleware:
    """Answers 404 to a number in a desk's address that is written otherwise: 03, or in other digits than 0 to 9.

    So each row has one address, and whatever compares, counts or remembers addresses can't be led past it. Views are
    given numbers, and the admin's own pages, which are given texts, ask likewise in `RoleAdmin.get_object`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if request.path_info.startswith(DESK):
            segments = request.path_info.split("/")
            if any(isinstance(value, int) and str(value) not in segments for value in kwargs.values()):
                raise Http404


SESSION_USED = "used_at"  # in a session: when its use was last noted, in seconds
NOTED_EVERY = 5 * 60  # seconds: a write for each request would be one too many


class SessionUseMiddleware:
    """Counts a session's age from its last use, and not from its beginning."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(DESK) and settings.SESSION_COOKIE_NAME in request.COOKIES:
            now = int(time.time())
            if request.user.is_authenticated and now - request.session.get(SESSION_USED, 0) >= NOTED_EVERY:
                request.session[SESSION_USED] = now
        return self.get_response(request)
