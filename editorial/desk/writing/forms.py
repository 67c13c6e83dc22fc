"""The forms in which a working copy is written: of a page, and of its lists of parts.

`write_form`, `row_form` and `row_formset` make them from what a kind declares of its fields; what the declaration does
not know, such as a choice among other rows, stands on a base class.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.text import capfirst, format_lazy, slugify
from django.utils.translation import gettext, gettext_lazy

from editorial.accounts.formsets import CountedFormSet
from editorial.accounts.languages import bcp47, direction, source_column
from editorial.editions.fields import CITED, PROSE, ContentFields, Label, PartFields, RowFields
from editorial.editions.models.addresses import show_html_addresses, store_html_addresses
from editorial.editions.tree import inline
from editorial.editions.working.copies import LONGEST_SLUG

from ..address_field import AddressField
from .bounded_fields import add_bounds
from .choice_list import ChoiceList
from .key_field import SearchedField
from .prose_editor import block_field
from .prose_field import ProseField


class NewForm(forms.Form):
    """What a new page of any kind begins with."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    slug = AddressField(
        required=False,
        help_text=gettext_lazy("The same in every language. Leave it empty to make it from the title."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_bounds(self.fields.values())

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "title" in typed and "slug" in typed and not typed["slug"]:
            typed["slug"] = slugify(typed["title"])[:LONGEST_SLUG].strip("-_")
            if not typed["slug"]:
                self.add_error("slug", gettext("The title has no letters from a to z. Type an address."))
        return typed


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_source_language(self)
        add_bounds(self.fields.values())
        self.stored_prose: dict[str, str] = {}  # by field: see `name_linked_documents`

    @property
    def content(self) -> list[str]:
        """Names of the fields that hold the working copy itself."""
        return [name for name in self.fields if name not in ("token", "was", "reason")]

    @property
    def written(self) -> dict[str, Any]:
        """What was typed into them."""
        return {name: self.stored_prose.get(name, self.cleaned_data[name]) for name in self.content}


class IntervalWriteForm(WriteForm):
    """Of a page whose authors choose how often it is reviewed, and say whether a change is a minor one."""

    is_minor = forms.BooleanField(
        label=gettext_lazy("Minor change"), required=False,
        help_text=gettext_lazy(
            "Spelling or clearer wording. Numbers, doses, dates, names, “not”, links, telephone numbers and care "
            "levels are never minor."
        ),
    )  # fmt: skip
    review_interval_months = forms.IntegerField(label=gettext_lazy("Review every … months"), min_value=1, max_value=36)


class RowForm(forms.Form):
    """One row of a list of `page`'s: `id` is its key, `ORDER` its place."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    retired = forms.BooleanField(label=gettext_lazy("Retired"), required=False)

    named_by: tuple[str, ...] = ()  # the fields by which people know a part
    carried: tuple[str, ...] = ()  # the fields that a new row takes over from the one before, and shows
    seldom: tuple[str, ...] = ()  # the fields that are folded until one of them holds something
    implies: Mapping[str, Mapping[str, Mapping[str, Any]]] = {}  # {field: {another: {value: what it is then}}}

    def __init__(self, *args: Any, page: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_source_language(self)
        add_bounds(self.fields.values())
        for name in self.carried:
            self.fields[name].widget.attrs["data-carried"] = ""
        for name, implied in self.implies.items():
            self.fields[name].widget.attrs["data-implies"] = json.dumps(implied)
        self.stored_prose: dict[str, str] = {}  # by field: see `name_linked_documents`
        self.page = page  # the working copy: some fields offer only what is its own

    def has_changed(self) -> bool:
        """Whether it is a row. One that only got a place, as the blank one at the end does, was not written.

        One that is saved is a row whatever was typed, so its boxes are not compared.
        """
        return bool(self.initial.get("id") or {*self.changed_data} - {"ORDER"})

    @property
    def often_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.seldom]

    @property
    def seldom_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.seldom]

    @property
    def is_seldom_filled(self) -> bool:
        """Whether a field that is seldom needed holds more than that of a new row, or has an error."""
        return any(
            field.errors or field.field.has_changed(field.field.initial, field.value()) for field in self.seldom_fields
        )

    @classmethod
    def name_of(cls, values: Mapping[str, Any]) -> str:
        texts = (inline.plain(inline.from_text(str(values[name]))) for name in cls.named_by if values.get(name))
        return " · ".join(filter(None, texts))

    @property
    def saved_name(self) -> str:
        return self.name_of(self.initial)

    @property
    def saved_care_level(self) -> str:
        """As its list calls the one that is saved; "" without one."""
        saved = self.initial.get("care_level")
        if not saved:
            return ""
        choices: Any = self.fields["care_level"]
        return str(dict(choices.choices).get(saved, saved))


class RowFormSet(CountedFormSet):
    """An ordered list of parts. Rows that were added and left empty are no rows."""

    row_order = forms.NumberInput(attrs={"class": "order"})
    heading: Label = ""
    add: Label = ""  # what the list is called, and the words on its button
    lines: tuple[str, ...] = ()  # the fields of a line, where several rows may be pasted; () where they may not

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._choices: dict[str, list[Any]] = {}  # by field
        self._things_by_key: dict[str, Mapping[str, Any]] = {}  # by field: what its boxes hold
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        """Rows of one list offer the same choices, which are read once."""
        super().add_fields(form, index)
        for name, field in form.fields.items():
            if isinstance(field, forms.ChoiceField):
                if name not in self._choices:
                    offered: Any = field.choices
                    # Without asking the database how many there are; their labels in words at once, not for each row.
                    self._choices[name] = [(key, _in_words(label)) for key, label in iter(offered)]
                if type(field.widget) is forms.Select:
                    field.widget = ChoiceList(field.widget)
                field.choices = self._choices[name]
            elif isinstance(field, SearchedField):
                if name not in self._things_by_key:
                    self._things_by_key[name] = field.look_up(self._values(name))
                field.things_by_key = self._things_by_key[name]

    def _values(self, name: str) -> list[Any]:
        """What is saved in the boxes of a field, and what was typed into them."""
        saved = [values.get(name) for values in self.initial or []]
        if not self.is_bound:
            return saved
        return saved + [self.data.get(f"{self.add_prefix(number)}-{name}") for number in range(self.total_form_count())]

    @classmethod
    def get_ordering_widget(cls) -> Any:
        return cls.row_order

    @property
    def line_columns(self) -> str:
        return " ".join(self.lines)

    @property
    def line_labels(self) -> str:
        return " | ".join(str(self.form.base_fields[name].label) for name in self.lines)

    def rows(self) -> list[dict[str, Any]]:
        """What `write_parts` takes, in the order that the author gave."""
        return [
            {name: form.stored_prose.get(name, value) for name, value in form.cleaned_data.items() if name != "ORDER"}
            for form in self.in_order()
        ]

    def in_order(self) -> list[RowForm]:
        """The forms that are rows, in the order that the author gave."""
        written = [form for form in self.forms if form.has_changed()]
        written.sort(key=lambda form: (form.cleaned_data.get("ORDER") is None, form.cleaned_data.get("ORDER") or 0))
        return written


def _in_words(label: Any) -> Any:
    """A label, or a group's choices, of which each would be looked up in the language's catalogue again."""
    return label if isinstance(label, list | tuple) else str(label)


Lists = Mapping[str, RowFormSet]  # by the related name of the rows


def write_form(fields: ContentFields, *names: str, base: type[WriteForm] = WriteForm) -> type[WriteForm]:
    """The form of a page with these fields of its model, in this order; without `names`, its words.

    What `base` has besides those of every page stays as it is there.
    """
    names = names or tuple(fields.words)
    own = base.base_fields.keys() - WriteForm.base_fields.keys()
    made = _model_fields(fields, [name for name in names if name not in own])
    if "title" in made:
        made["title"].required = True  # a page without one could not be found again
    return type(f"{fields.model.__name__}Form", (base,), {**made, "field_order": [*names, "reason"]})


def row_form(fields: PartFields, *names: str, base: type[RowForm] = RowForm) -> type[RowForm]:
    """The form of one row of a list, as `write_form`."""
    names = names or tuple(fields.words)
    own = base.base_fields.keys() - RowForm.base_fields.keys()
    made = _model_fields(fields, [name for name in names if name not in own])
    order = ["id", *names, "retired"]
    return type(f"{fields.model.__name__}Form", (base,), {**made, "named_by": fields.named_by, "field_order": order})


def row_formset(
    fields: PartFields, *names: str, base: type[RowForm] = RowForm, lines: tuple[str, ...] = ()
) -> type[RowFormSet]:
    """The list of these parts, with rows as `row_form` makes them; `lines` are the fields of a line that is pasted."""
    formset: Any = forms.formset_factory(
        row_form(fields, *names, base=base),
        formset=RowFormSet,
        extra=1,
        can_order=True,
        max_num=300,
        absolute_max=RowFormSet.most,
    )
    formset.heading, formset.add, formset.lines = fields.heading, fields.add_label, lines
    made: type[RowFormSet] = formset
    return made


def _model_fields(fields: RowFields, names: Iterable[str]) -> dict[str, forms.Field]:
    """Boxes that follow the model's own rules; words as they are declared."""
    made: dict[str, Any] = {}
    for name in names:
        words = fields.words.get(name)
        model_field: Any = fields.model._meta.get_field(name)
        if words and words.form == PROSE:
            made[name] = block_field(capfirst(model_field.verbose_name))
            continue
        field = made[name] = model_field.formfield()
        if words is None:
            if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
                field.choices = partial(list, field.choices)  # which the many rows of a list need not copy
            continue
        if words.lines > 1:
            field.widget = forms.Textarea({**field.widget.attrs, "rows": words.lines})
        if words.form == CITED:
            field.widget.attrs["data-cites"] = ""
        if words.help_text:
            texts = [text for text in (field.help_text, words.help_text) if text]
            field.help_text = format_lazy(" ".join("{}" for _text in texts), *texts)
    return made


def name_linked_documents(filled: "Iterable[WriteForm | RowForm]") -> None:
    """In what will be written of prose, let links to pages name their documents, as the text does that is saved.

    At most two queries for all forms; and a text in which nobody typed is then the one that is saved.
    """
    boxes = [
        (form, name)
        for form in filled
        for name, value in form.cleaned_data.items()
        if value and isinstance(form.fields[name], ProseField)
    ]
    stored = store_html_addresses(*(form.cleaned_data[name] for form, name in boxes))
    for (form, name), text in zip(boxes, stored, strict=True):
        form.stored_prose[name] = text


def saved(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """{name: value} of these fields, as people type them; of a translated one, its words in the source language."""
    return saved_all([row], names)[0]


def saved_all(rows: Iterable[models.Model], names: Iterable[str]) -> list[dict[str, Any]]:
    """The same of several rows. One query for each relation, and for the pages that their words lead to."""
    rows, names = list(rows), list(names)
    relations = {field.name for row in rows[:1] for field in row._meta.fields if field.is_relation}
    models.prefetch_related_objects(rows, *(name for name in names if name in relations))
    values = [
        {name: _as_typed(getattr(row, source_column(name), getattr(row, name, ""))) for name in names} for row in rows
    ]
    texts = list({value for fields in values for value in fields.values() if isinstance(value, str)})
    shown = dict(zip(texts, show_html_addresses(*texts), strict=True))
    return [{name: shown.get(value, value) for name, value in fields.items()} for fields in values]


def _as_typed(value: Any) -> Any:
    """A number without the zeros that its column adds."""
    return Decimal(f"{value.normalize():f}") if isinstance(value, Decimal) else value


def saved_rows(rows: Iterable[models.Model], form: type[RowForm]) -> list[dict[str, Any]]:
    """A list's initial data from the rows of a working copy."""
    names = [name for name in form.base_fields if name != "id"]
    rows = list(rows)
    return [{"id": row.pk, **fields} for row, fields in zip(rows, saved_all(rows, names), strict=True)]
