"""What was changed about policies, and the second person's answer to what asks for fewer sign-offs."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked
from editorial.reviews.models import PolicyAct, PolicyRecord, open_policy_requests
from editorial.reviews.services import answer_policy_request

from ..forms import PolicyAnswerForm
from ..frame import DeskRequest, desk_view, refused_status, render
from ..history.policy_words import describe_act, describe_numbers

SHOWN = 100  # records; the history of a page has those that reach it


@desk_view
def policies(request: DeskRequest) -> HttpResponse:
    _refuse_others(request)
    return require_safe(_render_policies)(request)


@desk_view
@require_POST
def answer_policy(request: DeskRequest, pk: int) -> HttpResponse:
    """Agree to a request, or refuse it."""
    _refuse_others(request)
    policy_request = get_object_or_404(PolicyRecord, pk=pk)
    form = PolicyAnswerForm(request.POST, prefix=f"answer-{pk}")
    if not form.is_valid():
        return _render_policies(request, form=form)
    agrees, reason = form.cleaned_data["agrees"], form.cleaned_data["reason"]
    try:
        answer_policy_request(policy_request, agrees=agrees, user=request.user, reason=reason)
    except Blocked as blocked:
        return _render_policies(request, form=form, blockers=blocked.blockers)
    messages.success(request, _("Agreed. It counts from now on.") if agrees else _("Refused. Nothing was changed."))
    return redirect("desk:policies")


def _refuse_others(request: DeskRequest) -> None:
    if not request.user.can(Permission.SET_POLICY):
        raise PermissionDenied


def _render_policies(
    request: DeskRequest, *, form: PolicyAnswerForm | None = None, blockers: Sequence[str] = ()
) -> HttpResponse:
    waiting = []
    for record in open_policy_requests():
        prefix = f"answer-{record.pk}"
        shown = form if form and form.prefix == prefix else PolicyAnswerForm(prefix=prefix)
        waiting.append((record, describe_numbers(record), shown, record.recorded_by_id == request.user.pk))
    records = PolicyRecord.objects.exclude(act=PolicyAct.FOUND).order_by("-sequence")[:SHOWN]
    context = {
        "waiting": waiting,
        "records": [(record, describe_act(record), describe_numbers(record)) for record in records],
        "blockers": blockers,
    }
    status = refused_status(request, form)
    return render(request, "desk/policies.html", context, title=_("Changes of policies"), status=status)
