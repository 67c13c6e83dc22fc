"""Working copies as a reader would see them, and the links that share them with people who have no account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from editorial.accounts.languages import all_languages, own_name
from editorial.editions.blockers import Blocked
from editorial.editions.models import Document
from editorial.reading.models import PreviewLink
from editorial.reading.preview_links import (
    link_works,
    revoke_preview,
    revoking_blockers,
    share_preview,
    shareable,
    sharing_blockers,
)
from editorial.reading.preview_views import as_read
from editorial.reading.previews import preview

from ..forms import PreviewForm
from ..frame import desk_view, language_or_404, render

LISTED_AT_MOST = 50


@desk_view
@require_safe
def working_copy(request, pk: int, language: str):
    """The same for those who are signed in, at any time."""
    document, language = get_object_or_404(Document, pk=pk), language_or_404(language)
    seen = preview(document, language)
    if seen.tree is not None:
        return as_read(request, document, seen)
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
        link, token = share_preview(document, user=request.user, **form.cleaned_data)
    except Blocked as blocked:
        return _links_page(request, document, form=form, blockers=blocked.blockers, status=409)
    address = request.build_absolute_uri(reverse("shared-preview", args=[token]))
    return _links_page(request, document, made=(link, address))


@desk_view
@require_POST
def revoke(request, pk: int):
    link = get_object_or_404(PreviewLink.objects.select_related("document"), pk=pk)
    try:
        revoke_preview(link, user=request.user)
    except Blocked as blocked:
        return _links_page(request, link.document, blockers=blocked.blockers, status=409)
    messages.success(request, _("Taken back. The link leads nowhere now."))
    return redirect("desk:previews", pk=link.document_id)


def _sharing_blockers(document: Document, user) -> list[str]:
    """Why this user may share it in no language: each reason once."""
    found = (each for language in all_languages() for each in sharing_blockers(document, language, user))
    return list(dict.fromkeys(found))


def _links_page(request, document: Document, *, form=None, made=None, blockers=(), status: int = 200):
    languages, at = shareable(document, request.user), timezone.now()
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
