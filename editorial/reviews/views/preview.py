"""Working copies as a reader would see them: on the desk, and by a link for people who have no account."""

import logging
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from editorial.accounts.languages import all_languages, bcp47, own_name, public_languages
from editorial.editions import serving
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import kind_of
from editorial.editions.models import CorruptEdition, Document
from editorial.editions.previewing import Preview, preview
from editorial.editions.responses import site_context

from .. import services
from ..desk import desk_view, language_or_404, render
from ..forms import PreviewForm
from ..models import PreviewLink
from ..services.previews import link_works, revoking_blockers

log = logging.getLogger(__name__)

# What is at a link is nobody's to keep, to list or to tell others of.
UNLISTED = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
LISTED_AT_MOST = 50


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
    link = services.shared(token)
    if link is None:
        language = get_language()
        return _message(
            request,
            "editions/no_preview_link.html",
            language if language in public_languages() else settings.SOURCE_LANGUAGE,
            404,
        )
    try:
        with override(link.language):
            seen = preview(link.document, link.language)
            if seen.tree is None:
                return _message(request, "editions/no_preview.html", link.language, 200)
            return _as_read(request, link.document, seen)
    except CorruptEdition:  # the address is not logged: it is the key
        log.critical("A preview of %s is not shown, because records do not verify.", link.document, exc_info=True)
        return _message(request, "editions/unavailable.html", link.language, 503)


def _as_read(request, document: Document, seen: Preview) -> HttpResponse:
    """In the kind's own template, in the page's language, marked as what it is."""
    language = seen.tree.language
    with override(language):
        context = site_context(request, language) | seen.context(timezone.now()) | _nowhere_else()
        response = TemplateResponse(request, kind_of(document).template, context | {"not_reviewed": True}).render()
    response.headers["Content-Language"] = bcp47(language)
    return response


def _message(request, template: str, language: str, status: int) -> HttpResponse:
    with override(language):
        context = site_context(request, language) | serving.links(language) | _nowhere_else()
        response = TemplateResponse(request, template, context, status=status).render()
    response.headers["Content-Language"] = bcp47(language)
    return response


def _nowhere_else() -> dict:
    """It is no page of the site: no address of its own, none in other languages."""
    return {"languages": [], "canonical": "", "robots": UNLISTED["X-Robots-Tag"]}


@desk_view
@require_safe
def working_copy(request, pk: int, language: str):
    """The same for those who are signed in, at any time."""
    document, language = get_object_or_404(Document, pk=pk), language_or_404(language)
    seen = preview(document, language)
    if seen.tree is not None:
        return _as_read(request, document, seen)
    context = {"document": document, "language_name": own_name(language), "blockers": seen.reasons}
    return render(request, "desk/preview.html", context, title=_("Preview"))


@desk_view
def previews(request, pk: int):
    """The links to a document's previews. POST makes one and shows it, this once: it is kept nowhere."""
    document, form = get_object_or_404(Document, pk=pk), None
    if request.method != "POST":
        return _links_page(request, document)
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return _links_page(request, document, form=form, status=400)
    try:
        link, token = services.share_preview(document, user=request.user, **form.cleaned_data)
    except Blocked as blocked:
        return _links_page(request, document, form=form, blockers=blocked.blockers, status=409)
    address = request.build_absolute_uri(reverse("shared-preview", args=[token]))
    return _links_page(request, document, made=(link, address))


@desk_view
@require_POST
def revoke(request, pk: int):
    link = get_object_or_404(PreviewLink.objects.select_related("document"), pk=pk)
    try:
        services.revoke_preview(link, user=request.user)
    except Blocked as blocked:
        return _links_page(request, link.document, blockers=blocked.blockers, status=409)
    messages.success(request, _("Taken back. The link leads nowhere now."))
    return redirect("desk:previews", pk=link.document_id)


def _sharing_blockers(document: Document, user) -> list[str]:
    """Why this user may share it in no language: each reason once."""
    found = (each for language in all_languages() for each in services.sharing_blockers(document, language, user))
    return list(dict.fromkeys(found))


def _links_page(request, document: Document, *, form=None, made=None, blockers=(), status: int = 200):
    languages, at = services.shareable(document, request.user), timezone.now()
    form = form or PreviewForm(initial={"language": request.GET.get("language")})
    form.offer(languages)
    listed = document.preview_links.prefetch_related("made_by__roles")[:LISTED_AT_MOST]
    context = {
        "document": document,
        "form": form if languages else None,
        "made": made,
        "blockers": blockers or ([] if languages else _sharing_blockers(document, request.user)),
        "links": [
            {"link": link, "works": link_works(link, at), "may_revoke": not any(revoking_blockers(link, request.user))}
            for link in listed
        ],
    }
    return render(
        request,
        "desk/previews.html",
        context,
        title=_("Share a preview"),
        status=status,
    )
