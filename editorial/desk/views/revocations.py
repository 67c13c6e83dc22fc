"""Revoking a sign-off, or all that one person signed since a day."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from editorial.accounts.models import User
from editorial.editions.blockers import Blocked
from editorial.editions.models import SignOff
from editorial.editions.states import PublicState
from editorial.reviews import services
from editorial.reviews.revocation_impact import find_ended_releases

from ..form_keeper import answer_keep, changed_fields, forget_typed, form_keeper, is_keep_request, typed_data
from ..forms import ReasonForm, ShownSignerForm, SignerForm
from ..frame import DeskRequest, desk_view, refused_status, render

SHOWN = 200  # of a long list; the counts are of all


@desk_view
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    sign_off = get_object_or_404(SignOff.objects.select_related("document", "edition", "recorded_by"), pk=pk)
    blockers = list(services.revocation_blockers(sign_off, request.user, reason="-"))  # that is typed and sent yet
    can_write = not blockers
    if is_keep_request(request) and can_write:
        return answer_keep(request)
    form = ReasonForm(typed_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.revoke_sign_off(sign_off, user=request.user, **form.cleaned_data)
        except Blocked as blocked:
            blockers = blocked.blockers
        else:
            forget_typed(request)
            messages.success(request, _("Revoked."))
            return redirect("desk:document", pk=sign_off.document_id)
    context = {
        "sign_off": sign_off,
        "signed_on": timezone.localtime(sign_off.signed_at).date(),
        "form": form,
        "blockers": blockers,
        "keeper": form_keeper(request, can_write=can_write, compare=lambda typed: changed_fields(form, typed)),
    }
    title = _("Revoke a sign-off")
    return render(request, "desk/revoke.html", context, title=title, status=refused_status(request, form))


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_since(request: DeskRequest) -> HttpResponse:
    """Choose the person and the day and see what that reaches; POST revokes it."""
    is_sent = request.method == "POST"
    # A link may name the person alone; the day is then still to be chosen.
    query = request.GET if "since" in request.GET else None
    initial = {"signer": request.GET.get("signer", "")}
    choice = ShownSignerForm(request.POST) if is_sent else SignerForm(query, initial=initial)
    form, blockers = ReasonForm(request.POST if is_sent else None), []
    chosen = choice.cleaned_data if choice.is_bound and choice.is_valid() else {}
    if is_sent and chosen and form.is_valid():
        try:
            done = services.revoke_sign_offs_since(**chosen, user=request.user, **form.cleaned_data)
        except Blocked as blocked:
            blockers = blocked.blockers
        else:
            message = ngettext("%(number)s sign-off revoked.", "%(number)s sign-offs revoked.", len(done))
            messages.success(request, message % {"number": len(done)})
            return redirect("desk:queue")
    refused = list(services.revoker_blockers(chosen["signer"], request.user)) if chosen else []
    context = {
        "choice": choice,
        "form": form,
        "blockers": blockers or refused,
        "can_revoke": not refused,
        **_reached(**chosen),
    }
    status = refused_status(request, form if chosen else choice)
    return render(request, "desk/revoke_since.html", context, title=_("Revoke sign-offs"), status=status)


def _reached(signer: User | None = None, since: date | None = None) -> dict[str, Any]:
    """What would be revoked, and what would leave the site with it. A number of queries that does not depend on it."""
    if signer is None or since is None:
        return {}
    sign_offs = list(services.unrevoked_sign_offs_since(signer, since).select_related("edition"))
    fallen, now = find_ended_releases(sign_offs), timezone.now()
    return {
        "signer": signer,
        "since": since,
        "sign_offs": sign_offs[:SHOWN],
        "count": len(sign_offs),
        "fallen": [
            (release, (PublicState.LIVE if release.released_from <= now else PublicState.SCHEDULED).label)
            for release in fallen[:SHOWN]
        ],
        "falling": len(fallen),
    }
