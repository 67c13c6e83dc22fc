"""What regulators did, on the timeline of a monograph."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.desk.history.sources import EntryType, TimelineEntry, TimelineSource, add_source
from editorial.editions.models import Document

from .models import ApprovalEvent, Verification


def _events(rows: QuerySet[ApprovalEvent]) -> Iterator[tuple[int, TimelineEntry]]:
    for row in rows.select_related("corrected_by", "product"):
        words = _("Decision taken back: %(what)s") if row.is_void else _("Decision recorded: %(what)s")
        facts = [date_format(row.happened_on, "DATE_FORMAT"), row.source_title]
        if subject := row.approval_words or (str(row.product) if row.product else ""):
            facts.insert(0, subject)
        is_corrected = hasattr(row, "corrected_by")
        yield row.pk, TimelineEntry(
            EntryType.FACT, row.recorded_at, row.recorded_by_name, words % {"what": row.get_kind_display()}, "",
            row.note, tuple(facts), badge=("withdrawn", _("corrected since")) if is_corrected else ("", ""),
        )  # fmt: skip


def _verifications(rows: QuerySet[Verification]) -> Iterator[tuple[int, TimelineEntry]]:
    for row in rows.select_related("event"):
        what = _("Decision verified: %(what)s") % {"what": row.event.get_kind_display()}
        facts = (date_format(row.event.happened_on, "DATE_FORMAT"), row.event.source_title)
        yield row.pk, TimelineEntry(EntryType.FACT, row.recorded_at, row.recorded_by_name, what, facts=facts)


def _events_of(document: Document) -> QuerySet[ApprovalEvent]:
    return ApprovalEvent.objects.filter(document=document)


def _verifications_of(document: Document) -> QuerySet[Verification]:
    return Verification.objects.filter(document=document)


add_source(TimelineSource("decisions", EntryType.FACT, _events_of, _events))
add_source(TimelineSource("verifications", EntryType.FACT, _verifications_of, _verifications))
