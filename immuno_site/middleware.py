"""Headers that Django and its packages do not set, or set for sites with cookies."""

from django.http import HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware

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
    """Django's, but for the addresses without a language that it leads on: readers here have no cookies to vary on."""

    def process_response(self, request, response):
        response = super().process_response(request, response)
        if isinstance(response, HttpResponseRedirect) and "Cookie" in response.headers.get("Vary", ""):
            response.headers["Vary"] = "Accept-Language"
        return response


def permissions_policy(get_response):
    """Adds the Permissions-Policy header, unless the view set its own."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware
