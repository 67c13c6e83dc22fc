"""What all kinds of content share, in the admin."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from editorial.accounts.admin import RoleAdmin, first_words
from editorial.desk.form_keeper import typed_data
from editorial.desk.frame import desk_user
from editorial.desk.writing.writing_admin import form_page
from editorial.editions.working.copies import cite_blockers

from . import figures_admin, topics_admin  # noqa: F401 (registers them)
from .choices import answer_choices
from .citation_search import search_citations
from .forms import ChangeReferenceForm, NewReferenceForm
from .models import Reference
from .row_search import REFERENCE_COLUMNS, search_rows
from .services import create_reference, save_reference


@admin.register(Reference)
class ReferenceAdmin(RoleAdmin):
    """The library's sources: searched, added and changed; never deleted, because texts cite them."""

    list_display = ["key", "title", "source", "doi", "pmid"]
    search_fields = REFERENCE_COLUMNS
    actions = None
    list_per_page = 50

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_authenticated and not cite_blockers(request.user)

    def get_urls(self) -> list[URLPattern]:
        choices = path("choices/", self.admin_site.admin_view(self.choices), name="library_reference_choices")
        return [path("pick/", search_citations, name="library_pick"), choices, *super().get_urls()]

    def choices(self, request: HttpRequest) -> JsonResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return answer_choices(request, Reference.objects.all(), REFERENCE_COLUMNS)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return search_rows(queryset, first_words(search_term), REFERENCE_COLUMNS), False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied

        def act(typed: dict[str, Any]) -> str:
            made = create_reference(**typed, user=desk_user(request))
            messages.success(request, _("Added. Cite it in the text as [@%(key)s].") % {"key": made.key})
            return reverse("admin:library_reference_changelist")

        return self._form_page(request, NewReferenceForm(typed_data(request)), act, title=_("New reference"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        reference: Any = self.get_object(request, unquote(object_id))
        if reference is None:
            raise Http404
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied

        def act(typed: dict[str, Any]) -> str:
            save_reference(reference, **typed, user=desk_user(request))
            messages.success(request, _("Saved."))
            return str(request.path)

        form = ChangeReferenceForm(typed_data(request), initial=ChangeReferenceForm.opened(reference))
        return self._form_page(
            request, form, act, compare=form.compared, can_write=self.has_change_permission(request),
            title=str(reference), reference=reference,
        )  # fmt: skip

    def _form_page(
        self, request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], str], **context: Any
    ) -> HttpResponse:
        return form_page(request, form, act, template="library/desk/reference.html", **context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied
