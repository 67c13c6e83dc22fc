"""A form is saved by whoever it was opened by, and by nobody who is logged in at the same browser meanwhile."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from editorial.accounts.models import User

from .form_keeper import ACCOUNT_FIELD, PLACE_FIELD, WINDOW_FIELD, is_keep_request, typed_fields
from .frame import render


class FormOwnerMiddleware:
    """Answers in the place of a view where a form comes from another account's page, or after its session ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        return refuse_others(request) if request.method == "POST" and is_of_the_desk(request) else None


def is_of_the_desk(request: HttpRequest) -> bool:
    """Whether there is a session to ask: readers' pages have none, and are to be the same for everybody."""
    return request.path.startswith("/admin/")


def refuse_others(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form that is not of the account that is logged in; None where it is, or does not say."""
    account = request.POST.get(ACCOUNT_FIELD)
    if not account or is_owner(request.user, account):
        return None
    is_nobodys = not request.user.is_authenticated
    if is_scripts(request):
        return JsonResponse({}, status=401 if is_nobodys else 409)
    return session_ended(request) if is_nobodys else _other_account(request)


def is_scripts(request: HttpRequest) -> bool:
    """Whether a page's script sent it, and shows no page that answers it."""
    return is_keep_request(request) or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def is_owner(user: User | AnonymousUser, account: str) -> bool:
    return user.is_authenticated and user.get_username() == account


def _other_account(request: HttpRequest) -> HttpResponse:
    """Nothing of what was sent is shown or kept: it is not theirs."""
    title = _("This form was opened with another account")
    return _uncached(render(request, "desk/other_account.html", {"keeper": None}, title=title, status=409))


def session_ended(request: HttpRequest, *, problems: list[str] | None = None) -> HttpResponse:
    """A log-in that carries what was sent with it, and leads back to it in its form."""
    sent = request.POST
    context = {
        "account": sent.get(ACCOUNT_FIELD) or sent.get("username", ""),
        "window": sent.get(WINDOW_FIELD, ""),
        "place": sent.get(PLACE_FIELD) or request.path,
        "typed": sent.get("_typed") or json.dumps(dict(typed_fields(sent)), ensure_ascii=False),
        "problems": problems or [],
    }
    return _uncached(render(request, "desk/session_ended.html", context, title=_("Your session has ended"), status=403))


def _uncached(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response
