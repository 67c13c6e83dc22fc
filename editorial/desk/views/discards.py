"""Drafts that were never submitted: discarding one, and bringing it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from editorial.editions.blockers import Blocked
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document, DraftDiscard
from editorial.editions.working.discards import bring_back_draft, discard_draft

from ..frame import DeskRequest, desk_view, render
from .documents import render_document
from .reports import overseen

MOST = 200  # rows, the newest


@overseen
def discarded_drafts(request: DeskRequest) -> HttpResponse:
    """The drafts that are discarded now, the newest first."""
    last: dict[int, DraftDiscard] = {}
    made = DraftDiscard.objects.filter(document__is_discarded=True, is_discarded=True).select_related("document")
    for discard in made.order_by("-pk")[:MOST]:
        last.setdefault(discard.document_id, discard)
    rows = [
        {"title": kind.title(discard.document), "kind": kind.label, "discard": discard}
        for discard in last.values()
        for kind in [kind_of(discard.document)]
    ]
    return render(request, "desk/discarded.html", {"rows": rows}, title=_("Discarded drafts"))


@desk_view
@require_POST
def discard(request: DeskRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    try:
        discard_draft(document, user=request.user)
    except Blocked as blocked:
        return render_document(request, document, blockers=blocked.blockers, status=409)
    messages.success(request, _("Discarded. A head of content can bring it back."))
    return redirect("desk:document", pk=pk)


@desk_view
@require_POST
def bring_back(request: DeskRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    try:
        bring_back_draft(document, user=request.user)
    except Blocked as blocked:
        return render_document(request, document, blockers=blocked.blockers, status=409)
    messages.success(request, _("Brought back. It is a draft again."))
    return redirect("desk:document", pk=pk)
