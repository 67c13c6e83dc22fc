"""Authorities in the admin: a list, and a page to add or change one. Services do the saving."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from editorial.accounts.admin import RoleAdmin
from editorial.accounts.roles import Permission
from editorial.desk.form_keeper import typed_data
from editorial.desk.frame import desk_user
from editorial.desk.writing.writing_admin import form_page

from .forms import ChangeAuthorityForm, NewAuthorityForm
from .models import Authority
from .services import save_authority

TEMPLATE = "drugs/desk/authority.html"


@admin.register(Authority)
class AuthorityAdmin(RoleAdmin):
    """Who decides about drugs. Nobody deletes one, because records name it."""

    change_permission = Permission.RECORD_FACTS
    list_display = ["code", "name", "jurisdiction", "role", "decision_term"]
    list_filter = ["role"]
    search_fields = ["code", "name", "jurisdiction"]
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)  # the others need no way to it in each menu

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied

        def act(typed: dict[str, Any]) -> str:
            made = save_authority(Authority(), **typed, user=desk_user(request), reason=_("created"))
            messages.success(request, _("%(name)s was added. Drugs can have its decisions now.") % {"name": made})
            return reverse("admin:drugs_authority_changelist")

        return form_page(
            request, NewAuthorityForm(typed_data(request)), act, template=TEMPLATE, title=_("New authority")
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        authority: Any = self.get_object(request, unquote(object_id))
        if authority is None:
            raise Http404
        can_write = self.has_change_permission(request)
        if request.method == "POST" and not can_write:
            raise PermissionDenied

        def act(typed: dict[str, Any]) -> str:
            save_authority(authority, **typed, user=desk_user(request))
            messages.success(request, _("Saved."))
            return str(request.path)

        form = ChangeAuthorityForm(typed_data(request), initial=ChangeAuthorityForm.opened(authority))
        return form_page(
            request, form, act, template=TEMPLATE, compare=form.compared, can_write=can_write,
            title=f"{authority.code}: {authority}",
        )  # fmt: skip

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied
