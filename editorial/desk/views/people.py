"""One's own account, and the changes of people that wait for a second person."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked
from editorial.people import services
from editorial.people.account_log import read_log
from editorial.people.descriptions import describe_changes, describe_seen
from editorial.people.models import PersonRecord, open_requests

from ..frame import DeskRequest, desk_view, render, text_sent


@desk_view
@require_safe
def account(request: DeskRequest) -> HttpResponse:
    """What happened with one's own account, and the way out of every session."""
    return render(request, "desk/account.html", {"entries": read_log(request.user)}, title=_("Your account"))


@desk_view
@require_POST
def log_out_everywhere(request: DeskRequest) -> HttpResponse:
    services.end_sessions(request.user, user=request.user)
    logout(request)
    return redirect("admin:login")


@desk_view
def people(request: DeskRequest) -> HttpResponse:
    """What waits for a second person. Whoever may not see it is refused, whatever they send."""
    page = _render_requests(request)
    return page if request.method in ("GET", "HEAD") else HttpResponseNotAllowed(["GET", "HEAD"])


@desk_view
@require_POST
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Agree to a change, refuse it, or take back one's own."""
    agrees = "agree" in request.POST
    try:
        services.answer_request(
            get_object_or_404(PersonRecord, pk=pk),
            agrees=agrees,
            user=request.user,
            reason=text_sent(request, "reason"),
        )
    except Blocked as blocked:
        return _render_requests(request, blockers=blocked.blockers, answered=pk, status=409)
    messages.success(request, _("Agreed. It counts from now on.") if agrees else _("Refused. Nothing was changed."))
    return redirect("desk:people")


def _render_requests(
    request: DeskRequest, *, blockers: list[str] | None = None, answered: int = 0, status: int = 200
) -> HttpResponse:
    user = request.user
    if not (user.can(Permission.AGREE) or user.can(Permission.MANAGE_PEOPLE)):
        raise PermissionDenied
    rows = [
        {
            "request": change,
            "seen": describe_seen(change),
            "changes": list(describe_changes(change.changes)),
            "can_agree": user.can(Permission.AGREE) and user.pk not in (change.recorded_by_id, change.person_id),
            "is_about_user": user.pk == change.person_id,
            "can_take_back": user.pk == change.recorded_by_id,
            "reason": text_sent(request, "reason") if change.pk == answered else "",
        }
        for change in open_requests()
    ]
    context = {"rows": rows, "blockers": blockers or []}
    return render(request, "desk/people.html", context, title=_("Changes of people"), status=status)
