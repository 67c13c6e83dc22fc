"""Links of live pages that lead nowhere, for the head of content."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import own_name
from editorial.editions.kinds import kind_of
from editorial.reading.link_report import find_dead_ends

from ..frame import DeskRequest, render
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
