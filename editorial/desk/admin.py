from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Field, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from editorial.accounts.admin import RoleAdmin
from editorial.accounts.languages import all_languages, column
from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import all_kinds, kind_label
from editorial.reviews.models import Mail, Numbers, OverduePolicy, Question, SignOffPolicy
from editorial.reviews.services import change_sign_off_policy, delete_overdue_policy, save_question, set_overdue_policy
from editorial.reviews.services.overdue import overdue_kinds, sign_offs_past_policy
from editorial.reviews.services.policies import numbers_of

from .forms import SignOffPolicyForm
from .frame import desk_user


class PerKindAdmin(RoleAdmin):
    """Rows about pages of one kind, or of every kind: it is chosen from a list, and called as people call it."""

    view_permission = Permission.SET_POLICY

    def kinds(self) -> list[tuple[str, str]]:
        return [("", kind_label("")), *((kind.name, kind_label(kind.name)) for kind in all_kinds())]

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "kind":
            return forms.ChoiceField(label=field.label, choices=self.kinds(), required=not db_field.blank)
        return field

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> "type[forms.ModelForm[Any]]":
        form = super().get_form(request, obj, change, **kwargs)
        field = form.base_fields.get("kind")
        kinds = dict(self.kinds())
        if obj and isinstance(field, forms.ChoiceField) and obj.kind not in kinds:
            # Older than the list: not to be widened unseen.
            field.choices = [(obj.kind, obj.kind), *kinds.items()]
        return form

    @admin.display(description=_("kind"), ordering="kind")
    def of_kind(self, row: Any) -> str:
        return kind_label(row.kind)


@admin.register(SignOffPolicy)
class SignOffPolicyAdmin(PerKindAdmin):
    """How many sign-offs a page needs. A change counts for editions that are submitted after it."""

    form = SignOffPolicyForm
    list_display = ["of_kind", "of_language", "sign_offs", "grave_sign_offs", "back_check"]
    actions = None  # nothing is deleted past the service

    @admin.display(description=_("language"), ordering="language")
    def of_language(self, row: SignOffPolicy) -> str:
        return row.get_language_display() or str(_("all languages"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: SignOffPolicy | None = None) -> list[str]:
        return ["of_kind", "of_language"] if obj else []

    def get_fields(self, request: HttpRequest, obj: SignOffPolicy | None = None) -> tuple[str, ...]:
        reach = ("of_kind", "of_language") if obj else ("kind", "language")
        return (*reach, "sign_offs", "grave_sign_offs", "back_check", "reason")

    def save_model(self, request: HttpRequest, obj: SignOffPolicy, form: Any, change: bool) -> None:
        _set(request, obj, numbers_of(obj), form.cleaned_data.get("reason", ""))

    def delete_model(self, request: HttpRequest, obj: SignOffPolicy) -> None:
        _set(request, obj, {}, "")

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The chain of records is the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As above."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """As above."""

    def response_add(self, request: HttpRequest, *arguments: Any, **keywords: Any) -> HttpResponse:
        return redirect("admin:reviews_signoffpolicy_changelist")

    response_change = response_delete = response_add


def _set(request: HttpRequest, policy: SignOffPolicy, numbers: Numbers, reason: str) -> None:
    """Says what came of it, which may be a request."""
    try:
        record = change_sign_off_policy(policy.kind, policy.language, numbers, user=desk_user(request), reason=reason)
    except Blocked as blocked:
        for blocker in blocked.blockers:
            messages.error(request, blocker)
        return
    if record is None:
        messages.info(request, _("Nothing was changed."))
    elif record.is_open:
        messages.warning(
            request,
            _("This asks for fewer sign-offs. It counts once another head of content or site admin agrees."),
        )
    else:
        messages.success(request, _("Saved. It counts for editions that are submitted from now on."))


WORDINGS = [f"text_{column(code)}" for code in all_languages()]


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no arguments at run time
    class Meta:
        model = Question
        fields = ["kind", "asked_of", "about", *WORDINGS, "order", "is_asked"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        source = f"text_{column(settings.SOURCE_LANGUAGE)}"
        for name in WORDINGS:
            self.fields[name].required = name == source
            self.fields[name].widget.attrs |= {"class": "vTextField", "dir": "auto"}


@admin.register(Question)
class QuestionAdmin(PerKindAdmin):
    """The checklist. Reviews keep the words that were read: a change counts for signatures after it."""

    form = QuestionForm
    list_display = ["__str__", "of_kind", "asked_of", "about", "order", "is_asked"]
    list_filter = ["is_asked", "asked_of", "about"]

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        try:
            save_question(obj, user=desk_user(request))
        except Blocked as blocked:  # a role that was taken away since the page was asked for
            raise PermissionDenied(str(blocked)) from blocked


@admin.register(OverduePolicy)
class OverduePolicyAdmin(PerKindAdmin):
    """When pages of a kind that nobody checks again come down. Deleting a policy turns it off."""

    list_display = ["of_kind", "after_days", "set_by_name", "set_at"]
    actions = None  # nothing is deleted past the service

    def kinds(self) -> list[tuple[str, str]]:
        return overdue_kinds()

    def get_fields(self, request: HttpRequest, obj: OverduePolicy | None = None) -> tuple[str, ...]:
        return ("of_kind" if obj else "kind", "after_days")

    def get_readonly_fields(self, request: HttpRequest, obj: OverduePolicy | None = None) -> list[str]:
        return ["of_kind"] if obj else []

    def save_model(self, request: HttpRequest, obj: OverduePolicy, form: Any, change: bool) -> None:
        try:
            set_overdue_policy(obj, user=desk_user(request))
        except Blocked as blocked:  # a role that was taken away since the page was asked for
            raise PermissionDenied(str(blocked)) from blocked
        if count := sign_offs_past_policy([obj], timezone.now()).count():
            message = ngettext(
                "%(count)s page is already past this limit. It will be taken down within a day.",
                "%(count)s pages are already past this limit. They will be taken down within a day.",
                count,
            )
            messages.warning(request, message % {"count": count})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: OverduePolicy) -> None:
        try:
            delete_overdue_policy(obj, user=desk_user(request))
        except Blocked as blocked:  # as above
            raise PermissionDenied(str(blocked)) from blocked


@admin.register(Mail)
class MailAdmin(RoleAdmin):
    """What waits, what was sent and what failed. To look at only."""

    view_permission = Permission.MANAGE_PEOPLE
    list_display = ["written_at", "user", "event", "edition", "state", "attempts", "not_before", "problem"]
    list_filter = ["state", "event", "in_digest", "urgent"]
    list_select_related = ["user", "edition"]
    ordering = ["-pk"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("edition__content")
