"""A preview of a working copy: laid out as its page, and opened by a link that needs no account."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from editorial.accounts.languages import bcp47, public_languages
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import kind_named
from editorial.editions.models import CorruptEdition

from . import presenters
from .preview_links import find_preview_link
from .previews import Preview, build_preview
from .responses import READERS, site_context

log = logging.getLogger(__name__)

# A preview is for those who have its link: nobody may cache it, index it, or pass on its address.
UNLISTED_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


def _unlisted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        for name, value in UNLISTED_HEADERS.items():
            response.headers[name] = value
        return response

    return respond


@_unlisted
@require_safe
def shared_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The working copy behind a link. No account, no cookie; every link that does not work gets the same answer."""
    link = find_preview_link(token)
    if link is None:
        active = get_language()
        language = active if active in public_languages() else settings.SOURCE_LANGUAGE
        return _render_message(request, "reading/no_preview_link.html", language, status=404)
    try:
        with override(link.language):
            return render_preview(request, build_preview(link.document, link.language))
    except Blocked:
        return _render_message(request, "reading/no_preview.html", link.language)
    except CorruptEdition:  # the address is not logged: it is the key
        log.critical("A preview of %s is not shown, because records do not verify.", link.document, exc_info=True)
        return _render_message(request, "reading/unavailable.html", link.language, status=503)


def render_preview(request: HttpRequest, preview: Preview) -> HttpResponse:
    """The page in its kind's template and its own language, marked as not reviewed."""
    language = preview.tree.language
    with override(language):
        context = {**preview.context(timezone.now()), "not_reviewed": True}
    return _render(request, kind_named(preview.tree.kind).template, context, language)


def _render_message(request: HttpRequest, template: str, language: str, *, status: int = 200) -> HttpResponse:
    return _render(request, template, presenters.menu_context(language), language, status=status)


def _render(
    request: HttpRequest, template: str, context: dict[str, Any], language: str, *, status: int = 200
) -> HttpResponse:
    """A response in this language. It is no page of the site: it has no public address, in no language."""
    no_address = {"languages": [], "canonical": "", "robots": UNLISTED_HEADERS["X-Robots-Tag"]}
    with override(language):
        context = site_context(request, language) | context | no_address
        response = TemplateResponse(request, template, context, status=status, using=READERS).render()
    response.headers["Content-Language"] = bcp47(language)
    return response
