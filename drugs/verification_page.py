"""The page on which somebody verifies what another recorded: its fields, its source, and what disagrees."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.desk.form_keeper import is_keep_request, typed_data
from editorial.desk.frame import desk_user
from editorial.desk.writing.writing_admin import form_page

from .forms import VerificationForm
from .models import ApprovalEvent, Monograph
from .services import verify_event
from .services.verifications import find_disagreements, verifying_blockers

COMPARE = "compare"  # the button that only asks what disagrees

# In the order in which the page shows them.
_FIELDS = (
    "kind", "approval_words", "product", "pathway", "happened_on", "announced_on", "authority", "application",
    "submission",
)  # fmt: skip


def verification_page(request: HttpRequest, event: ApprovalEvent, monograph: Monograph) -> HttpResponse:
    """What was recorded and its source, side by side with the form that says that the source says so."""
    user = desk_user(request)
    blockers = list(verifying_blockers(event, user))
    typed = typed_data(request)
    sentence = typed.get("sentence", "") if typed else ""
    is_comparing = request.method == "POST" and COMPARE in request.POST and not is_keep_request(request)
    form = VerificationForm(typed, disagreements=find_disagreements(event, sentence), is_comparing=is_comparing)

    def act(given: dict[str, Any]) -> str:
        verify_event(event, user=user, **given)
        messages.success(request, _("Verified. Submit the page, so that readers see it when it is signed."))
        return f"{reverse('admin:drugs_monograph_change', args=[monograph.pk])}#decisions"

    answer = form_page(
        request,
        form,
        act,
        template="drugs/desk/verify.html",
        title=_("Verify: %(event)s") % {"event": event},
        can_write=not blockers,
        row=monograph,
        event=event,
        facts=list(_facts(event)),
        why_not=blockers,
    )
    if is_comparing:
        answer.status_code = 200  # nothing was refused
    return answer


def _facts(event: ApprovalEvent) -> Iterator[tuple[str, str, str]]:
    """(label, what was recorded, what it takes the place of, where that is otherwise)."""
    for name in _FIELDS:
        field: Any = ApprovalEvent._meta.get_field(name)
        label = _("approval") if name == "approval_words" else str(field.verbose_name)
        shown = _shown(event, name)
        before = _shown(event.corrects, name) if event.corrects else shown
        if shown or before != shown:
            yield capfirst(label), shown or "–", "" if before == shown else before or "–"


def _shown(event: ApprovalEvent, name: str) -> str:
    if name in ("kind", "pathway"):
        return str(getattr(event, f"get_{name}_display")())
    value = getattr(event, name)
    if name.endswith("_on"):
        return date_format(value, "DATE_FORMAT") if value else ""
    return str(value or "")
