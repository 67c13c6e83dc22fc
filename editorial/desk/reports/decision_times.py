"""The two times of decisions as tables: those of one page, the newest of all, and all of them for a spreadsheet."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.editions.models import Document, Edition
from editorial.reviews.decision_times import DecisionTimes, load_times, newest_causes
from editorial.reviews.pending_facts import recorded_facts
from editorial.reviews.recheck_reasons import load_records

MOST_SHOWN = 8  # decisions in the overview
AT_ONCE = 100  # decisions that are read together for a spreadsheet


def page_times(document: Document, cause: str, now: datetime) -> list[DecisionTimes]:
    """Of the newest decisions about a page, the newest first. A constant number of queries."""
    digests = newest_causes(document, cause)
    records = load_records(set(digests))
    return load_times([records[digest] for digest in digests if digest in records], now)


def newest_times(now: datetime) -> list[DecisionTimes]:
    """Of the newest decisions; those that reached nothing that readers could read are left out."""
    return list(_with_editions(load_times(list(islice(_records(), MOST_SHOWN)), now)))


def all_times(now: datetime) -> Iterator[DecisionTimes]:
    """Of all decisions, the newest first, read a part at a time."""
    records = _records()
    while part := list(islice(records, AT_ONCE)):
        yield from _with_editions(load_times(part, now))


def _records() -> Iterator[Any]:
    newest = Edition.objects.filter(document=OuterRef("document"), language=settings.SOURCE_LANGUAGE)
    title = Subquery(newest.order_by("-number").values("title")[:1])
    for records in recorded_facts():
        yield from records.annotate(page_title=title).iterator(chunk_size=AT_ONCE)


def _with_editions(found: Iterable[DecisionTimes]) -> Iterator[DecisionTimes]:
    return (times for times in found if times.languages)


def decision_name(times: DecisionTimes) -> str:
    record: Any = times.record
    return f"{record.page_title or record.document.slug} · {record}"


def head() -> list[str]:
    return [
        _("Decision"), _("Language"), _("Recorded"), _("Warned"), _("Warned after (hours:minutes)"), _("Safe"),
        _("Safe after (hours:minutes)"), _("Editions"), _("Open"),
    ]  # fmt: skip


def rows(found: Iterable[DecisionTimes]) -> Iterator[list[Any]]:
    """A row for each decision and language. Times as ISO 8601, in the site's home time zone."""
    for times in found:
        for language in times.languages:
            yield [
                decision_name(times), language.name, _iso(language.recorded_at), _iso(language.warned_at),
                language.warned, _iso(language.safe_at), language.safe, language.edition_count, language.open_count,
            ]  # fmt: skip


def _iso(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""
