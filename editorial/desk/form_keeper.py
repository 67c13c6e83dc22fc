"""Forms whose text is kept while it is typed: what their views and their templates need for it.

The page of such a form sends what is typed to its own address (`is_keep_request`), so that whoever may write there may
keep there. Opened again, it offers what was kept (`form_keeper`), and shows it where that is asked for (`typed_data`):
it is as though it had just been typed, with the version that it was typed on, and only saving changes anything.
"""

import copy
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.editions.blockers import Blocked
from editorial.editions.working.conflicts import Conflict

from .frame import desk_user
from .kept_text import (
    WINDOW,
    Fields,
    delete_kept_text,
    find_kept_text,
    keep_text,
    list_kept_texts,
    read_fields,
)
from .models import KeptText

# What the page sends besides its form's own fields: whose page it is, which of their windows, and that it is only kept.
ACCOUNT_FIELD, WINDOW_FIELD, KEEP_FIELD = "_account", "_window", "_keep"
PLACE_FIELD = "_place"  # the address of its page, where the form itself goes elsewhere
BROUGHT_BACK = "kept"  # in the address: the key of what is shown in the form

_NOT_TYPED = re.compile(r"_.*|csrfmiddlewaretoken|.*password.*")

Compare = Callable[[QueryDict], Sequence[Conflict] | None]  # what the typed fields change; None where nobody can tell


@dataclass(frozen=True, slots=True)
class Offer:
    """What is kept, and what it would change of what is saved."""

    kept: KeptText
    changes: Sequence[Conflict]


@dataclass(frozen=True, slots=True)
class FormKeeper:
    """What a page's template needs to keep its form: see `templates/desk/_kept_fields.html`."""

    account: str
    window: str
    url: str
    offers: Sequence[Offer]
    brought_back: KeptText | None
    is_unsaved: bool  # what the page shows in its form was typed


def typed_fields(sent: QueryDict) -> Fields:
    """What was typed of what was sent: no password, nothing of the frame's."""
    return {name: values for name, values in sent.lists() if not _NOT_TYPED.fullmatch(name)}


def is_keep_request(request: HttpRequest) -> bool:
    return request.method == "POST" and KEEP_FIELD in request.POST


def answer_keep(request: HttpRequest, place: str = "") -> JsonResponse:
    """Keep what was sent. The view has asked whether this person may write here; `place` is the page's own address."""
    try:
        kept = keep_text(
            place or request.path,
            typed_fields(request.POST),
            window=request.POST.get(WINDOW_FIELD, ""),
            user=desk_user(request),
        )
    except Blocked as blocked:
        return JsonResponse({"said": " ".join(blocked.blockers)}, status=400)
    if kept is None:
        return JsonResponse({"said": ""})
    time = date_format(timezone.localtime(kept.kept_at), "TIME_FORMAT")
    return JsonResponse({"said": _("Kept %(time)s, not saved yet") % {"time": time}})


def typed_data(request: HttpRequest) -> QueryDict | None:
    """What a view fills its form with: what was sent, or what was kept and is asked for; else None.

    Raises Http404 for what is not kept, is somebody else's, or belongs to another page.
    """
    if request.method == "POST":
        return request.POST or None
    kept = _brought_back(request, request.path, desk_user(request))
    return read_fields(kept) if kept else None


def _brought_back(request: HttpRequest, place: str, user: User) -> KeptText | None:
    key = request.GET.get(BROUGHT_BACK, "")
    if request.method == "POST" or not key:
        return None
    kept = find_kept_text(int(key), user=user) if re.fullmatch(r"[0-9]{1,18}", key) else None
    if kept is None or kept.place != place:
        raise Http404
    return kept


def form_keeper(
    request: HttpRequest, *, can_write: bool = True, compare: Compare | None = None, keep_url: str = ""
) -> FormKeeper | None:
    """What the page needs to keep its form; None for who only looks at it. Costs one question where nothing is kept.

    With `keep_url`, a page of many small forms: what is typed goes there, and its script puts it back into its boxes.
    """
    user = desk_user(request)
    if not can_write:
        return None
    brought_back = None if keep_url else _brought_back(request, request.path, user)
    window = request.POST.get(WINDOW_FIELD, "") if brought_back is None else brought_back.window
    offers = []
    if request.method != "POST":
        for kept in list_kept_texts(request.path, user=user):
            if kept == brought_back:
                continue
            changes = compare(read_fields(kept)) if compare else None
            if changes != []:  # it says what is saved already
                offers.append(Offer(kept, changes or ()))
    return FormKeeper(
        user.get_username(),
        window if WINDOW.fullmatch(window) else uuid.uuid4().hex,
        keep_url or request.path,
        offers,
        brought_back,
        not keep_url and (request.method == "POST" or brought_back is not None),
    )


def login_keeper(request: HttpRequest) -> FormKeeper:
    """What a page needs whose forms only let their person log in again: nothing is kept."""
    return FormKeeper(desk_user(request).get_username(), "", "", (), None, False)


def forget_typed(request: HttpRequest) -> None:
    """What was sent from this window is saved, and is kept no longer."""
    window = request.POST.get(WINDOW_FIELD, "")
    if WINDOW.fullmatch(window):
        delete_kept_text(request.path, window=window, user=desk_user(request))


def changed_fields(form: forms.Form, typed: QueryDict) -> list[Conflict]:
    """What these fields change of what a form was opened with, by their labels."""
    filled = copy.copy(form)
    filled.data, filled.is_bound, filled._errors, filled._bound_fields_cache = typed, True, None, {}  # type: ignore[attr-defined]
    return [
        Conflict(str(filled[name].label), str(filled.initial.get(name) or ""), str(filled[name].value() or ""))
        for name in filled.changed_data
        if not filled.fields[name].widget.is_hidden
    ]
