"""Dismissing advice about a block of a working copy."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from editorial.checks.dismissals import dismiss_finding
from editorial.editions.blockers import Blocked
from editorial.editions.models import Document

from ..frame import DeskRequest, desk_view, language_or_404, render, text_sent, words_url


@desk_view
@require_POST
def dismiss(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """What was typed stays in a form of its own when it is refused; the page that is being written is not touched."""
    document = get_object_or_404(Document, pk=pk)
    language = language_or_404(language)
    url = words_url(document, language, request.user)
    sent = {name: text_sent(request, name) for name in ("check", "node", "reason")}
    try:
        dismiss_finding(
            document, language, check=sent["check"], node_id=sent["node"], reason=sent["reason"], user=request.user
        )
    except Blocked as blocked:
        context = {"document": document, "typed": sent, "blockers": blocked.blockers, "edit_url": url}
        return render(request, "desk/dismiss.html", context, title=_("Dismiss advice"), status=409)
    return redirect(f"{url}#findings" if url else reverse("desk:document", args=[pk]))
