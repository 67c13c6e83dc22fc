"""Logging in again in the middle of typing, and forms whose secret is out of date: what was typed stays."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from editorial.editions.blockers import Blocked

from ..form_keeper import ACCOUNT_FIELD, BROUGHT_BACK, PLACE_FIELD, WINDOW_FIELD, typed_fields
from ..form_owner import is_owner, is_scripts, refuse_others, session_ended
from ..frame import DeskRequest, desk_view, render
from ..kept_text import Fields, keep_text
from ..models import KeptText


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """GET: {"account", "csrf"}, the account "" where nobody is logged in. POST: log in again under the same account.

    A page's script asks for JSON; a page without one sends along what was typed, and is led back to it.
    """
    if request.method == "GET":
        return _state(request)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    place = request.POST.get(PLACE_FIELD, "")
    form = AdminAuthenticationForm(request, data=request.POST)
    if not is_owner(request.user, request.POST.get("username", "")):
        if not form.is_valid():
            problems = [str(problem) for errors in form.errors.values() for problem in errors]
            if wants_json:
                return JsonResponse({"problems": problems}, status=400)
            return session_ended(request, problems=problems)
        login(request, form.get_user())
    if wants_json:
        return _state(request)
    return _back_to(request, place, _fields(request.POST.get("_typed", "")))


def _state(request: HttpRequest) -> JsonResponse:
    account = request.user.get_username() if request.user.is_authenticated and request.user.is_staff else ""
    return JsonResponse({"account": account, "csrf": get_token(request)})


def _fields(typed: str) -> Fields:
    """What the page carried along; {} where somebody has changed it."""
    try:
        read: Any = json.loads(typed)
        return {str(name): [str(value) for value in values] for name, values in read.items()}
    except (ValueError, AttributeError, TypeError, RecursionError):
        return {}


def _back_to(request: HttpRequest, place: str, fields: Fields) -> HttpResponse:
    """To the page of the form, filled with what was typed. It is kept, and nothing is saved."""
    if not place.startswith("/admin/") or not url_has_allowed_host_and_scheme(place, None):
        return redirect("desk:queue")
    window = request.POST.get(WINDOW_FIELD) or uuid.uuid4().hex
    try:
        kept = keep_text(place, fields, window=window, user=request.user)  # type: ignore[arg-type]  # logged in
    except Blocked as blocked:
        messages.error(request, " ".join(blocked.blockers))
        return redirect("desk:queue")
    return redirect(f"{place}?{BROUGHT_BACK}={kept.pk}" if kept else place)


@desk_view
@require_POST
def throw_away(request: DeskRequest, pk: int) -> HttpResponse:
    """Somebody does not want what they typed any more."""
    kept = get_object_or_404(KeptText, pk=pk, user=request.user)
    kept.delete()
    messages.success(request, _("Thrown away."))
    return redirect(kept.place)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form without the right secret. Where it is one of ours, what was typed in it stays.

    A form from elsewhere is never filled in here: the browser names the origin of each form that it sends, and Django
    compared it before the secret.
    """
    if is_scripts(request):
        return refuse_others(request) or JsonResponse({}, status=403)
    account = request.POST.get(ACCOUNT_FIELD, "")
    is_from_here = "Origin" in request.headers and "Origin" not in reason
    if is_from_here and account:
        if refusal := refuse_others(request):
            return refusal
        place = request.POST.get(PLACE_FIELD) or (request.path if WINDOW_FIELD in request.POST else "")
        if place:
            messages.warning(request, _("This form had expired, so nothing was saved. Check your text and save again."))
            return _back_to(request, place, typed_fields(request.POST))
    typed = [value for values in typed_fields(request.POST).values() for value in values if " " in value.strip()]
    context = {"typed": typed if is_from_here and account else []}
    return render(request, "desk/expired.html", context, title=_("This form has expired"), status=403)
