"""Tables for spreadsheets. What somebody typed never becomes a formula there."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from editorial.reviews.pending_facts import PendingFact

from .rows import QueueRow

CHUNK = 200  # rows
# What a spreadsheet may read as the start of a formula, white space before it included.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: object) -> str:
    """The cell's text; with an apostrophe before it where a spreadsheet could take it for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip().startswith(_STARTS) else text


def csv_response(name: str, head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """A download in UTF-8 that says so (with a byte order mark), as spreadsheets need it.

    `rows` are read while it is sent, so that no more than a chunk of them is in memory. Whoever may not have them is
    to be refused before.
    """
    lines = _lines(iter([head]), iter(rows), language=translation.get_language())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(*tables: Iterator[Iterable[Any]], language: str | None) -> Iterator[str]:
    """Chunks of the file. Each is made in the language of the page that asked for it: the view has ended by then."""
    yield "\ufeff"
    for rows in tables:
        while chunk := _chunk(rows, language):
            yield chunk


def _chunk(rows: Iterator[Iterable[Any]], language: str | None) -> str:
    """The next lines; "" after the last."""
    written = StringIO()
    with translation.override(language):
        csv.writer(written).writerows([safe(cell) for cell in row] for row in islice(rows, CHUNK))
    return written.getvalue()


def queue_table(rows: Iterable[QueueRow]) -> tuple[list[str], Iterable[list[Any]]]:
    """(head, rows) of a list of the desk. Days and times as ISO 8601, in the site's home time zone."""
    head = [
        _("Title"), _("Kind"), _("Language"), _("Edition"), _("Type"), _("Reasons"), _("Words"),
        _("Words changed"), _("Sections changed"), _("Requested by"), _("Since"), _("Due"), _("Address"),
    ]  # fmt: skip
    return head, map(_cells, rows)


def _cells(row: QueueRow) -> list[Any]:
    edition, extent = row.edition, row.extent
    since = row.acted_at or row.since
    return [
        edition.title,
        row.kind,
        edition.language,
        edition.number,
        ", ".join(row.what),
        "; ".join(f"{line.newest.get_cause_display()}: {line.what_changed}" for line in row.why),
        extent and extent.words,
        extent and extent.words_changed,
        extent and extent.sections_changed,
        row.asked_by,
        since and timezone.localtime(since).isoformat(timespec="minutes"),
        row.due_on,
        reverse("desk:edition", args=[edition.pk]),
    ]


def facts_table(facts: Iterable[PendingFact]) -> tuple[list[str], Iterable[list[Any]]]:
    """(head, rows) of what waits to be verified. Times as above."""
    head = [_("Title"), _("What was recorded"), _("Source"), _("Recorded by"), _("Since"), _("Address")]
    return head, (
        [
            fact.title, ", ".join([fact.what, *fact.badges]), fact.source, fact.recorded_by,
            timezone.localtime(fact.since).isoformat(timespec="minutes"), fact.path,
        ]
        for fact in facts
    )  # fmt: skip
