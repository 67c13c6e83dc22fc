"""What regulators did, on the timeline of a monograph."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.desk.history.sources import Entry, Sort, Source, add_source

from .models import ApprovalEvent, Verification


def _events(rows: QuerySet[ApprovalEvent]) -> Iterator[tuple[int, Entry]]:
    for row in rows.select_related("corrected_by"):
        words = _("Decision taken back: %(what)s") if row.is_void else _("Decision recorded: %(what)s")
        facts = [date_format(row.happened_on, "DATE_FORMAT"), row.source_title]
        if row.approval_words:
            facts.insert(0, row.approval_words)
        is_corrected = hasattr(row, "corrected_by")
        yield row.pk, Entry(
            Sort.FACT, row.recorded_at, row.recorded_by_name, words % {"what": row.get_kind_display()}, "", row.note,
            tuple(facts), badge=("withdrawn", _("corrected since")) if is_corrected else ("", ""),
        )  # fmt: skip


def _verifications(rows: QuerySet[Verification]) -> Iterator[tuple[int, Entry]]:
    for row in rows.select_related("event"):
        what = _("Decision verified: %(what)s") % {"what": row.event.get_kind_display()}
        facts = (date_format(row.event.happened_on, "DATE_FORMAT"), row.event.source_title)
        yield row.pk, Entry(Sort.FACT, row.recorded_at, row.recorded_by_name, what, facts=facts)


add_source(Source("decisions", Sort.FACT, lambda document: ApprovalEvent.objects.filter(document=document), _events))
add_source(
    Source("verifications", Sort.FACT, lambda document: Verification.objects.filter(document=document), _verifications)
)
