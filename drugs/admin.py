"""Monographs in the admin: a list, a page to write them, and the decisions of regulators."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.desk.form_keeper import typed_data
from editorial.desk.frame import desk_user
from editorial.desk.page_search import find_pages
from editorial.editions.freezing import Candidate
from editorial.editions.kinds import kind_with_model
from editorial.library.choices import MOST, asked_words
from editorial.library.topics_admin import TopicalAdmin

from . import (
    approval_history,
    authorities_admin,  # noqa: F401 (registers it)
)
from .decision_defaults import default_decision
from .decision_page import decision_page
from .forms import LISTS, CorrectionForm, EventForm, MonographForm
from .labels import STATES
from .models import ApprovalEvent, Monograph
from .services import correct_event, record_event
from .services.authorities import find_authorities
from .services.events import to_decisions
from .services.events_in_force import find_events_in_force
from .services.verifications import verifying_blockers
from .typed_forms import describe_row_forms
from .urgent_news import find_urgent_news
from .verification_page import verification_page


@admin.register(Monograph)
class MonographAdmin(TopicalAdmin):
    change_permission = Permission.RECORD_FACTS
    new_title = gettext_lazy("New monograph")
    write_form = MonographForm
    write_template = "drugs/desk/write.html"
    lists = LISTS

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("choices/", self.admin_site.admin_view(self.choices), name="drugs_monograph_choices"),
            path("<int:pk>/record/", self.admin_site.admin_view(self.record), name="drugs_event_record"),
            path("decisions/<int:pk>/correct/", self.admin_site.admin_view(self.correct), name="drugs_event_correct"),
            path("decisions/<int:pk>/verify/", self.admin_site.admin_view(self.verify), name="drugs_event_verify"),
        ]
        return own + super().get_urls()

    def choices(self, request: HttpRequest) -> JsonResponse:
        """The drugs that the box for a partner offers."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        drugs = find_pages(kind_with_model(Monograph), " ".join(asked_words(request)), MOST)
        return JsonResponse({"choices": [{"value": drug.document.slug, "name": str(drug)} for drug in drugs]})

    def more_context(self, row: Any, user: User, frozen: Candidate) -> dict[str, Any]:
        return {**super().more_context(row, user, frozen), "decisions": _decisions(row, user)}

    def describe_forms(self, row: Any, rows: Mapping[str, list[dict[str, Any]]]) -> Iterable[str]:
        return describe_row_forms(row, rows)

    def record(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record what a regulator did."""
        self._refuse_others(request)
        monograph: Any = self.get_object(request, str(pk))
        if monograph is None:
            raise Http404

        def save(typed: dict[str, Any]) -> ApprovalEvent:
            return record_event(monograph.document, user=desk_user(request), **typed)

        initial = default_decision(monograph, request.GET.get("approval", ""))
        form = EventForm(typed_data(request), initial=initial, monograph=monograph)
        if initial.get("application"):
            form.fields["application"].help_text = _("Filled in from the product.")
        title = _("Record a decision: %(drug)s") % {"drug": monograph}
        done = _("Recorded. Readers see it once it is verified and the page is signed.")
        return decision_page(request, form, save, title=title, done=done, monograph=monograph)

    def correct(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put another event in the place of a wrong one."""
        self._refuse_others(request)
        event = get_object_or_404(ApprovalEvent, pk=pk)
        monograph = get_object_or_404(Monograph, pk=event.document_id)

        def save(typed: dict[str, Any]) -> ApprovalEvent:
            return correct_event(event, user=desk_user(request), **typed)

        initial = {
            name: getattr(event, name) for name in CorrectionForm.base_fields if name not in ("note", "is_unsafe")
        }
        form = CorrectionForm(typed_data(request), initial=initial, monograph=monograph)
        title = _("Correct: %(event)s") % {"event": event}
        done = _("Corrected. Both events stay on record.")
        return decision_page(request, form, save, title=title, done=done, monograph=monograph, event=event)

    def verify(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say that the source says so. Whoever reads the desk may look; the service says who may verify."""
        if not desk_user(request).can(Permission.READ_DESK):
            raise PermissionDenied
        events = ApprovalEvent.objects.select_related("product", "approval", "corrects__product", "verification")
        event = get_object_or_404(events, pk=pk)
        return verification_page(request, event, get_object_or_404(Monograph, pk=event.document_id))

    def _refuse_others(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied


def _decisions(monograph: Monograph, user: User) -> list[dict[str, Any]]:
    """Every approval with its state today and its events, and last what concerns the drug as a whole."""
    dated = ApprovalEvent.objects.filter(document=monograph.document).order_by("happened_on", "sequence")
    by_approval: dict[int | None, list[ApprovalEvent]] = {}
    for event in dated.select_related("corrected_by", "verification", "reference", "approval", "product"):
        by_approval.setdefault(event.approval_id, []).append(event)
    verifiable = {
        event.pk for events in by_approval.values() for event in events if not any(verifying_blockers(event, user))
    }
    approvals = list(monograph.approvals.all())
    authorities = find_authorities(approval.authority for approval in approvals)
    verified: dict[int | None, list[ApprovalEvent]] = {}
    for event in find_events_in_force({monograph.document_id}):
        verified.setdefault(event.approval_id, []).append(event)
    in_force = {event.pk for events in verified.values() for event in events}
    urgent = {event.pk for events in by_approval.values() for event in events if find_urgent_news(event)}
    rows: list[dict[str, Any]] = []
    for approval in approvals:
        if approval.pk not in by_approval and approval.retired:
            continue
        authority = authorities.get(approval.authority)
        state = approval_history.name_state(
            approval_history.state_on(map(to_decisions, verified.get(approval.pk, [])), timezone.localdate()),
            authority.funding_term if authority else "",
        )
        rows.append(
            {
                "approval": approval,
                "state": state,
                "state_name": STATES[state.status],
                "events": by_approval.get(approval.pk, []),
                "verifiable": verifiable,
                "in_force": in_force,
                "urgent": urgent,
            }
        )
    if None in by_approval:
        of_drug = {"events": by_approval[None], "verifiable": verifiable, "in_force": in_force, "urgent": urgent}
        rows.append({"approval": None, "state": None, **of_drug})
    return rows
