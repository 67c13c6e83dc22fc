"""What the admin pages of every kind of content share: lists with each language's state, and no stock saving."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from editorial.accounts.admin import RoleAdmin
from editorial.accounts.languages import bcp47, own_name, source_column
from editorial.accounts.roles import Permission
from editorial.editions.kinds import kind_with_model
from editorial.editions.states import LanguageState, load_states
from editorial.editions.working.search_texts import find_by_address, find_documents


class DocumentList(ChangeList):
    """The list of one kind. It reads the states of all its rows at once, instead of row by row."""

    states: dict[int, dict[str, LanguageState]]

    def __init__(self, request: HttpRequest, model: type[Model], list_display: Sequence[Any], *options: Any):
        title, *columns = list_display
        super().__init__(request, model, [title, self.language_states, *columns], *options)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.states = load_states([row.pk for row in self.result_list])

    @admin.display(description=_("languages"))
    def language_states(self, row: Any) -> SafeString:
        items = (
            (bcp47(state.language), own_name(state.language), state.language, state_badges(state))
            for state in self.states[row.pk].values()
        )
        return format_html(
            '<ul class="states">{}</ul>',
            format_html_join("", '<li><b lang="{}" title="{}">{}</b> {}</li>', items),
        )


class DocumentAdmin(RoleAdmin):
    """The list of one kind. Adding and changing are the kind's own pages, because they go through its services."""

    change_permission = Permission.WRITE
    list_display = ["working_title", "address"]  # and each language's state, after the title
    list_display_links = None
    search_fields = [source_column("title"), "document__slug"]
    search_help_text = _("Finds the beginnings of words in titles and texts, in every language.")
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """By the address, which resembles the title: its index is read as far as the page goes. No discarded drafts."""
        kind = kind_with_model(self.model).name
        drafts = super().get_queryset(request).filter(document__kind=kind, document__is_discarded=False)
        return drafts.select_related("document").order_by("document__slug")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the words of any language, or by the beginning of the address."""
        if not search_term.strip():
            return queryset, False
        at_address = find_by_address(kind_with_model(self.model).name, search_term)
        return queryset.filter(pk__in=find_documents(search_term).union(at_address)), False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DocumentList

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

    @admin.display(description=_("address"), ordering="document__slug")
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
