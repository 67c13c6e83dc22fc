"""Writing a working copy on the desk: a form, its lists of parts, and nothing that was typed lost.

The admin of a kind is a subclass of WritingAdmin: its form, its lists, and the services that make and save it. Whether
somebody may, and what stands in the way, is the services' business.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_prose_editor.fields import ProseEditorFormField

from editorial.accounts.languages import bcp47, direction
from editorial.editions.blockers import Blocked, FieldBlocker
from editorial.editions.freezing import build_candidate, is_frozen
from editorial.editions.tree import inline
from editorial.editions.working import copies
from editorial.editions.working.conflicts import Conflict
from editorial.editions.working_copy import WorkingCopy
from editorial.reviews.threads import open_threads

from ..documents_admin import DocumentAdmin
from ..frame import edit_url, render
from . import form_conflicts
from .findings_panel import LiveFindings

PROSE = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Link": {"enableTarget": False},
    "HardBreak": True,
    "History": True,
}


def prose_field(label) -> ProseEditorFormField:
    """A text that is written in the prose editor."""
    return ProseEditorFormField(label=label, required=False, config={"extensions": PROSE})


class NewForm(forms.Form):
    """What a new page of any kind begins with."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    slug = forms.SlugField(
        label=gettext_lazy("Address"), max_length=100,
        help_text=gettext_lazy("The same in every language, for example side-effects."),
    )  # fmt: skip


def in_source_language(form: forms.Form) -> None:
    """Say so of the boxes for words of the page, for the desk may be in another; of a reason nobody knows."""
    source = {"lang": bcp47(settings.SOURCE_LANGUAGE), "dir": direction(settings.SOURCE_LANGUAGE)}
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.TextInput | forms.Textarea):
            field.widget.attrs |= {"dir": "auto"} if name == "reason" else source


class WriteForm(forms.Form):
    """The fields of a working copy, under the names of the model's.

    `token` is the version that it was opened with, `was` what stood in each box then, as in form_conflicts.py.
    """

    token = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"), required=False, max_length=300,
        help_text=gettext_lazy("Your colleagues can see this."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        in_source_language(self)

    @property
    def content(self) -> list[str]:
        """Names of the fields that hold the working copy itself."""
        return [name for name in self.fields if name not in ("token", "was", "reason")]

    @property
    def written(self) -> dict:
        """What was typed into them."""
        return {name: self.cleaned_data[name] for name in self.content}


def minor_field() -> forms.BooleanField:
    """Whether the change since the edition before is a minor one: part of what is signed."""
    return forms.BooleanField(
        label=gettext_lazy("Minor change"), required=False,
        help_text=gettext_lazy("Spelling, links, clearer wording: nothing that changes what a patient would do."),
    )  # fmt: skip


class PartForm(forms.Form):
    """One row of a list of `page`'s: `id` is its key, `ORDER` its place."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    retired = forms.BooleanField(label=gettext_lazy("Retired"), required=False)

    named_by: tuple[str, ...] = ()  # the fields by which people know a part

    def __init__(self, *args, page: models.Model, **kwargs):
        super().__init__(*args, **kwargs)
        in_source_language(self)
        self.page = page  # the working copy: some fields offer only what is its own

    def has_changed(self) -> bool:
        """A row that only got a place, as the blank one at the end does, was not written."""
        return bool({*self.changed_data} - {"ORDER"})

    @classmethod
    def name_of(cls, values: Mapping) -> str:
        texts = (inline.plain(inline.from_text(str(values[name]))) for name in cls.named_by if values.get(name))
        return " · ".join(filter(None, texts))

    @property
    def saved_name(self) -> str:
        return self.name_of(self.initial)

    @property
    def saved_care_level(self) -> str:
        """As its list calls the one that is saved; "" without one."""
        saved = self.initial.get("care_level")
        return dict(self.fields["care_level"].choices).get(saved, saved) if saved else ""


class PartsFormSet(forms.BaseFormSet):
    """An ordered list of parts. Rows that were added and left empty are no rows."""

    ordering_widget = forms.NumberInput(attrs={"class": "order"})
    heading = add = ""  # what the list is called, and the words on its button

    @classmethod
    def get_ordering_widget(cls):
        return cls.ordering_widget

    def rows(self) -> list[dict]:
        """What `save_parts` takes, in the order that the author gave."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "ORDER"} for form in self.in_order()
        ]

    def in_order(self) -> list[PartForm]:
        """The forms that are rows, in the order that the author gave."""
        written = [form for form in self.forms if form.has_changed() or form.initial.get("id")]
        written.sort(key=lambda form: (form.cleaned_data.get("ORDER") is None, form.cleaned_data.get("ORDER") or 0))
        return written


def parts(form: type[PartForm], *, heading, add) -> type[PartsFormSet]:
    """The list of parts that `form` is a row of."""
    made = forms.formset_factory(
        form, formset=PartsFormSet, extra=1, can_order=True, max_num=300, absolute_max=400
    )  # fmt: skip
    made.heading, made.add = heading, add
    return made


def saved(row: models.Model, names) -> dict:
    """{name: value} of these fields; of a translated one, its words in the source language."""
    return {name: _as_typed(getattr(row, f"{name}_en", getattr(row, name, ""))) for name in names}


def _as_typed(value):
    """A number without the zeros that its column adds."""
    return Decimal(f"{value.normalize():f}") if isinstance(value, Decimal) else value


def saved_rows(rows, form: type[PartForm]) -> list[dict]:
    """A list's initial data from the rows of a working copy."""
    names = [name for name in form.base_fields if name != "id"]
    return [{"id": row.pk, **saved(row, names)} for row in rows]


def answered(
    request,
    form: forms.Form,
    act: Callable[[dict], str],
    *,
    template: str,
    title,
    compare: Callable[[Blocked], list[Conflict]] | None = None,
    **context,
):
    """A page with one form. `act` runs a service with what was typed and returns where to go; it may raise Blocked.

    `compare` tells of a refusal which texts somebody else saved meanwhile.
    """
    refusal, clashes, status = None, [], 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return redirect(act(form.cleaned_data))
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
    }
    return render(request, template, context, title=title, status=status)


class WritingAdmin(LiveFindings, DocumentAdmin):
    """A kind's pages to add and to write. A save that is refused keeps everything that was typed."""

    new_title = gettext_lazy("New page")
    new_form: type[forms.Form] = NewForm
    write_form: type[WriteForm] = WriteForm
    write_template = "desk/write.html"
    lists: Mapping[str, type[PartsFormSet]] = {}  # by the related name of the rows

    def create(self, *, user, **fields) -> models.Model:
        """The service that makes a working copy from the new form's fields."""
        raise NotImplementedError

    def write(self, copy: WorkingCopy, *, fields: dict, **rows) -> None:
        """The service that sets `fields`, and `rows` of each list, in memory. Raises Blocked."""
        raise NotImplementedError

    def save(self, row: models.Model, *, user, token: int, reason: str, fields: dict, **rows) -> None:
        """The service that saves `fields`, and `rows` of each list."""
        raise NotImplementedError

    def initial(self, row: models.Model) -> dict:
        return saved(row, self.write_form.base_fields)

    def more_context(self, row: models.Model, user) -> dict:
        """What the kind's own template of the page needs besides, for who looks at it."""
        return {}

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied

        def create(typed: dict) -> str:
            return edit_url(self.create(**typed, user=request.user).document)

        form = self.new_form(request.POST or None)
        return answered(request, form, create, template="desk/new.html", title=self.new_title)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        # The token before the words: a save in between then makes the form stale, and not the words.
        token = copies.version_token(self._row(request, object_id).document, "en")
        row = self._row(request, object_id)
        may_write = self.has_change_permission(request)
        form, lists = self._forms(request, row, token)
        blockers, both, theirs, status = [], [], [], 200
        if request.method == "POST":
            status = 400
            if not may_write:
                raise PermissionDenied
            if all([form.is_valid(), *(each.is_valid() for each in lists.values())]):
                try:
                    self._save(row, form, lists, request.user)
                except Blocked as blocked:
                    blockers, status = blocked.blockers, 409
                    if isinstance(blocked, copies.WorkingCopyChanged):
                        both, theirs = form_conflicts.clashes(row, form, lists, saved_rows)
                        form, lists = self._on_theirs(row, form, lists, token, {each.box for each in theirs})
                else:
                    messages.success(request, _("Saved. Readers will see it once it is submitted and signed."))
                    if "_submit" in request.POST:
                        return redirect("desk:submit", pk=row.pk, language="en")
                    return redirect(edit_url(row.document))
        frozen = build_candidate(row.document, "en")
        context = {
            "row": row,
            **self.findings_context(row, lists, frozen),
            "remarks": open_threads(row.document, "en", frozen.tree),
            "form": form,
            "lists": lists.values(),
            "blockers": blockers,
            "conflicts": both,
            "taken": theirs,
            "may_write": may_write,
            "media": sum((each.media for each in lists.values()), form.media),
            **self.more_context(row, request.user),
        }
        return render(request, self.write_template, context, title=str(row), status=status)

    def _row(self, request, object_id) -> models.Model:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return row

    def _forms(self, request, row: models.Model, token: int) -> tuple[WriteForm, dict]:
        """The forms, filled with what was sent; where its author took over a text that is saved, with that."""
        form, lists = self._filled(row, token, request.POST or None)
        if wanted := request.POST.getlist(form_conflicts.THEIRS):
            form, lists = self._filled(
                row, token, form_conflicts.with_theirs(request.POST, wanted, row, form, lists, saved_rows)
            )
        if not form.is_bound:
            form.initial["was"] = form_conflicts.opened(row, form, lists, saved_rows)
        return form, lists

    def _on_theirs(
        self, row: models.Model, form: WriteForm, lists: dict, token: int, names: set
    ) -> tuple[WriteForm, dict]:
        """The same forms with what is saved in these boxes; the next save stands on what is saved now."""
        data = form_conflicts.with_theirs(form.data, names, row, form, lists, saved_rows)
        data["token"], data["was"] = token, form_conflicts.opened(row, form, lists, saved_rows)
        form, lists = self._filled(row, token, data)
        for each in (form, *lists.values()):
            each.is_valid()  # what is saved is right; this reads it
        return form, lists

    def _filled(self, row: models.Model, token: int, data) -> tuple[WriteForm, dict]:
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

    def _write(self, copy: WorkingCopy, form: WriteForm, lists: dict) -> None:
        self.write(copy, fields=form.written, **{name: formset.rows() for name, formset in lists.items()})

    def _save(self, row, form: WriteForm, lists: dict, user) -> None:
        typed = form.cleaned_data
        rows = {name: formset.rows() for name, formset in lists.items()}
        self.save(row, user=user, token=typed["token"], reason=typed["reason"], fields=form.written, **rows)
