"""What machines ask of every site at fixed addresses: robots.txt (RFC 9309) and security.txt (RFC 9116)."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from editorial.accounts.languages import bcp47, public_languages
from editorial.reading.responses import build_etag

_SECURITY_DAYS = 180  # RFC 9116 recommends less than a year


def _etag(request: HttpRequest) -> str:
    """Both say the same all day."""
    parts = [request.path, request.scheme, request.get_host(), settings.SECURITY_CONTACT, timezone.localdate()]
    return build_etag("", 200, parts)


@require_safe
@condition(etag_func=_etag)
def robots_txt(request: HttpRequest) -> HttpResponseBase:
    """Everything that readers have may be read, but what they type into the search, and what is not for them."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preview/",
        *(f"Disallow: /{code}/search/" for code in public_languages()),
        "",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return _text(lines)


@require_safe
@condition(etag_func=_etag)
def security_txt(request: HttpRequest) -> HttpResponseBase:
    """Whom to tell of a hole in the site: only where settings name a contact."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    day = timezone.localdate() + timedelta(days=_SECURITY_DAYS)
    expires = timezone.make_aware(datetime.combine(day, time.min))
    languages = [bcp47(settings.SOURCE_LANGUAGE)]
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACT),
        f"Expires: {expires.isoformat()}",
        f"Preferred-Languages: {', '.join(languages)}",
        f"Canonical: {request.build_absolute_uri('/.well-known/security.txt')}",
    ]
    return _text(lines)


def _text(lines: list[str]) -> HttpResponse:
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, no-cache"
    return response
