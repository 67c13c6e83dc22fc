"""Where Django's middleware does not fit a site whose readers have no cookies."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import gettext as _


class LanguageMiddleware(LocaleMiddleware):
    """Django's, with two differences.

    The redirect from an address without a language does not vary on cookies, since readers have none. And what is
    cached for good is a file: it has no language, and does not vary on the browser's.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if "immutable" in response.headers.get("Cache-Control", ""):
            return response
        response = super().process_response(request, response)
        if isinstance(response, HttpResponseRedirect) and "Cookie" in response.headers.get("Vary", ""):
            response.headers["Vary"] = "Accept-Language"
        return response


class OverflowMiddleware:
    """Answers 400 to a number that is too large for any database: bad input, not an error of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, OverflowError):
            return HttpResponseBadRequest(_("That number isn't valid. Go back and try again."))
        return None
