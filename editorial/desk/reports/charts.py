"""The overview's charts: bars that say in words what they show, and the table behind each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.accounts.languages import own_name
from editorial.editions.kinds import kind_named
from editorial.reviews.decision_times import LanguageTimes
from editorial.reviews.models import Absence, Cause

from ..queue.filters import AGES, older_than
from . import decision_times, overview


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar, in hundredths of the chart's width. `look` is a class of the style sheet."""

    look: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """`url` leads to the list of what the whole bar counts, `links` of [(text, url)] to its parts; "" to none."""

    label: str
    url: str
    parts: list[Part]
    says: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """`legend` is [(look, label)]; `head` and `rows` are the table that stands behind it and is downloaded."""

    name: str
    title: str
    note: str
    legend: list[tuple[str, str]]
    bars: list[Bar]
    head: list[str]
    rows: list[list[Any]]


def list_url(**filters: str | int) -> str:
    """Where the items that a bar counts are listed."""
    return f"{reverse('desk:queue')}?{urlencode(filters)}"


def stacked(amounts: Sequence[tuple[str, float]], whole: float) -> list[Part]:
    """Parts one after the other, so that `whole` fills the chart; those of nothing are left out."""
    parts, start = [], 0.0
    for look, amount in amounts:
        width = round(100 * amount / whole, 2) if whole else 0.0
        if width:
            parts.append(Part(look, round(start, 2), width))
        start += width
    return parts


def current(now: datetime) -> Chart:
    counts = overview.count_by_review_status(now)
    whole = max((row.total for row in counts), default=0)
    bars = [
        Bar(
            _label(row),
            "",
            stacked([("good", row.in_date), ("soon", row.due), ("late", row.overdue)], whole),
            ", ".join(text for text, _url in _by_date(row)),
            _by_date(row),
        )
        for row in counts
    ]
    looks = [("good", _("in date")), ("soon", _("due within 60 days")), ("late", _("overdue"))]
    return Chart(
        "current",
        _("Review status of pages"),
        _("Live pages, by the date of their next review."),
        looks,
        bars,
        [_("Kind"), _("Language"), *(label for _look, label in looks)],
        [[*_names(row), row.in_date, row.due, row.overdue] for row in counts],
    )


def _by_date(row: overview.ReviewStatusCounts) -> tuple[tuple[str, str], ...]:
    def url(count: int, reason: str) -> str:
        return list_url(tab="again", kind=row.kind, language=row.language, reason=reason) if count else ""

    return (
        (_("%(count)s in date") % {"count": row.in_date}, ""),
        (_("%(count)s due within 60 days") % {"count": row.due}, url(row.due, "due")),
        (_("%(count)s overdue") % {"count": row.overdue}, url(row.overdue, "overdue")),
    )


def waits(now: datetime) -> Chart:
    waiting_times = overview.waits(now)
    whole = max((row.ninetieth for row in waiting_times), default=0)
    bars = [
        Bar(
            _label(row),
            "",  # what was signed waits in no list
            stacked([("solid", row.median), ("soft", row.ninetieth - row.median)], whole),
            _("median: %(median)s; 90th percentile: %(ninetieth)s")
            % {"median": _lasting(row.median), "ninetieth": _lasting(row.ninetieth)},
        )
        for row in waiting_times
    ]
    looks = [("solid", _("median (days)")), ("soft", _("90th percentile (days)"))]
    return Chart(
        "waits",
        _("Time from submission to sign-off"),
        _("Sign-offs in the last 365 days, at most the newest 2,000."),
        looks,
        bars,
        [_("Kind"), _("Language"), _("Sign-offs"), _("Median (days)"), _("90th percentile (days)")],
        [[*_names(row), row.count, row.median, row.ninetieth] for row in waiting_times],
    )


def ages(now: datetime, counts: overview.QueueCounts | None = None) -> Chart:
    return _simple(
        "ages",
        _("Time in queue"),
        _("Editions awaiting sign-off, and open rechecks."),
        [_("Time in queue"), _("Items")],
        [
            (older_than(days), list_url(tab="all", age=days), count, [])
            for days, count in (counts or overview.count_queue(now)).ages(now, AGES).items()
        ],
    )


def loads(now: datetime, counts: overview.QueueCounts | None = None) -> Chart:
    return _simple(
        "loads",
        _("Pending items by reviewer"),
        _("An item pending for several people is counted for each of them."),
        [_("Reviewer"), _("Items"), _("Signed in the last 30 days"), _("Away")],
        [
            (load.name, list_url(tab="all", reviewer=load.user_id), load.waiting, [load.signed, _away(load.absence)])
            for load in overview.loads(now, counts)
        ],
    )


def _away(absence: Absence | None) -> str:
    if absence is None:
        return ""
    values = {"day": date_format(absence.until_day, "SHORT_DATE_FORMAT"), "name": absence.deputy.name}
    return _("away until %(day)s; deputy: %(name)s") % values


def _lasting(days: float) -> str:
    """A time in words; nobody wants to know it by the hour."""
    if days < 1:
        return _("less than a day")
    return ngettext("%(days)s day", "%(days)s days", ceil(days)) % {"days": floatformat(days, -1)}


def _simple(name: str, title: str, note: str, head: list[str], rows: Iterable[tuple[Any, ...]]) -> Chart:
    """One bar of one part for each (label, address, count, more cells); beside it, those that are words."""
    rows = list(rows)
    whole = max((count for _label, _url, count, _more in rows), default=0)
    bars = [
        Bar(label, url, stacked([("solid", count)], whole), " · ".join([str(count), *_words(more)]))
        for label, url, count, more in rows
    ]
    return Chart(name, title, note, [], bars, head, [[label, count, *more] for label, _url, count, more in rows])


def _words(cells: list[Any]) -> list[str]:
    return [cell for cell in cells if cell and isinstance(cell, str)]


def decisions(now: datetime) -> Chart:
    newest = decision_times.newest_times(now)
    in_languages = [(times, language) for times in newest for language in times.languages]
    whole = max((language.edition_count for _times, language in in_languages), default=0)
    bars = [
        Bar(
            f"{decision_times.decision_name(times)} · {language.name}",
            reverse("desk:settle", args=[Cause.EVENT.value, times.record.document_id]),
            stacked([("good", language.edition_count - language.open_count), ("late", language.open_count)], whole),
            _describe(language),
        )
        for times, language in in_languages
    ]
    return Chart(
        "decisions",
        _("Decisions: warned and safe"),
        _(
            "The newest decisions in each language, with the editions that rest on them. Times are hours and minutes "
            "since they were recorded."
        ),
        [("good", _("settled or down")), ("late", _("open"))],
        bars,
        decision_times.head(),
        list(decision_times.rows(newest)),
    )


def _describe(language: LanguageTimes) -> str:
    """In hours and minutes since it was recorded; else what is still open."""
    if language.safe:
        safe = _("safe after %(time)s") % {"time": language.safe}
    else:
        safe = _("not safe yet, open: %(number)s") % {"number": language.open_count}
    warned = _("warned after %(time)s") % {"time": language.warned} if language.warned else _("not warned")
    return f"{warned} · {safe}"


# In the order of the page.
CHARTS: Mapping[str, Callable[[datetime], Chart]] = {
    "current": current, "waits": waits, "ages": ages, "loads": loads, "decisions": decisions,
}  # fmt: skip


def make_all(now: datetime) -> list[Chart]:
    """In their order. Two of them count the queue, which is read once."""
    counts = overview.count_queue(now)
    return [current(now), waits(now), ages(now, counts), loads(now, counts), decisions(now)]


def _names(row: overview.ReviewStatusCounts | overview.Wait) -> list[str]:
    return [str(kind_named(row.kind).label_plural), own_name(row.language)]


def _label(row: overview.ReviewStatusCounts | overview.Wait) -> str:
    return " · ".join(_names(row))
