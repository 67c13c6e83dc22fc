"""The overview for the head of content."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from editorial.accounts.roles import Permission

from ..frame import DeskRequest, desk_view, render
from ..queue.csv_export import csv_response
from ..queue.rows import build_rows
from ..reports import decision_times
from ..reports.charts import CHARTS, list_url, make_all
from ..reports.overview import longest_waiting


def overseen(view: Callable[[DeskRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A page of the desk that is only read, and only by those who oversee it."""

    @desk_view
    @wraps(view)
    def guarded(request: DeskRequest) -> HttpResponseBase:
        if not request.user.can(Permission.OVERSEE):
            raise PermissionDenied
        return require_safe(view)(request)

    return guarded


@overseen
def overview(request: DeskRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "charts": make_all(now),
        "oldest": build_rows(longest_waiting(now), now),
        "due_url": list_url(tab="again", reason="due"),
        "overdue_url": list_url(tab="again", reason="overdue"),
        "safety_url": list_url(tab="all", reason="safety"),
    }
    return render(request, "desk/overview.html", context, title=_("Overview"))


@overseen
def export_chart(request: DeskRequest) -> HttpResponseBase:
    """The table behind one chart, for a spreadsheet."""
    name = request.GET.get("table", "")
    if name not in CHARTS:
        raise Http404
    now = timezone.now()
    if name == "decisions":  # all of them, and not only those of the chart
        return csv_response(f"{name}.csv", decision_times.head(), decision_times.rows(decision_times.all_times(now)))
    chart = CHARTS[name](now)
    return csv_response(f"{name}.csv", chart.head, chart.rows)
