"""Two people wrote on one page: each text as it is saved and as it was typed, and taking over what is saved.

What only the others changed is taken over at once; what both changed stays as it was typed until its author says so.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from django import forms
from django.db import models
from django.forms.formsets import ORDERING_FIELD_NAME
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _
from django_prose_editor.fields import ProseEditorFormField

from editorial.editions.fields import Label
from editorial.editions.working.conflicts import Conflict, as_lines, find_conflicts
from editorial.reviews.models import Answer

from .forms import Lists, RowForm, RowFormSet, WriteForm, saved_rows
from .many_keys_field import ADDED, ManyKeysField
from .piece_field import PieceField

THEIRS = "_theirs"  # what a form sends with the names of its fields in which the saved text is wanted

ComparedText = tuple[Any, ...]  # as `find_conflicts` takes it
_CHOSEN = (
    forms.BooleanField,
    forms.ChoiceField,
    ManyKeysField,
    PieceField,
)  # not written, but chosen by a key that says nothing


def compare_with_saved(
    row: models.Model, form: WriteForm, lists: Lists, *, is_own: bool = False
) -> tuple[list[Conflict], list[Conflict]]:
    """What is saved otherwise than it was typed: (what both changed, what only the others did), each text a Conflict.

    What only this form changes stands in nobody's way. `is_own` where the others are the same person in another tab.
    """
    was, typed = _read(form.cleaned_data["was"]), dict(_typed_marks(form, lists))
    saved = dict(_saved_marks(row, form, lists))
    both: list[Conflict] = []
    theirs: list[Conflict] = []
    for conflict in find_conflicts([*_form_texts(form), *_orders(row, lists), *_list_texts(row, lists, is_own)]):
        box = conflict.box
        if box in was and was[box] == saved[box]:
            continue
        is_typed_here = box and was.get(box) != typed[box]
        (both if is_typed_here else theirs).append(conflict)
    return both, theirs


def typed_changes(row: models.Model, form: WriteForm, lists: Lists) -> list[Conflict]:
    """What valid forms change of what they were opened with, each beside what is saved; new parts among them."""
    was, typed = _read(form.cleaned_data["was"]), dict(_typed_marks(form, lists))
    texts = find_conflicts([*_form_texts(form), *_orders(row, lists), *_list_texts(row, lists, False)])
    changed = [text for text in texts if text.box and was.get(text.box) != typed[text.box]]
    new = [row_form for formset in lists.values() for row_form in formset.in_order() if not row_form.initial.get("id")]
    return [*changed, *(_new_part(row_form) for row_form in new)]


def _new_part(row_form: RowForm) -> Conflict:
    texts = find_conflicts(
        _text(field, field.label, "", row_form.cleaned_data.get(name), row_form.add_prefix(name))
        for name, field in row_form.fields.items()
        if name in row_form.changed_data and not isinstance(field, _CHOSEN)
    )
    return Conflict(row_form.name_of(row_form.cleaned_data) or "+", "", "\n".join(text.typed for text in texts))


def fingerprint_fields(row: models.Model, form: WriteForm, lists: Lists) -> str:
    """For the form's field `was`: a mark of each text as it is saved, by which the next save knows what was changed."""
    return " ".join(f"{name}={mark}" for name, mark in _saved_marks(row, form, lists))


def _saved_marks(row: models.Model, form: WriteForm, lists: Lists) -> Iterator[tuple[str, str]]:
    """(box, the mark of what is saved in it)."""
    for name, field, saved in _boxes(row, form, lists):
        yield name, _mark(_plain(field, saved))
    for related, formset in lists.items():
        shown = {str(row_form["id"].value()) for row_form in formset.forms}
        yield _order_box(formset), _mark([key for key in _saved_keys(row, related) if key in shown])


def _typed_marks(form: WriteForm, lists: Lists) -> Iterator[tuple[str, str]]:
    """(box, the mark of what was typed in it)."""
    for name in form.content:
        yield form.add_prefix(name), _mark(_plain(form.fields[name], form.cleaned_data[name]))
    for formset in lists.values():
        row_forms = formset.in_order()
        for row_form in row_forms:
            for name, field in row_form.fields.items():
                yield row_form.add_prefix(name), _mark(_plain(field, row_form.cleaned_data.get(name)))
        keys = [row_form.cleaned_data.get("id") for row_form in row_forms]
        yield _order_box(formset), _mark([str(key) for key in keys if key])


def _mark(value: str | list[str]) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _read(was: str) -> dict[str, str]:
    return {name: mark for name, _sign, mark in (text.partition("=") for text in was.split())}


def _order_box(formset: RowFormSet) -> str:
    return f"{formset.prefix}-{ORDERING_FIELD_NAME}"


def _saved_keys(row: models.Model, related: str) -> list[str]:
    return [str(part.pk) for part in getattr(row, related).all()]


def _saved_parts(row: models.Model, related: str, formset: RowFormSet) -> list[dict[str, Any]]:
    return saved_rows(getattr(row, related).all(), formset.form)


def _form_texts(form: WriteForm) -> Iterator[ComparedText]:
    for name in form.content:
        field = form.fields[name]
        yield _text(field, field.label, form.initial.get(name), form.cleaned_data[name], form.add_prefix(name))


def _orders(row: models.Model, lists: Lists) -> Iterator[ComparedText]:
    """The order of each list as it is saved and as it was typed, a part a line; only parts that both have."""
    for related, formset in lists.items():
        parts = {part["id"]: part for part in _saved_parts(row, related, formset)}
        typed_keys = [row_form.cleaned_data.get("id") for row_form in formset.in_order()]
        typed = [key for key in typed_keys if key in parts]
        saved = [key for key in parts if key in typed]
        orders = ["\n".join(formset.form.name_of(parts[key]) for key in keys) for keys in (saved, typed)]
        yield _("%(list)s: order") % {"list": formset.heading}, *orders, False, _order_box(formset)


def _list_texts(row: models.Model, lists: Lists, is_own: bool) -> Iterator[ComparedText]:
    for related, formset in lists.items():
        row_forms = {key: row_form for row_form in formset.in_order() if (key := row_form.cleaned_data.get("id"))}
        for part in _saved_parts(row, related, formset):
            part_name = formset.form.name_of(part)
            typed = row_forms.get(part["id"])
            if typed is None:
                theirs, own = (
                    _("Added by someone else and kept: %(name)s"),
                    _("Added in your other tab and kept: %(name)s"),
                )
                yield (own if is_own else theirs) % {"name": part_name}, part_name, "", False
                continue
            for name in formset.form.base_fields:
                field = typed.fields[name]  # of this page: what it offers was read, and is no whole table
                if name != "id":
                    label = f"{part_name}: {field.label}"
                    yield _text(field, label, part[name], typed.cleaned_data.get(name), typed.add_prefix(name))


def _text(field: forms.Field, label: Label | None, saved: Any, typed: Any, box: str) -> ComparedText:
    """(label, saved, typed, is prose, box, is written)."""
    saved, typed = _value(field, saved), _value(field, typed)
    if isinstance(field, _CHOSEN):
        return label, *_chosen(field, saved, typed), False, box, False
    return label, saved, typed, isinstance(field, ProseEditorFormField), box, True


def _chosen(field: forms.Field, *values: Any) -> list[str]:
    """As people read them in the form. Two choices of a list that read alike are told apart by their keys."""
    if isinstance(field, forms.BooleanField):
        return [str(Answer.YES.label if value else Answer.NO.label) for value in values]
    if isinstance(field, PieceField):
        return [field.name_of(value) or value for value in values]
    lists = [value if isinstance(value, list) else [str(value or "")] for value in values]
    labels = _labels(field, {key for keys in lists for key in keys})
    alike = Counter(labels.values())

    def label_of(key: str) -> str:
        label = labels.get(key, key)
        return label if alike[label] == 1 else f"{label} ({key})"

    return [", ".join(label_of(str(key)) for key in keys) for keys in lists]


def _labels(field: forms.Field, keys: Collection[Any]) -> dict[str, str]:
    """{key: label} of what a field offers; of a long table, of these keys alone."""
    if isinstance(field, ManyKeysField):
        return field.labels(keys)
    nested: Any = getattr(field, "choices", ())  # pairs, or groups of pairs
    choices: Iterator[tuple[Any, Any]] = flatten_choices(nested)
    return {str(key): str(label) for key, label in choices}


def _value(field: forms.Field, value: Any) -> Any:
    """As it stands in a form: what was chosen from a list goes by its key."""
    value = field.prepare_value(value)
    return sorted(value) if isinstance(value, list) else value


def _plain(field: forms.Field, value: Any) -> str:
    value = _value(field, value)
    return as_lines(value) if isinstance(field, ProseEditorFormField) else str(value or "")


def apply_saved_values(
    data: QueryDict, names: Collection[str], row: models.Model, form: WriteForm, lists: Lists
) -> QueryDict:
    """What was sent, with what is saved in the boxes of these names."""
    merged = data.copy()
    for name, field, saved in _boxes(row, form, lists):
        if name in names:
            _put(merged, name, field.prepare_value(saved))
    for related, formset in lists.items():
        if _order_box(formset) in names:
            for name, place in _their_places(formset, _saved_keys(row, related)):
                merged[name] = place
    return merged


def _their_places(formset: RowFormSet, saved: list[str]) -> Iterator[tuple[str, str]]:
    """(the field with a part's place, its place): parts that are saved in that order, all others where they are."""
    typed = [(form.data.get(form.add_prefix("id"), ""), form) for form in sorted(formset.forms, key=_typed_place)]
    theirs = iter(sorted([part for part in typed if part[0] in saved], key=lambda part: saved.index(part[0])))
    for place, part in enumerate(typed, 1):
        _key, form = next(theirs) if part[0] in saved else part
        yield form.add_prefix(ORDERING_FIELD_NAME), str(place)


def _typed_place(form: RowForm) -> tuple[bool, int]:
    try:
        return False, int(form.data.get(form.add_prefix(ORDERING_FIELD_NAME), ""))
    except ValueError:  # it is at the end, and the form says what is wrong
        return True, 0


def _boxes(row: models.Model, form: WriteForm, lists: Lists) -> Iterator[tuple[str, forms.Field, Any]]:
    """(its name in the form, field, what is saved) of every field."""
    for name in form.content:
        yield form.add_prefix(name), form.fields[name], form.initial.get(name)
    for related, formset in lists.items():
        parts = {str(part["id"]): part for part in _saved_parts(row, related, formset)}
        for row_form in formset.forms:
            saved = parts.get(str(row_form["id"].value()))
            for name, field in row_form.fields.items():
                if saved and name in saved and name != "id":
                    yield row_form.add_prefix(name), field, saved[name]


def _put(data: QueryDict, name: str, value: Any) -> None:
    """As a browser would send it."""
    data.pop(name + ADDED, None)
    if isinstance(value, list | tuple):
        data.setlist(name, [str(item) for item in value])
    elif value is False:
        data.pop(name, None)
    else:
        data[name] = "on" if value is True else "" if value is None else str(value)
