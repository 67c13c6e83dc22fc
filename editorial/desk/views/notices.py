"""Urgent notices about one record of a page: writing one, sending the stock one, and ending those that stand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from editorial.editions.blockers import Blocked, FieldBlocker
from editorial.editions.models import Record
from editorial.reading.models import UrgentNotice
from editorial.reviews import services
from editorial.reviews.recheck_reasons import find_record

from ..frame import DeskRequest, desk_view, document_title, refused_status, render
from ..notice_forms import EndNoticeForm, NoticeForm, SendNoticeForm
from ..notice_rows import load_notices

_FORMS = {"write": NoticeForm, "send": SendNoticeForm, "end": EndNoticeForm}


@desk_view
def notice(request: DeskRequest, digest: str) -> HttpResponse:
    """POST writes a notice, sends the stock notice or ends one, by the button that was pressed."""
    record = find_record(digest)
    if record is None:
        raise Http404
    act = next((name for name in _FORMS if name in request.POST), "")
    forms: dict[str, Any] = {
        name: form(request.POST if name == act else None, prefix=name) for name, form in _FORMS.items()
    }
    blockers: list[str] = []
    if act and forms[act].is_valid():
        try:
            done = _act(request, record, act, forms[act].cleaned_data)
        except Blocked as blocked:
            blockers = _place(forms[act], blocked.blockers)
        else:
            messages.success(request, done)
            return redirect("desk:notice", digest=digest)
    context = {
        "record": record,
        "document": record.document,
        "notices": load_notices(record, request.user),
        "blockers": blockers,
        "ended": request.POST.get("notice", "") if act == "end" else "",
        **{f"{name}_form": form for name, form in forms.items()},
    }
    title = _("Urgent notice: %(title)s") % {"title": document_title(record.document)}
    status = refused_status(request, forms[act]) if act else 200
    return render(request, "desk/notice.html", context, title=title, status=status)


def _act(request: DeskRequest, record: Record, act: str, typed: dict[str, Any]) -> str:
    """Do what the button says; returns what to tell. Raises Blocked."""
    user = request.user
    if act == "write":
        services.write_notice(record, user=user, **typed)
        return _("Submitted. It stands on every page that rests on this as soon as a reviewer signs it.")
    if act == "send":
        services.send_stock_notice(record, user=user, **typed)
        return _("Sent. It stands on every page that rests on this.")
    services.end_notice(_find_notice(request, record), user=user, **typed)
    return _("Ended. It stands on no page any more.")


def _find_notice(request: DeskRequest, record: Record) -> UrgentNotice:
    key = request.POST.get("notice", "")
    known = {str(row.pk): row for row in UrgentNotice.objects.filter(because=record.record_digest)}
    if key not in known:
        raise Blocked([_("Choose the notice.")])
    return known[key]


def _place(form: Any, blockers: list[str]) -> list[str]:
    """Put those that are about a field beside it; returns the others."""
    for blocker in blockers:
        if isinstance(blocker, FieldBlocker) and blocker.field in form.fields:
            form.add_error(blocker.field, str(blocker))
    return [blocker for blocker in blockers if not (isinstance(blocker, FieldBlocker) and blocker.field in form.fields)]
