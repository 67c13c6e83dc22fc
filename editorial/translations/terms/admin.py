"""Terms on the desk: the list, a page to add or change one, and tables in and out. Services do the deciding."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from editorial.accounts.admin import RoleAdmin
from editorial.accounts.languages import bcp47, language_name, target_languages
from editorial.desk.form_keeper import typed_data
from editorial.desk.frame import desk_user, refused_status, render
from editorial.desk.queue.csv_export import csv_response
from editorial.desk.writing.writing_admin import form_page
from editorial.editions.blockers import Blocked

from ..models.terms import Act, Level, Term, TermTranslation
from .csv_files import LARGEST_FILE, read_terms, term_table, too_large
from .decisions import decide_blockers, decided_languages
from .forms import ImportForm, TermForm
from .imports import import_terms
from .services import (
    TermChanged,
    add_term,
    affected_blockers,
    affected_languages,
    change_term,
    restore_term,
    retire_term,
)
from .unit_terms import SIGNS

SHOWN = 100  # decisions of a term, and of an import
BATCH = 500  # terms that an export has in memory


class LanguageFilter(admin.SimpleListFilter):
    title = gettext_lazy("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(language, language_name(language)) for language in target_languages()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in target_languages():
            return queryset
        of_language = TermTranslation.objects.filter(language=self.value())
        shown = Prefetch("translations", of_language)
        return queryset.filter(pk__in=of_language.values("term")).prefetch_related(None).prefetch_related(shown)


@admin.register(Term)
class TermAdmin(RoleAdmin):
    """Nobody deletes a term: decisions name it."""

    list_display = ["text", "called", "noted"]
    list_filter = [LanguageFilter, "is_kept", "is_retired"]
    search_fields = ["text", "note", "translations__text"]
    actions = None
    list_per_page = 30
    change_list_template = "translations/desk/terms.html"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_authenticated and not decide_blockers(request.user)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == LanguageFilter.parameter_name or super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("translations")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"can_decide": self.has_change_permission(request)})

    @admin.display(description=gettext_lazy("translations"))
    def called(self, term: Term) -> SafeString | str:
        if term.is_kept:
            return _("do not translate")
        rows = sorted(term.translations.all(), key=lambda row: target_languages().index(row.language))
        return format_html_join(
            "", '<div><span class="meta">{}</span> {}</div>',
            (
                (language_name(language), _translation_marks(of_language))
                for language, of_language in groupby(rows, key=lambda row: row.language)
            ),
        )  # fmt: skip

    @admin.display(description=gettext_lazy("note"))
    def noted(self, term: Term) -> SafeString:
        return format_html("<bdi>{}</bdi>", term.note)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name="translations_term_import"),
            path("export/", view(self.export_view), name="translations_term_export"),
            path("<path:object_id>/retire/", view(self.retire_view), name="translations_term_retire"),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = TermForm(typed_data(request), languages=decided_languages(desk_user(request)))

        def act(typed: dict[str, Any]) -> str:
            term = add_term(form.typed, user=desk_user(request))
            messages.success(request, _("“%(term)s” was added.") % {"term": term})
            return reverse("admin:translations_term_changelist")

        return form_page(request, form, act, template="translations/desk/term.html", title=_("New term"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        term, user = self._term(request, object_id), desk_user(request)
        can_write = self.has_change_permission(request) and not term.is_retired
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
        data = typed_data(request)
        locked = "".join(affected_blockers(user, affected_languages(term, term.translations.all())))
        form = TermForm(data, languages=decided_languages(user), term=term, can_change_term=not locked)

        def act(typed: dict[str, Any]) -> str:
            try:
                change_term(term, form.typed, user=user, seen=typed["seen"] or 0)
            except TermChanged:
                # The next save stands on what is shown.
                form.data = {**cast(QueryDict, form.data).dict(), "seen": form.initial["seen"]}
                raise
            messages.success(request, _("Saved."))
            return str(request.path)

        return form_page(
            request, form, act, template="translations/desk/term.html", can_write=can_write, title=term.text,
            term=term, locked=locked, can_retire=self.has_change_permission(request) and not locked, **_decided(term),
        )  # fmt: skip

    def retire_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Retire a term, or bring it back."""
        return require_POST(self._retire)(request, object_id)

    def _retire(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        term = self._term(request, object_id)
        change = restore_term if term.is_retired else retire_term
        try:
            change(term, user=desk_user(request))
        except Blocked as blocked:
            for blocker in blocked.blockers:
                messages.error(request, blocker)
        else:
            messages.success(request, _("It counts again.") if term.is_retired else _("It no longer counts."))
        return redirect("admin:translations_term_change", term.pk)

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        terms = Term.objects.filter(is_retired=False).prefetch_related("translations")
        return require_safe(lambda _request: csv_response("terms.csv", *term_table(terms.iterator(BATCH))))(request)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
        context: dict[str, Any] = {"form": form, "blockers": []}
        if request.method == "POST" and form.is_valid():
            try:
                content = _sent_table(form)
                is_trial = not form.cleaned_data["content"]
                report = import_terms(read_terms(content), user=desk_user(request), is_trial=is_trial)
            except Blocked as blocked:
                context |= {"form": ImportForm(), "blockers": blocked.blockers}
            else:
                if not is_trial:
                    count = len(report.records)
                    message = ngettext("%(count)d decision was made.", "%(count)d decisions were made.", count)
                    messages.success(request, message % {"count": count})
                    return redirect("admin:translations_term_changelist")
                context |= _trial_context(report, content)
        status = refused_status(request, form) if context["blockers"] or not form.is_valid() else 200
        return render(request, "translations/desk/import.html", context, title=_("Import terms"), status=status)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        raise PermissionDenied

    def _term(self, request: HttpRequest, object_id: str) -> Term:
        if not self.has_view_permission(request):
            raise PermissionDenied
        term = self.get_object(request, unquote(object_id))
        if term is None:
            raise Http404
        return cast(Term, term)


def _translation_marks(rows: Iterable[TermTranslation]) -> SafeString:
    return format_html_join(" ", "{}", ((_translation_mark(row),) for row in rows))


def _translation_mark(row: TermTranslation) -> SafeString:
    """A translation with its level as a sign and in words, not by colour alone."""
    return format_html(
        '<span class="term-words term-{}"><span aria-hidden="true">{}</span> <bdi lang="{}">{}</bdi> '
        '<span class="meta">({})</span></span>',
        row.level, SIGNS[Level(row.level)], bcp47(row.language), row.text, row.get_level_display(),
    )  # fmt: skip


def _decided(term: Term) -> dict[str, Any]:
    """What is decided of a term, and the newest decisions."""
    order = target_languages()
    rows = sorted(term.translations.all(), key=lambda row: order.index(row.language))
    return {
        "translations": [
            (row, language_name(row.language), bcp47(row.language), SIGNS[Level(row.level)]) for row in rows
        ],
        "decisions": [
            (decision, language_name(decision.language) if decision.language else "")
            for decision in term.decisions.order_by("-pk")[:SHOWN]
        ],
    }  # fmt: skip


def _sent_table(form: ImportForm) -> bytes:
    """The file, or what was read of it. Raises Blocked."""
    if content := form.cleaned_data["content"]:
        return str(content).encode()
    file = form.cleaned_data["file"]
    if file is None:
        raise Blocked([_("Choose a file.")])
    if file.size > LARGEST_FILE:
        raise Blocked([too_large()])
    return bytes(file.read())


def _trial_context(report: Any, content: bytes) -> dict[str, Any]:
    records = [(record, language_name(record.language) if record.language else "") for record in report.records[:SHOWN]]
    return {
        "form": ImportForm(initial={"content": content.decode("utf-8-sig")}),
        "report": report,
        "records": records,
        "added_terms": sum(record.act == Act.ADDED and not record.language for record in report.records),
        "more": max(0, len(report.records) - SHOWN),
    }
