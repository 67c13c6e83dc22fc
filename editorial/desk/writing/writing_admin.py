"""Writing a working copy on the desk: a form, its lists of parts, and nothing that was typed lost.

The admin of a kind is a subclass of WritingAdmin: its form and its lists, and its own services where saving has rules
that no declaration tells. Whether somebody may, and what stands in the way, is the services' business.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.models import User
from editorial.editions.blockers import Blocked, FieldBlocker, refuse_if
from editorial.editions.fields import Label
from editorial.editions.freezing import Candidate, build_source_candidate, is_frozen
from editorial.editions.kinds import kind_of, kind_with_model
from editorial.editions.tree import bounds
from editorial.editions.working import copies
from editorial.editions.working.conflicts import Conflict
from editorial.editions.working.pages import create_page, save_page, write_page
from editorial.editions.working_copy import WorkingCopy
from editorial.reviews.threads import open_threads

from ..documents_admin import DocumentAdmin
from ..form_keeper import answer_keep, changed_fields, forget_typed, form_keeper, is_keep_request, typed_data
from ..frame import desk_user, edit_url, render
from . import form_conflicts
from .bounded_fields import typed_texts
from .findings_panel import field_links, saved_findings, typed_findings, unreadable_reasons
from .forms import Lists, NewForm, RowFormSet, WriteForm, name_linked_documents, saved, saved_rows
from .import_messages import describe_changes
from .open_remarks import place_remarks


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    *,
    template: str,
    title: Label,
    compare: Callable[[Blocked], list[Conflict]] | None = None,
    can_write: bool = True,
    **context: Any,
) -> HttpResponse:
    """A page with one form. `act` runs a service with what was typed and returns where to go; it may raise Blocked.

    `compare` tells of a refusal which texts somebody else saved meanwhile. What is typed is kept for who `can_write`.
    """
    if is_keep_request(request):
        return answer_keep(request)
    refusal, clashes, status = None, [], 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                leads_to = act(form.cleaned_data)
                forget_typed(request)
                return redirect(leads_to)
            except Blocked as blocked:
                refusal, status = blocked, 409
                clashes = compare(blocked) if compare else []
                for blocker in blocked.blockers:
                    if isinstance(blocker, FieldBlocker) and blocker.field in form.fields:
                        form.add_error(blocker.field, blocker)
    context |= {
        "form": form,
        "refusal": refusal,
        "blockers": refusal.blockers if refusal else [],
        "conflicts": clashes,
        "media": form.media,
        "keeper": form_keeper(request, can_write=can_write, compare=lambda typed: changed_fields(form, typed)),
    }
    return render(request, template, context, title=str(title), status=status)


@dataclass(slots=True)
class OpenForms:
    """A page that somebody writes: its row, the version that its forms stand on, and what stands against a save."""

    row: Any
    token: int
    form: WriteForm
    lists: Lists
    status: int = 200
    blockers: list[str] = field(default_factory=list)
    both: list[Conflict] = field(default_factory=list)  # what they and others changed
    theirs: list[Conflict] = field(default_factory=list)  # what only the others did
    is_own: bool = False  # the others are the same person, in another tab

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(formset.is_valid() for formset in self.lists.values())])


class WritingAdmin(DocumentAdmin):
    """A kind's pages to add and to write. A save that is refused keeps everything that was typed."""

    new_title = gettext_lazy("New page")
    new_form: type[forms.Form] = NewForm
    write_form: type[WriteForm] = WriteForm
    write_template = "desk/write.html"
    lists: Mapping[str, type[RowFormSet]] = {}  # by the related name of the rows

    def create(self, *, user: User, **fields: Any) -> Any:
        """Make a working copy from the new form's fields."""
        return create_page(kind_with_model(self.model).name, **fields, user=user)

    def write(self, copy: WorkingCopy, *, fields: dict[str, Any], **rows: Any) -> None:
        """Set `fields`, and `rows` of each list, in memory. Raises Blocked."""
        write_page(copy, fields=fields, **rows)

    def save(self, row: Any, *, user: User, token: int, reason: str, fields: dict[str, Any], **rows: Any) -> None:
        """Save `fields`, and `rows` of each list."""
        save_page(row.document, user=user, token=token, reason=reason, fields=fields, **rows)

    def initial(self, row: Any) -> dict[str, Any]:
        return saved(row, self.write_form.base_fields)

    def more_context(self, row: Any, user: User, frozen: Candidate) -> dict[str, Any]:
        """What the kind's own template of the page needs besides, for who looks at it; `frozen` is what is saved."""
        return {}

    def describe_forms(self, row: Any, rows: Mapping[str, list[dict[str, Any]]]) -> Iterable[str]:
        """In words, what of the rows of each list was just kept in another form than it was typed."""
        return ()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.findings_view)
        return [path("<path:object_id>/findings/", view, name=self._findings_name), *super().get_urls()]

    @property
    def _findings_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_findings"

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied

        def create(typed: dict[str, Any]) -> str:
            return edit_url(self.create(**typed, user=desk_user(request)).document)

        form = self.new_form(typed_data(request))
        return form_page(request, form, create, template="desk/new.html", title=self.new_title)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if is_keep_request(request) and self.has_change_permission(request):
            self._row(request, object_id)
            return answer_keep(request)
        writing = self._open(request, object_id)
        can_write = self.has_change_permission(request)
        if request.method == "POST":
            if not can_write:
                raise PermissionDenied
            if self._try_to_save(request, writing):
                return self._leave_saved(request, writing)
        return self._answer(request, writing, can_write)

    def _open(self, request: HttpRequest, object_id: str) -> OpenForms:
        # The token before the words: a save in between then makes the form stale, and not the words.
        token = copies.version_token(self._row(request, object_id).document, settings.SOURCE_LANGUAGE)
        row = self._row(request, object_id)
        models.prefetch_related_objects([row], *self.lists)
        return OpenForms(row, token, *self._forms(request, row, token))

    def _try_to_save(self, request: HttpRequest, writing: OpenForms) -> bool:
        """Whether it was saved; otherwise `writing` says what stands against it, beside what was typed."""
        writing.status = 400
        if not writing.is_valid():
            return False
        try:
            self._save(writing.row, writing.form, writing.lists, desk_user(request))
        except Blocked as blocked:
            writing.blockers, writing.status = blocked.blockers, 409
            if isinstance(blocked, copies.WorkingCopyChanged):
                self._compare(request, writing, is_own=blocked.is_own)
            return False
        return True

    def _compare(self, request: HttpRequest, writing: OpenForms, *, is_own: bool) -> None:
        """Take over what only the others changed, and show what both did."""
        if copies.version_token(writing.row.document, settings.SOURCE_LANGUAGE) != writing.token:
            writing.row, writing.token, writing.form, writing.lists = self._read_again(request, writing.row)
        row, form, lists = writing.row, writing.form, writing.lists
        writing.is_own = is_own
        writing.both, writing.theirs = form_conflicts.compare_with_saved(row, form, lists, is_own=is_own)
        boxes = {conflict.box for conflict in writing.theirs}
        writing.form, writing.lists = self._on_theirs(row, form, lists, writing.token, boxes)

    def _leave_saved(self, request: HttpRequest, writing: OpenForms) -> HttpResponse:
        forget_typed(request)
        messages.success(request, _("Saved. Readers will see it once it is submitted and signed."))
        for text in describe_changes([writing.form, *(part for rows in writing.lists.values() for part in rows.forms)]):
            messages.warning(request, text)
        for text in self.describe_forms(writing.row, {name: rows.rows() for name, rows in writing.lists.items()}):
            messages.warning(request, text)
        if "_submit" in request.POST:
            return redirect("desk:submit", pk=writing.row.pk, language=settings.SOURCE_LANGUAGE)
        return redirect(edit_url(writing.row.document))

    def _answer(self, request: HttpRequest, writing: OpenForms, can_write: bool) -> HttpResponse:
        row, form, lists = writing.row, writing.form, writing.lists
        copy = kind_of(row.document).read_copy(row.document)
        frozen, hrefs = build_source_candidate(copy), field_links(copy, lists)
        context = {
            "row": row,
            **saved_findings(row.document, frozen, hrefs),
            "findings_url": reverse(f"admin:{self._findings_name}", args=[row.pk]),
            **place_remarks(
                open_threads(row.document, settings.SOURCE_LANGUAGE, frozen.tree), hrefs, desk_user(request)
            ),
            "form": form,
            "lists": lists.values(),
            "blockers": writing.blockers,
            "conflicts": writing.both,
            "taken": writing.theirs,
            "is_own": writing.is_own,
            "can_write": can_write,
            "keeper": form_keeper(
                request, can_write=can_write, compare=lambda typed: self._typed_changes(row, writing.token, typed)
            ),
            "media": sum((formset.media for formset in lists.values()), form.media),
            **self.more_context(row, desk_user(request), frozen),
        }
        return render(request, self.write_template, context, title=str(row), status=writing.status)

    def _typed_changes(self, row: Any, token: int, typed: QueryDict) -> list[Conflict] | None:
        """What these fields change of what they were opened with; None where they cannot be read."""
        form, lists = self._filled(row, token, typed)
        if not all([form.is_valid(), *(formset.is_valid() for formset in lists.values())]):
            return None
        return form_conflicts.typed_changes(row, form, lists)

    def findings_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The panel of findings for what was typed, which is read in memory."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        language = settings.SOURCE_LANGUAGE
        row = self._row(request, object_id)
        document = row.document
        models.prefetch_related_objects([row], *self.lists)  # for the forms, and for what would be frozen
        token = copies.version_token(document, language)
        form, lists = self._forms(request, row, token)
        copy = WorkingCopy(document, row)
        saved = build_source_candidate(copy)
        not_read: list[str] = []
        if not all([form.is_valid(), *(formset.is_valid() for formset in lists.values())]):
            not_read = unreadable_reasons([form, *(part for formset in lists.values() for part in formset.forms)])
        else:
            try:
                refuse_if(copies.write_blockers(desk_user(request), language, document.kind))
                if (opened := form.cleaned_data["token"]) != token:
                    copies.refuse_if_changed(document, language, opened, desk_user(request))
                self._write(copy, form, lists)
            except Blocked as blocked:
                not_read = blocked.blockers
            else:
                typed = build_source_candidate(copy)
                return typed_findings(request, document, saved, typed, field_links(copy, lists), [])
        copy = kind_of(document).read_copy(document)
        return typed_findings(request, document, saved, None, field_links(copy, {}), not_read)

    def _row(self, request: HttpRequest, object_id: str) -> Any:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return row

    def _forms(self, request: HttpRequest, row: Any, token: int) -> tuple[WriteForm, Lists]:
        """The forms, filled with what was sent; where its author took over a text that is saved, with that."""
        form, lists = self._filled(row, token, typed_data(request))
        if wanted := request.POST.getlist(form_conflicts.THEIRS):
            form, lists = self._filled(
                row, token, form_conflicts.apply_saved_values(request.POST, wanted, row, form, lists)
            )
        if request.method != "POST" and form.is_bound:  # it was kept, and is read as though it had been sent
            form.is_valid()
            for formset in lists.values():
                formset.is_valid()
        if not form.is_bound:
            form.initial["was"] = form_conflicts.fingerprint_fields(row, form, lists)
        return form, lists

    def _read_again(self, request: HttpRequest, row: Any) -> tuple[Any, int, WriteForm, Lists]:
        """The row, its token and the forms of somebody whose page was saved while it was read for them."""
        token = copies.version_token(row.document, settings.SOURCE_LANGUAGE)
        row = self._row(request, str(row.pk))
        form, lists = self._filled(row, token, request.POST)
        form.is_valid()
        for formset in lists.values():
            formset.is_valid()
        return row, token, form, lists

    def _on_theirs(
        self, row: Any, form: WriteForm, lists: Lists, token: int, names: set[str]
    ) -> tuple[WriteForm, Lists]:
        """The same forms with what is saved in these boxes; the next save stands on what is saved now."""
        sent: Any = form.data  # a QueryDict: what was posted
        data = form_conflicts.apply_saved_values(sent, names, row, form, lists)
        data["token"], data["was"] = str(token), form_conflicts.fingerprint_fields(row, form, lists)
        form, lists = self._filled(row, token, data)
        form.is_valid()  # what is saved is right; this reads it
        for formset in lists.values():
            formset.is_valid()
        return form, lists

    def _filled(self, row: Any, token: int, data: QueryDict | None) -> tuple[WriteForm, Lists]:
        lists = {
            name: made(
                data, prefix=name, initial=saved_rows(getattr(row, name).all(), made.form), form_kwargs={"page": row}
            )
            for name, made in self.lists.items()
        }
        initial = {**self.initial(row), "token": token}
        if initial.get("is_minor") and is_frozen(row.document):
            initial["is_minor"] = False  # that was said of the change before
        return self.write_form(data, initial=initial), lists

    @staticmethod
    def _refuse_too_long(form: WriteForm, lists: Lists) -> None:
        """Before any of it is parsed."""
        parts = [part for formset in lists.values() for part in formset.forms]
        refuse_if(bounds.page_blockers(typed_texts([form, *parts])))

    def _write(self, copy: WorkingCopy, form: WriteForm, lists: Lists) -> None:
        self._refuse_too_long(form, lists)
        name_linked_documents([form, *(part for formset in lists.values() for part in formset.forms)])
        self.write(copy, fields=form.written, **{name: formset.rows() for name, formset in lists.items()})

    def _save(self, row: Any, form: WriteForm, lists: Lists, user: User) -> None:
        self._refuse_too_long(form, lists)
        name_linked_documents([form, *(part for formset in lists.values() for part in formset.forms)])
        typed = form.cleaned_data
        rows = {name: formset.rows() for name, formset in lists.items()}
        self.save(row, user=user, token=typed["token"], reason=typed["reason"], fields=form.written, **rows)
