"""Each reviewer's own absences; a head of content's for everybody."""

from collections.abc import Sequence

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked, FieldBlocker
from editorial.reviews import services
from editorial.reviews.models import Absence

from ..forms import AbsenceForm
from ..frame import DeskRequest, desk_view, refused_status, render


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: DeskRequest) -> HttpResponse:
    form = AbsenceForm(request.POST if request.method == "POST" else None, user=request.user)
    blockers, refused = list[str](), False
    if form.is_bound and form.is_valid():
        try:
            services.record_absence(user=request.user, **form.cleaned_data)
        except Blocked as blocked:
            blockers, refused = _show_beside_fields(form, blocked.blockers), True
        else:
            messages.success(request, _("Absence saved."))
            return redirect("desk:absence")
    return _render_absences(request, form, blockers, 409 if refused else refused_status(request, form))


@desk_view
@require_POST
def end_absence(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        services.end_absence(get_object_or_404(Absence, pk=pk), user=request.user)
    except Blocked as blocked:
        return _render_absences(request, AbsenceForm(None, user=request.user), blocked.blockers, 409)
    messages.success(request, _("Absence ended."))
    return redirect("desk:absence")


def _show_beside_fields(form: Form, blockers: list[str]) -> list[str]:
    """Shows what is about a field beside it; returns the rest."""
    for blocker in blockers:
        if isinstance(blocker, FieldBlocker):
            form.add_error(blocker.field, blocker)
    return [blocker for blocker in blockers if not isinstance(blocker, FieldBlocker)]


def _render_absences(request: DeskRequest, form: Form, blockers: Sequence[str], status: int) -> HttpResponse:
    today = timezone.localdate()
    absences = Absence.objects.filter(ended_at__isnull=True, until_day__gte=today).select_related("user", "deputy")
    context = {
        "form": form,
        "blockers": blockers,
        "can_note": request.user.can(Permission.REVIEW) or request.user.can(Permission.OVERSEE),
        "absences": [(absence, absence.from_day <= today, _can_end(request.user, absence)) for absence in absences],
    }
    return render(request, "desk/absence.html", context, title=_("Absences"), status=status)


def _can_end(user: User, absence: Absence) -> bool:
    return user.pk == absence.user_id or user.can(Permission.OVERSEE)
