"""People in the admin. What a form would change is worked out, undone, and handed to the service that may ask."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from editorial.accounts.admin import RoleAdmin
from editorial.accounts.formsets import CountedInlineFormSet
from editorial.accounts.models import Reviewer, ReviewerLanguage, RoleGrant, User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked

from .account_log import read_log
from .descriptions import describe_changes
from .facts import compare_facts, describe_person
from .models import open_requests
from .services import change_person, end_sessions, record_new_person, send_password_link


class RoleInline(admin.StackedInline):  # type: ignore[type-arg]  # Django's class takes no arguments at run time
    """Parts of a page whose own permission counts for them too. Stacked: Django labels no field of a tabular one."""

    extra = 0
    formset = CountedInlineFormSet

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.is_authenticated and request.user.can(Permission.MANAGE_PEOPLE)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class GrantInline(RoleInline):
    model = RoleGrant
    fields = [("role", "language")]


class LanguageInline(RoleInline):
    model = ReviewerLanguage


class PersonForm(UserChangeForm):  # type: ignore[type-arg]  # as above
    password = None  # type: ignore[assignment]  # nobody sets another's: see `has_password`


class NewPersonForm(ModelForm):  # type: ignore[type-arg]  # as above
    """Without a password: a link to set one goes to the address."""

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "is_staff"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["is_staff"].initial = True


class AskingAdmin(RoleAdmin):
    """Saving a form changes what one person may change alone, and asks for the rest."""

    view_permission = change_permission = Permission.MANAGE_PEOPLE

    def person_of(self, row: Any) -> User:
        raise NotImplementedError

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not self.has_change_permission(request):
            return super().changeform_view(request, *args, **kwargs)
        with transaction.atomic():
            response = super().changeform_view(request, *args, **kwargs)
            person = getattr(response, "changed_person", None)
            if person is None:
                return response
            after = describe_person(person)
            transaction.set_rollback(True)
        try:
            outcome = change_person(person, compare_facts(describe_person(person), after), user=request.user)  # type: ignore[arg-type]  # signed in
        except Blocked as blocked:
            messages.error(request, " ".join(blocked.blockers))
            return redirect(request.get_full_path())
        if outcome.done:
            self.log_change(request, person, "; ".join(describe_changes(outcome.done)))
            messages.success(request, _("Saved: %(changes)s") % {"changes": "; ".join(describe_changes(outcome.done))})
        if outcome.request:
            asked = "; ".join(describe_changes(outcome.request.changes))
            messages.warning(request, _("Counts once a second person agrees: %(changes)s") % {"changes": asked})
        if not (outcome.done or outcome.request):
            messages.info(request, _("Nothing was changed."))
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """The form, with what already waits for a second person."""
        row = context.get("original")
        if row is not None and request.method == "GET":
            for change in open_requests().filter(person=self.person_of(row)):
                waiting = "; ".join(describe_changes(change.changes))
                messages.warning(request, _("Waiting for a second person: %(changes)s") % {"changes": waiting})
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response = HttpResponse()
        response.changed_person = self.person_of(obj)  # type: ignore[attr-defined]  # read above, never sent
        return response

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self.response_change(request, obj)


@admin.register(User)
class PeopleAdmin(AskingAdmin, UserAdmin):  # type: ignore[type-arg]  # as above
    form = PersonForm
    add_form = NewPersonForm
    change_form_template = "people/change_person.html"
    list_display = ["username", "full_name", "email", "is_active", "is_staff"]
    list_filter = ["is_active", "roles__role"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "has_password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Access"), {"fields": ["is_active", "is_staff"]}),
    ]
    readonly_fields = ["has_password"]
    add_fieldsets = [
        (
            None,
            {
                "fields": ["username", "first_name", "last_name", "email"],
                "description": _("A link to set a password is emailed to them. You give them roles on the next page."),
            },
        ),
        (_("Access"), {"fields": ["is_staff"]}),
    ]

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.name

    @admin.display(description=_("Password"))
    def has_password(self, user: User) -> str:
        return str(_("A password is set.") if user.has_usable_password() else _("No password is set."))

    def person_of(self, row: Any) -> User:
        return row  # type: ignore[no-any-return]  # a user

    def get_inlines(self, request: HttpRequest, obj: User | None = None) -> Any:
        return [GrantInline] if obj else []

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/link/", self.admin_site.admin_view(self.link_view), name="accounts_user_link"),
            path("<int:pk>/log-out/", self.admin_site.admin_view(self.log_out_view), name="accounts_user_log_out"),
        ]
        return own + super().get_urls()

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_new = (args[0] if args else kwargs.get("object_id")) is None
        # A new person may nothing yet, so there is nothing to ask for.
        return (
            RoleAdmin.changeform_view(self, request, *args, **kwargs)
            if is_new
            else super().changeform_view(request, *args, **kwargs)
        )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            try:
                record_new_person(obj, user=request.user)  # type: ignore[arg-type]  # signed in
            except Blocked as blocked:  # a role that was taken away since the page was asked for
                raise PermissionDenied(str(blocked)) from blocked

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, _("%(name)s will be emailed a link to set a password.") % {"name": obj.name})
        return redirect("admin:accounts_user_change", obj.pk)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Nobody sets another's password: whoever knows it can act as them. One's own has a page that asks for it."""
        raise PermissionDenied

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What was done about them and under their name: the log that they read themselves on the desk."""
        person: Any = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("Account log: %(name)s") % {"name": person.name},
            "person": person,
            "entries": read_log(person),
            "opts": self.opts,
        }
        return TemplateResponse(request, "people/log.html", context)

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Email the person a link to set a password."""

        def act(person: User) -> str:
            send_password_link(person, user=request.user)  # type: ignore[arg-type]  # signed in
            return str(_("%(name)s will be emailed a link to set a password.") % {"name": person.name})

        return self._act(request, pk, act)

    def log_out_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End every session of the person."""

        def act(person: User) -> str:
            end_sessions(person, user=request.user)  # type: ignore[arg-type]  # signed in
            return str(_("%(name)s was logged out everywhere.") % {"name": person.name})

        return self._act(request, pk, act)

    def _act(self, request: HttpRequest, pk: int, act: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        person: Any = self.get_object(request, str(pk))
        if person is None:
            raise Http404
        try:
            messages.success(request, act(person))
        except Blocked as blocked:
            messages.error(request, " ".join(blocked.blockers))
        return redirect("admin:accounts_user_change", person.pk)


@admin.register(Reviewer)
class ReviewerAdmin(AskingAdmin):
    inlines = [LanguageInline]
    list_display = ["name", "letters", "specialty", "distinction", "valid_until"]

    def person_of(self, row: Any) -> User:
        return row.user  # type: ignore[no-any-return]  # a reviewer's

    def get_readonly_fields(self, request: HttpRequest, obj: Reviewer | None = None) -> list[str]:
        # Records carry the address: given to another person it would put two people's signatures on one page.
        # So are they a person's own: given to somebody else, that one would sign under them.
        return ["slug", "user"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Reviewer | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["name"]}


admin.site.unregister(Group)  # roles take their place
