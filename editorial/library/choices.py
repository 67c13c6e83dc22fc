"""What boxes for a key offer for a few letters: a bounded list, however long the table is."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse

from .row_search import search_rows

MOST = 8  # choices: who sees none of theirs types another letter
LONGEST, MOST_WORDS = 100, 5  # characters, and words, of what is looked for


def asked_words(request: HttpRequest) -> list[str]:
    """What somebody typed into a box, within bounds."""
    return request.GET.get("q", "").replace("\0", "")[:LONGEST].split()[:MOST_WORDS]


def answer_choices(
    request: HttpRequest, rows: QuerySet[Any], columns: tuple[str, ...], *, key: str = "key"
) -> JsonResponse:
    """{"choices": [{"value", "name"}]} of rows that `search_rows` finds for the query `q`; the newest without a word.

    What begins with the letters comes first, then by its key, which is in the column `key`.
    """
    words = asked_words(request)
    if words:
        rows = search_rows(rows, " ".join(words), columns)
    found = list(rows.order_by(key if words else "-pk")[:MOST])
    if words:
        first = rows.filter(**{f"{key}__startswith": words[0].lower()}).order_by(key)[:MOST]
        found = list(dict.fromkeys([*first, *found]))[:MOST]
    return JsonResponse({"choices": [{"value": getattr(row, key), "name": str(row)} for row in found]})
