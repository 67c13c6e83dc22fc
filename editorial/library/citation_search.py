"""What an author may cite or link to while writing, found by a few letters."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from editorial.desk.frame import desk_view
from editorial.desk.page_search import find_pages
from editorial.editions.kinds import Kind, all_kinds
from editorial.editions.tree.inline import LONGEST_FACT

from .choices import asked_words
from .models import Reference
from .row_search import REFERENCE_COLUMNS, search_rows

MOST_FACTS = 3  # they come first, because so few have such words
MOST = 8  # of each sort: who sees none of theirs types another letter


@desk_view
@require_safe
def search_citations(request: HttpRequest) -> JsonResponse:
    """{"results": [{"sort", "name", "detail", and "text" to type or "link" to lead to}]}, best known sorts first."""
    query = " ".join(asked_words(request))
    results = []
    if query:
        results += _facts(request.GET.get("q", ""))
        results += _references(query)
        for kind in all_kinds():
            if kind.path and kind.listing.is_in_menu:
                results += _pages(kind, query)
    return JsonResponse({"results": results})


def _references(query: str) -> list[dict[str, Any]]:
    return [
        {
            "sort": _("Reference"),
            "name": reference.title,
            "detail": f"{reference.source} · {reference.key}",
            "text": f"[@{reference.key}]",
        }
        for reference in search_rows(Reference.objects.all(), query, REFERENCE_COLUMNS).order_by("key")[:MOST]
    ]


def _facts(query: str) -> list[dict[str, Any]]:
    """What may be asserted, with what is so today."""
    today = timezone.localdate()
    suggested = [fact for kind in all_kinds() for fact in kind.suggest_facts(query[:LONGEST_FACT], today)]
    return [
        {
            "sort": _("True today") if fact.is_true else _("Not true today"),
            "name": fact.fact,
            "detail": fact.told,
            "text": f"[={fact.fact}]",
        }
        for fact in suggested[:MOST_FACTS]
    ]


def _pages(kind: Kind, query: str) -> list[dict[str, Any]]:
    return [
        {
            "sort": str(kind.label), "name": str(row), "detail": f"/{kind.path}/{row.document.slug}/",
            "link": f"/{kind.path}/{row.document.slug}/",
        }
        for row in find_pages(kind, query, MOST)
    ]  # fmt: skip
