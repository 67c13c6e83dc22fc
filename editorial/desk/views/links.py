"""Links of live pages that lead nowhere, for the head of content; and all that leads to one page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from editorial.accounts.languages import own_name
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document
from editorial.reading.link_report import find_dead_ends

from ..frame import DeskRequest, desk_view, render
from ..incoming_links import read_incoming
from .reports import overseen

MOST = 200  # rows; whoever has more begins with these


@overseen
def dead_links(request: DeskRequest) -> HttpResponse:
    rows = list(find_dead_ends(timezone.now())[: MOST + 1])
    context = {
        "rows": [
            {
                "edition": row.edition,
                "language_name": own_name(row.edition.language),
                "document": row.document,
                "title": kind_of(row.document).title(row.document),
                "how": row.get_how_display(),
            }
            for row in rows[:MOST]
        ],
        "has_more": len(rows) > MOST,
    }
    return render(request, "desk/links.html", context, title=_("Links that lead nowhere"))


@desk_view
@require_safe
def incoming(request: DeskRequest, pk: int) -> HttpResponse:
    """All that links to a page, a part at a time."""
    document = get_object_or_404(Document, pk=pk)
    incoming_links = read_incoming(document, request.GET.get("after", ""))
    title = _("What links to “%(page)s”") % {"page": kind_of(document).title(document)}
    return render(request, "desk/incoming.html", {"incoming": incoming_links, "document": document}, title=title)
