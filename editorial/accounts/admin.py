"""The rule of every admin page here: roles decide, not Django's own permissions."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .list_pages import BoundedPaginator
from .roles import Permission
from .text_fields import clean_texts

MOST_SEARCHED = 20  # words


def first_words(search_term: str) -> str:
    """As many words of what was typed as a list looks for."""
    return " ".join(search_term.split()[:MOST_SEARCHED])


class RoleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's class takes no arguments at run time
    """An admin page that asks for a permission of ours. Nothing is deleted here."""

    view_permission = Permission.READ_DESK
    change_permission = Permission.SET_POLICY
    paginator = BoundedPaginator
    show_full_result_count = False

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
        return super().get_search_results(request, queryset, first_words(search_term))

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
