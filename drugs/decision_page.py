"""The page on which a decision is recorded or corrected: first what that will do, then the button that does it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from editorial.desk.form_keeper import is_keep_request
from editorial.desk.writing.writing_admin import form_page
from editorial.editions.blockers import Blocked

from .decision_preview import DecisionPreview, preview_event
from .forms import EventForm
from .models import ApprovalEvent, Monograph
from .typed_forms import describe_event_forms

PREVIEW = "preview"  # the button that only shows what would happen
SEEN = "_seen"  # what was shown; without it, a program records


def decision_page(
    request: HttpRequest,
    form: EventForm,
    save: Callable[[dict[str, Any]], ApprovalEvent],
    *,
    title: str,
    done: str,
    monograph: Monograph,
    event: ApprovalEvent | None = None,
) -> HttpResponse:
    """`save` runs the service with what was typed; it may raise Blocked. `event` is the one that is corrected."""
    preview: DecisionPreview | None = None
    refusal: Blocked | None = None
    is_previewing = request.method == "POST" and PREVIEW in request.POST and not is_keep_request(request)
    if is_previewing and form.is_valid():
        try:
            preview = preview_event(lambda: save(form.cleaned_data))
        except Blocked as blocked:
            refusal = blocked
        else:
            form.is_previewed = True

    def act(typed: dict[str, Any]) -> str:
        if refusal:
            raise refusal
        recorded = save(typed | ({"seen": request.POST[SEEN]} if SEEN in request.POST else {}))
        messages.success(request, done)
        for text in describe_event_forms(recorded, typed):
            messages.warning(request, text)
        return f"{reverse('admin:drugs_monograph_change', args=[monograph.pk])}#decisions"

    answer = form_page(
        request, form, act, template="drugs/desk/event.html", title=title, row=monograph, event=event, preview=preview
    )
    if preview:
        answer.status_code = 200  # nothing was refused
    return answer
