"""People in the admin, and the rule of every admin page here: roles decide, not Django's own permissions."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import ReadOnlyPasswordHashField, ReadOnlyPasswordHashWidget, UserChangeForm
from django.contrib.auth.hashers import is_password_usable
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .formsets import CountedInlineFormSet
from .models import Reviewer, ReviewerLanguage, RoleGrant, User
from .roles import Permission
from .text_fields import clean_texts

MOST_SEARCHED = 20  # words


class RoleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's class takes no arguments at run time
    """An admin page that asks for a permission of ours. Nothing is deleted here."""

    view_permission = Permission.READ_DESK
    change_permission = Permission.SET_POLICY

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            clean_texts([field])
        return field

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> models.Model | None:
        """The row of this number as it is written: "+3", "03" and other digits name none, whatever they mean."""
        try:
            row = super().get_object(request, object_id, from_field)
        except OverflowError:  # a key that no database can hold leads nowhere, like any other that is not there
            return None
        return row if row is not None and str(row.pk) == object_id else None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        try:
            return super().changelist_view(request, {**title, **(extra_context or {})})
        except DisallowedModelAdminLookup:
            messages.warning(request, _("This list can't be filtered like that. All of it is shown."))
            return redirect(request.path)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the list's own filters ask: any other may break on a value, or tell what is in a column unseen."""
        column, _separator, kind = lookup.rpartition("__")
        filters = self.list_filter
        return lookup in filters or (column in filters and kind in ("exact", "isnull", "in"))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:  # somebody else saved the same a moment before: now the form sees it, and says so
            return super().changeform_view(request, *args, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: "models.QuerySet[Any]", search_term: str
    ) -> "tuple[models.QuerySet[Any], bool]":
        """By the first words of what was typed: each is a condition, and SQLite refuses a thousand."""
        return super().get_search_results(request, queryset, " ".join(search_term.split()[:MOST_SEARCHED]))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.is_authenticated and request.user.can(self.view_permission)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.is_authenticated and request.user.can(self.change_permission)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class RoleInline(admin.StackedInline):  # type: ignore[type-arg]  # as above
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


class PasswordStatusWidget(ReadOnlyPasswordHashWidget):
    """Whether there is a password, and the way to a new one. How it is hashed helps nobody here."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        is_set = bool(value) and is_password_usable(value)
        context["summary"] = [{"label": _("A password is set.") if is_set else _("No password is set.")}]
        return context


class PersonForm(UserChangeForm):  # type: ignore[type-arg]  # as above
    password = ReadOnlyPasswordHashField(
        label=_("Password"),
        widget=PasswordStatusWidget,
        help_text=_("Nobody can read a password here, only set a new one."),
    )


@admin.register(User)
class PeopleAdmin(RoleAdmin, UserAdmin):  # type: ignore[type-arg]  # as above
    form = PersonForm
    view_permission = change_permission = Permission.MANAGE_PEOPLE
    inlines = [GrantInline]
    list_display = ["username", "full_name", "email", "is_active", "is_staff"]
    list_filter = ["is_active", "roles__role"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Access"), {"fields": ["is_active", "is_staff"]}),
    ]

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.name

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None or self._can_set_password(request, obj):
            return super().get_fieldsets(request, obj)
        # No button that leads to a refusal.
        first, *others = super().get_fieldsets(request, obj)
        words = _("Only reviewers can set their own password. They can ask for a new one by email from the login page.")
        return [(first[0], {"fields": ["username"], "description": words}), *others]

    def _can_set_password(self, request: HttpRequest, person: User) -> bool:
        """Nobody sets a reviewer's password: whoever knows it can sign as them. They reset it by mail."""
        return person == request.user or not Reviewer.objects.filter(user=person).exists()

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        person = self.get_object(request, unquote(id))
        if isinstance(person, User) and not self._can_set_password(request, person):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    add_fieldsets = [
        (
            None,
            {"fields": ["username", "first_name", "last_name", "email", "usable_password", "password1", "password2"]},
        ),
        (_("Access"), {"fields": ["is_staff"]}),
    ]


@admin.register(Reviewer)
class ReviewerAdmin(RoleAdmin):
    view_permission = change_permission = Permission.MANAGE_PEOPLE
    inlines = [LanguageInline]
    list_display = ["name", "letters", "specialty", "valid_until"]

    def get_readonly_fields(self, request: HttpRequest, obj: Reviewer | None = None) -> list[str]:
        # Records carry the address: given to another person it would put two people's signatures on one page.
        # So are they a person's own: given to somebody else, that one would sign under them.
        return ["slug", "user"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Reviewer | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["name"]}


admin.site.unregister(Group)  # roles take their place
