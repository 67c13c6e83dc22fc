"""A working copy as a reader would see it, by a link for people who have no account."""

import logging
from functools import wraps

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from editorial.accounts.languages import bcp47, public_languages
from editorial.editions.kinds import kind_of
from editorial.editions.models import CorruptEdition, Document

from . import presenters, preview_links
from .previews import Preview, preview
from .responses import site_context

log = logging.getLogger(__name__)

# What is at a link is nobody's to keep, to list or to tell others of.
UNLISTED = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


def _unlisted(view):
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        for name, value in UNLISTED.items():
            response.headers[name] = value
        return response

    return answer


@_unlisted
@require_safe
def shared(request, token: str):
    """The working copy behind a link. No account, no cookie; every link that does not work answers alike."""
    link = preview_links.shared(token)
    if link is None:
        language = get_language()
        return _message(
            request,
            "reading/no_preview_link.html",
            language if language in public_languages() else settings.SOURCE_LANGUAGE,
            404,
        )
    try:
        with override(link.language):
            seen = preview(link.document, link.language)
            if seen.tree is None:
                return _message(request, "reading/no_preview.html", link.language, 200)
            return as_read(request, link.document, seen)
    except CorruptEdition:  # the address is not logged: it is the key
        log.critical("A preview of %s is not shown, because records do not verify.", link.document, exc_info=True)
        return _message(request, "reading/unavailable.html", link.language, 503)


def as_read(request, document: Document, seen: Preview) -> HttpResponse:
    """In the kind's own template, in the page's language, marked as what it is."""
    language = seen.tree.language
    with override(language):
        context = site_context(request, language) | seen.context(timezone.now()) | _nowhere_else()
        response = TemplateResponse(request, kind_of(document).template, context | {"not_reviewed": True}).render()
    response.headers["Content-Language"] = bcp47(language)
    return response


def _message(request, template: str, language: str, status: int) -> HttpResponse:
    with override(language):
        context = site_context(request, language) | presenters.links(language) | _nowhere_else()
        response = TemplateResponse(request, template, context, status=status).render()
    response.headers["Content-Language"] = bcp47(language)
    return response


def _nowhere_else() -> dict:
    """It is no page of the site: no address of its own, none in other languages."""
    return {"languages": [], "canonical": "", "robots": UNLISTED["X-Robots-Tag"]}
