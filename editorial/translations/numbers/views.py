"""The numbers of the translation desk, as a page and as tables for spreadsheets."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from editorial.accounts.languages import own_name
from editorial.desk.frame import DeskRequest, desk_view, render
from editorial.desk.queue.csv_export import csv_response

from ..overview.languages import counted_languages
from .report import SAMPLE, NumberFilters, average_times, editions_table, find_people, first_day, month_names, sum_words

MOST_SHOWN = 200  # lines: a language, a month, a person


def counted(view: Callable[[DeskRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A page that is only read, and only by those who may see the numbers of a language."""

    @desk_view
    @wraps(view)
    def guarded(request: DeskRequest) -> HttpResponseBase:
        if not counted_languages(request.user):
            raise PermissionDenied
        return require_safe(view)(request)

    return guarded


@counted
def numbers(request: DeskRequest) -> HttpResponse:
    user, languages = request.user, counted_languages(request.user)
    filters = NumberFilters.read(request.GET, languages)
    rows = list(sum_words(filters, user=user))
    words, memory = sum(row.words for row in rows), sum(row.words_from_memory for row in rows)
    months = {name: date_format(first_day(name), "YEAR_MONTH_FORMAT") for name in month_names(timezone.localdate())}
    context: dict[str, Any] = {
        "rows": [(row, own_name(row.language), date_format(row.month, "YEAR_MONTH_FORMAT")) for row in rows][
            :MOST_SHOWN
        ],
        "has_more": len(rows) > MOST_SHOWN,
        "words": words,
        "units": sum(row.units for row in rows),
        "memory_share": round(memory * 100 / words) if words else 0,
        "times": [(row, own_name(row.language)) for row in average_times(filters, user=user)],
        "sample": "" if filters.person else SAMPLE,
        "selects": [
            ("language", _("Language"), filters.language, [(code, own_name(code)) for code in languages]),
            ("month", _("Month"), filters.month, months.items()),
            ("person", _("Person"), filters.person, find_people(user=user)),
        ],
        "is_filtered": filters != NumberFilters(),
        "query": filters.query,
    }
    return render(request, "desk/translation_numbers.html", context, title=_("Translations in numbers"))


@counted
def export_numbers(request: DeskRequest) -> StreamingHttpResponse:
    """All months, or those of the filters; with `table=times` each translation and how long it took."""
    user, languages = request.user, counted_languages(request.user)
    filters = NumberFilters.read(request.GET, languages)
    if request.GET.get("table") == "times":
        head = [
            _("Title"), _("Language"), _("Edition"), _("Source live from"), _("Translation live from"), _("Days"),
        ]  # fmt: skip
        return csv_response("translation-times.csv", head, editions_table(filters, user=user))
    head = [
        _("Month"), _("Language"), _("Person"), _("Texts"), _("Words of the source"), _("Words of the translation"),
        _("Words from memory"), _("From memory, in percent"),
    ]  # fmt: skip
    rows = (
        [
            f"{row.month:%Y-%m}", own_name(row.language), row.person, row.units, row.words, row.target_words,
            row.words_from_memory, row.memory_share,
        ]
        for row in sum_words(filters, user=user, all_months=True)
    )  # fmt: skip
    return csv_response("translations.csv", head, rows)
