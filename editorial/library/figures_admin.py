"""Figures in the admin: a list with small pictures, and one page to add and to change them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.admin import RoleAdmin, first_words
from editorial.accounts.languages import source_text
from editorial.accounts.text_fields import TextForm
from editorial.desk.form_keeper import (
    answer_keep,
    changed_fields,
    forget_typed,
    form_keeper,
    is_keep_request,
    typed_data,
)
from editorial.desk.frame import desk_user, render
from editorial.editions.blockers import Blocked, refuse_if
from editorial.editions.working.conflicts import Conflict
from editorial.editions.working.copies import cite_blockers
from editorial.editions.working.row_conflicts import RowChanged

from .choices import answer_choices
from .figure_layout import address
from .figure_nodes import figure_node
from .forms import SharedForm
from .models import Figure
from .row_search import FIGURE_COLUMNS, search_rows
from .services.figures import FIELDS, NOT_STORED, WORDS, create_figure, save_figure
from .uploads import has_lost_upload

THUMB = 96  # pixels, the longer side


class FigureForm(TextForm):
    upload = forms.FileField(
        label=gettext_lazy("Picture"), required=False,
        help_text=gettext_lazy("PNG, JPEG, WebP or SVG, at most 15 MB. What is hidden in the file is taken out."),
        widget=forms.FileInput({"accept": ".png,.jpg,.jpeg,.webp,.svg"}),
    )  # fmt: skip


# The model knows each field's rule; they are written once, there.
for _name in ("decorative", *WORDS, "licence", "licence_url"):
    _field: Any = Figure._meta.get_field(_name)
    FigureForm.base_fields[_name] = _field.formfield()
for _name, _rows in (("alt", 3), ("caption", 4)):
    FigureForm.base_fields[_name].widget = forms.Textarea({"rows": _rows})
FigureForm.base_fields["caption"].help_text = gettext_lazy(
    "Explain the numbers in a picture as 1: … 2: … and readers get a list."
)


class NewFigureForm(FigureForm):
    key = Figure._meta.get_field("key").formfield(
        help_text=gettext_lazy("A short name that stays, for example checkpoint-inhibitor.")
    )
    field_order = ["key", "upload"]


class ChangeFigureForm(SharedForm, FigureForm):
    row_fields = FIELDS


@admin.register(Figure)
class FigureAdmin(RoleAdmin):
    """Nothing is deleted: editions show figures long after pages took them off."""

    list_display = ["picture", "described", "licence", "size"]
    list_display_links = None
    search_fields = FIGURE_COLUMNS
    actions = None
    list_per_page = 50

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_authenticated and not cite_blockers(request.user)

    def get_urls(self) -> list[URLPattern]:
        choices = path("choices/", self.admin_site.admin_view(self.choices), name="library_figure_choices")
        return [choices, *super().get_urls()]

    def choices(self, request: HttpRequest) -> JsonResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return answer_choices(request, Figure.objects.all(), FIGURE_COLUMNS)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return search_rows(queryset, first_words(search_term), FIGURE_COLUMNS), False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, figure: Figure) -> str:
        longer = max(figure.width, figure.height)
        width, height = (max(1, side * THUMB // longer) for side in (figure.width, figure.height))
        markup = '<img src="{}" width="{}" height="{}" alt="" loading="lazy">'
        return format_html(markup, address(figure.files[-1]), width, height)

    @admin.display(description=gettext_lazy("figure"), ordering="key")
    def described(self, figure: Figure) -> str:
        edit = reverse("admin:library_figure_change", args=[figure.pk])
        words = _("decorative") if figure.decorative else source_text(figure, "alt")
        return format_html('<a href="{}"><strong>{}</strong></a><br>{}', edit, figure.key, words)

    @admin.display(description=gettext_lazy("size"))
    def size(self, figure: Figure) -> str:
        return f"{figure.width} × {figure.height}"

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = NewFigureForm(typed_data(request), request.FILES or None)
        return self._answer(request, form, lambda typed: create_figure(**typed, user=desk_user(request)))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        figure = self.get_object(request, unquote(object_id))
        if not isinstance(figure, Figure):
            raise Http404

        def save(typed: dict[str, Any]) -> Figure:
            return save_figure(figure, **typed, user=desk_user(request))

        form = ChangeFigureForm(typed_data(request), request.FILES or None, initial=ChangeFigureForm.opened(figure))
        return self._answer(request, form, save, figure=figure)

    def _answer(
        self,
        request: HttpRequest,
        form: NewFigureForm | ChangeFigureForm,
        save: Callable[[dict[str, Any]], Figure],
        *,
        figure: Figure | None = None,
    ) -> HttpResponse:
        """What was typed stays in the form when it is refused; a browser alone can choose a file again."""
        blockers: list[str] = []
        conflicts: list[Conflict] = []
        status = 200
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            if is_keep_request(request):
                return answer_keep(request)
            status = 400
            if form.is_valid():
                try:
                    refuse_if([str(NOT_STORED)] if has_lost_upload(request) else [])
                    saved = save(form.cleaned_data)
                except Blocked as blocked:
                    blockers, status = blocked.blockers, 409
                    if isinstance(form, ChangeFigureForm):
                        conflicts = form.compared(blocked)
                    if isinstance(blocked, RowChanged) and isinstance(blocked.row, Figure):
                        figure = blocked.row
                else:
                    forget_typed(request)
                    messages.success(request, _("Saved. Readers see it when a page that shows it is signed."))
                    return redirect("admin:library_figure_change", saved.pk)
        context = {
            "form": form,
            "blockers": blockers,
            "conflicts": conflicts,
            "figure": figure_node(figure) if figure else None,
            "chosen_again": bool(status != 200 and (request.FILES or has_lost_upload(request))),
            "can_write": self.has_change_permission(request),
            "keeper": form_keeper(
                request,
                can_write=self.has_change_permission(request),
                compare=lambda typed: changed_fields(form, typed),
            ),
        }
        title = str(figure) if figure else _("New figure")
        return render(request, "library/desk/figure.html", context, title=title, status=status)
