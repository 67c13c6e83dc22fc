"""Previews of working copies, and the links that show them to people who have no account."""

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from editorial.accounts.languages import all_languages, own_name
from editorial.accounts.models import User
from editorial.editions.blockers import Blocked
from editorial.editions.models import Document
from editorial.reading.models import PreviewLink
from editorial.reading.preview_links import (
    create_preview_link,
    is_working,
    revoke_preview_link,
    revoking_blockers,
    shareable_languages,
    sharing_blockers,
)
from editorial.reading.preview_views import render_preview
from editorial.reading.previews import build_preview

from ..forms import PreviewForm
from ..frame import DeskRequest, desk_view, language_or_404, render

LISTED_AT_MOST = 50


@desk_view
@require_safe
def working_copy(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """The working copy as a reader would see it, for everybody who is signed in."""
    document, language = get_object_or_404(Document, pk=pk), language_or_404(language)
    try:
        return render_preview(request, build_preview(document, language))
    except Blocked as blocked:
        context = {"document": document, "language_name": own_name(language), "blockers": blocked.blockers}
        return render(request, "desk/preview.html", context, title=_("Preview"))


@desk_view
def previews(request: DeskRequest, pk: int) -> HttpResponse:
    """The preview links of a document. POST makes one and shows it this once: it is stored nowhere."""
    document = get_object_or_404(Document, pk=pk)
    if request.method != "POST":
        return _render_links(request, document)
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return _render_links(request, document, form=form, status=400)
    try:
        link, token = create_preview_link(document, user=request.user, **form.cleaned_data)
    except Blocked as blocked:
        return _render_links(request, document, form=form, blockers=blocked.blockers, status=409)
    address = request.build_absolute_uri(reverse("shared-preview", args=[token]))
    return _render_links(request, document, new_link=(link, address))


@desk_view
@require_POST
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(PreviewLink.objects.select_related("document"), pk=pk)
    try:
        revoke_preview_link(link, user=request.user)
    except Blocked as blocked:
        return _render_links(request, link.document, blockers=blocked.blockers, status=409)
    messages.success(request, _("Link revoked. It no longer works."))
    return redirect("desk:previews", pk=link.document_id)


def _render_links(
    request: DeskRequest,
    document: Document,
    *,
    form: PreviewForm | None = None,
    new_link: tuple[PreviewLink, str] | None = None,
    blockers: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    languages, at = shareable_languages(document, request.user), timezone.now()
    form = form or PreviewForm(initial={"language": request.GET.get("language")})
    form.offer(languages)
    links = document.preview_links.prefetch_related("made_by__roles")[:LISTED_AT_MOST]
    context = {
        "document": document,
        "form": form if languages else None,
        "made": new_link,
        "blockers": blockers or ([] if languages else _all_sharing_blockers(document, request.user)),
        "links": [
            {"link": link, "works": is_working(link, at), "can_revoke": not any(revoking_blockers(link, request.user))}
            for link in links
        ],
    }
    return render(request, "desk/previews.html", context, title=_("Share a preview"), status=status)


def _all_sharing_blockers(document: Document, user: User) -> list[str]:
    """Why this user may not share it in any language: each reason once."""
    blockers = (blocker for language in all_languages() for blocker in sharing_blockers(document, language, user))
    return list(dict.fromkeys(blockers))
