"""Headers that Django and its packages do not set, or set for sites with cookies."""

from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import gettext as _

# Nothing here asks for a device, a sensor or a payment, so no page and nothing framed by one may either.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but for the addresses without a language that it leads on: readers here have no cookies to vary on.

    What is kept for good is a file: it has no language and does not vary with the browser's.
    """

    def process_response(self, request, response):
        if "immutable" in response.headers.get("Cache-Control", ""):
            return response
        response = super().process_response(request, response)
        if isinstance(response, HttpResponseRedirect) and "Cookie" in response.headers.get("Vary", ""):
            response.headers["Vary"] = "Accept-Language"
        return response


class NumbersThatFit:
    """A key in an address or a form that no database can hold is bad input, not a fault of ours: 400 and not 500."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, OverflowError):
            return HttpResponseBadRequest(_("There is no such number here. Go back and try again."))
        return None


def permissions_policy(get_response):
    """Adds the Permissions-Policy header, unless the view set its own."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware
