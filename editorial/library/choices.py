"""What boxes for a key offer for a few letters: a bounded list, however long the table is."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, JsonResponse

MOST = 8  # choices: who sees none of theirs types another letter
LONGEST, MOST_WORDS = 100, 5  # characters, and words, of what is looked for


def words_typed(request: HttpRequest) -> list[str]:
    """The words of the query `q`, at most so many."""
    return request.GET.get("q", "").replace("\0", "")[:LONGEST].split()[:MOST_WORDS]


def answer_choices(request: HttpRequest, rows: QuerySet[Any], fields: Sequence[str]) -> JsonResponse:
    """{"choices": [{"value", "name"}]} of rows that have each word in one of these fields; the newest without a word.

    What begins with the letters comes first, then by its key.
    """
    words = words_typed(request)
    for word in words:
        rows = rows.filter(Q(*((f"{name}__icontains", word) for name in fields), _connector=Q.OR))
    found = list(rows.order_by("key" if words else "-pk")[:MOST])
    if words:
        first = rows.filter(key__startswith=words[0].lower()).order_by("key")[:MOST]
        found = list(dict.fromkeys([*first, *found]))[:MOST]
    return JsonResponse({"choices": [{"value": row.key, "name": str(row)} for row in found]})
