"""What the admin pages of every kind of content share: lists with each language's state, and no stock saving."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from editorial.accounts.admin import RoleAdmin
from editorial.accounts.languages import bcp47, own_name, source_column
from editorial.accounts.roles import Permission
from editorial.editions.states import LanguageState, load_states


class DocumentAdmin(RoleAdmin):
    """The list of one kind. Adding and changing are the kind's own pages, because they go through its services."""

    change_permission = Permission.WRITE
    list_display = ["working_title", "language_states", "address"]
    list_display_links = None
    list_select_related = ["document"]
    search_fields = [source_column("title"), "document__slug"]
    actions = None
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).order_by(source_column("title"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        # All rows' states in six queries, instead of some for each row.
        if hasattr(response, "context_data") and "cl" in response.context_data:
            rows = response.context_data["cl"].result_list
            found = load_states([row.pk for row in rows])
            for row in rows:
                row.states = found[row.pk]
        return response

    @admin.display(description=_("title"), ordering=source_column("title"))
    def working_title(self, row: Any) -> SafeString:
        edit = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        document = reverse("desk:document", args=[row.pk])
        return format_html(
            '<a href="{}"><strong>{}</strong></a> · <a href="{}">{}</a>',
            edit,
            str(row),
            document,
            _("Editions and sign-offs"),
        )

    @admin.display(description=_("languages"))
    def language_states(self, row: Any) -> SafeString:
        return format_html(
            '<ul class="states">{}</ul>',
            format_html_join(
                "",
                '<li><b lang="{}" title="{}">{}</b> {}</li>',
                (
                    (bcp47(state.language), own_name(state.language), state.language, state_badges(state))
                    for state in row.states.values()
                ),
            ),
        )

    @admin.display(description=_("address"))
    def address(self, row: Any) -> str:
        return str(row.document.slug)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied


def state_badges(state: LanguageState) -> SafeString:
    """A document's state in one language as badges."""
    return format_html_join(
        " ", '<span class="badge badge-{}">{}</span>', ((badge.value, badge.label) for badge in state.badges)
    )
