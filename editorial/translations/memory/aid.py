"""The memory beside the open unit: what was signed for texts that are like its source."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from editorial.accounts.languages import bcp47, direction
from editorial.editions.models.addresses import show_compared_addresses
from editorial.editions.tree.diff import condense_parts
from editorial.reading.verified_releases import home_date
from editorial.reviews.highlights import SORT_LABELS

from ..tags import show_tags, to_typed
from ..unit_aids import OpenUnit
from .lookup import Suggestion, find_suggestions


def show_memory(opened: OpenUnit) -> SafeString:
    """A list of at most nine signed translations, but for what is suggested already; "" where there is none."""
    rows = [_row(opened, suggestion) for suggestion in find_suggestions(opened.unit.source, opened.language)]
    rows = [row for row in rows if row["typed"] != opened.tagged(opened.suggested)]
    if not rows:
        return SafeString("")
    _show_addresses(rows)
    context = {
        "rows": rows,
        "lang": bcp47(opened.language),
        "dir": direction(opened.language),
    }
    return render_to_string("desk/_memory.html", context)


def _show_addresses(rows: list[dict[str, Any]]) -> None:
    """Links to our own pages, by their addresses. One query at most."""
    texts = iter(show_compared_addresses(*(text for row in rows for _sort, text in row["parts"])))
    for row in rows:
        row["parts"] = [(sort, next(texts)) for sort, _text in row["parts"]]


def _row(opened: OpenUnit, suggestion: Suggestion) -> dict[str, Any]:
    text, signed = suggestion.text, suggestion.signed
    tagged = opened.tagged(to_typed(text.words, opened.unit))
    return {
        "typed": tagged,
        "shown": show_tags(tagged),
        "suggestion": suggestion,
        "parts": [] if suggestion.is_exact else condense_parts(list(suggestion.parts), around=5, most=20),
        "dropped": text.dropped,
        "lacking": text.lacking,
        "differences": [
            (SORT_LABELS[difference.sort], ", ".join(difference.theirs), ", ".join(difference.ours))
            for difference in suggestion.differences
        ],
        "is_own": suggestion.edition.document_id == opened.document.pk,
        "signed_on": home_date(signed.signed_at),
    }
