"""Two people wrote on one page: each text as it is saved and as it was typed, and taking over what is saved.

What only the others changed is taken over at once; what both changed stays as it was typed until its author says so.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from django import forms
from django.db import models
from django.forms.formsets import ORDERING_FIELD_NAME
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _
from django_prose_editor.fields import ProseEditorFormField

from editorial.editions.working.conflicts import Conflict, as_lines, find_conflicts
from editorial.reviews.models import Answer

Lists = Mapping[str, forms.BaseFormSet]
THEIRS = "_theirs"  # what a form sends with the names of its fields in which the saved text is wanted


def clashes(row: models.Model, form: forms.Form, lists: Lists, saved_rows) -> tuple[list[Conflict], list[Conflict]]:
    """What is saved otherwise than it was typed: (what both changed, what only the others did), each text a Conflict.

    What only this form changes stands in nobody's way.
    `saved_rows` gives the rows of a list as they are saved: (rows, form) -> [{field: value}], as in writing.py.
    """
    was, mine = _read(form.cleaned_data["was"]), dict(_typed(form, lists))
    saved = dict(_saved(row, form, lists, saved_rows))
    both, theirs = [], []
    for each in find_conflicts(
        [*_form_texts(form), *_orders(row, lists, saved_rows), *_list_texts(row, lists, saved_rows)]
    ):
        if each.box in was and was[each.box] == saved[each.box]:
            continue
        is_mine = each.box and was.get(each.box) != mine[each.box]
        (both if is_mine else theirs).append(each)
    return both, theirs


def opened(row: models.Model, form: forms.Form, lists: Lists, saved_rows) -> str:
    """For the form's field `was`: a mark of each text as it is saved, by which the next save knows what was changed."""
    return " ".join(f"{name}={mark}" for name, mark in _saved(row, form, lists, saved_rows))


def _saved(row: models.Model, form: forms.Form, lists: Lists, saved_rows) -> Iterator[tuple[str, str]]:
    """(box, the mark of what is saved in it)."""
    for name, field, saved in _boxes(row, form, lists, saved_rows):
        yield name, _mark(_plain(field, saved))
    for related, formset in lists.items():
        shown = {str(each["id"].value()) for each in formset.forms}
        keys = [str(each.pk) for each in getattr(row, related).all()]
        yield _order_box(formset), _mark([key for key in keys if key in shown])


def _typed(form: forms.Form, lists: Lists) -> Iterator[tuple[str, str]]:
    """(box, the mark of what was typed in it)."""
    for name in form.content:
        yield form.add_prefix(name), _mark(_plain(form.fields[name], form.cleaned_data[name]))
    for formset in lists.values():
        rows = formset.in_order()
        for each in rows:
            for name, field in each.fields.items():
                yield each.add_prefix(name), _mark(_plain(field, each.cleaned_data.get(name)))
        keys = [each.cleaned_data.get("id") for each in rows]
        yield _order_box(formset), _mark([str(key) for key in keys if key])


def _mark(value) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _read(was: str) -> dict[str, str]:
    return {name: mark for name, _sign, mark in (each.partition("=") for each in was.split())}


def _order_box(formset: forms.BaseFormSet) -> str:
    return f"{formset.prefix}-{ORDERING_FIELD_NAME}"


def _form_texts(form: forms.Form) -> Iterator[tuple]:
    for name in form.content:
        field = form.fields[name]
        yield _text(field, field.label, form.initial.get(name), form.cleaned_data[name], form.add_prefix(name))


def _orders(row: models.Model, lists: Lists, saved_rows) -> Iterator[tuple]:
    """The order of each list as it is saved and as it was typed, a part a line; only parts that both have."""
    for related, formset in lists.items():
        known = {each["id"]: each for each in saved_rows(getattr(row, related).all(), formset.form)}
        typed = [each.cleaned_data["id"] for each in formset.in_order() if each.cleaned_data.get("id") in known]
        orders = [[formset.form.name_of(known[key]) for key in keys] for keys in (filter(typed.count, known), typed)]
        yield _("%(list)s: order") % {"list": formset.heading}, *map("\n".join, orders), False, _order_box(formset)


def _list_texts(row: models.Model, lists: Lists, saved_rows) -> Iterator[tuple]:
    for related, formset in lists.items():
        typed_rows = {each.cleaned_data["id"]: each for each in formset.in_order() if each.cleaned_data.get("id")}
        for known in saved_rows(getattr(row, related).all(), formset.form):
            name_of = formset.form.name_of(known)
            typed = typed_rows.get(known["id"])
            if typed is None:
                yield _("Added by someone else and kept: %(name)s") % {"name": name_of}, name_of, "", False
                continue
            for name, field in formset.form.base_fields.items():
                if name != "id":
                    label = f"{name_of}: {field.label}"
                    yield _text(field, label, known[name], typed.cleaned_data.get(name), typed.add_prefix(name))


def _text(field: forms.Field, label, known, typed, box: str) -> tuple:
    """(label, saved, typed, is prose, box, is written) as `find_conflicts` compares them."""
    is_written = not isinstance(field, forms.BooleanField) and not hasattr(field, "choices")
    saved, mine = (_value(field, each) if is_written else _chosen(field, each) for each in (known, typed))
    return label, saved, mine, isinstance(field, ProseEditorFormField), box, is_written


def _chosen(field: forms.Field, value) -> str:
    """As people read it in the form. Two choices of a list that read alike are told apart by their keys."""
    if isinstance(field, forms.BooleanField):
        return str(Answer.YES.label if value else Answer.NO.label)
    value = _value(field, value)
    labels = {str(key): str(label) for key, label in flatten_choices(field.choices)}
    alike = Counter(labels.values())

    def told(key: str) -> str:
        label = labels.get(key, key)
        return label if alike[label] == 1 else f"{label} ({key})"

    return ", ".join(told(str(key)) for key in value) if isinstance(value, list) else told(str(value or ""))


def _value(field: forms.Field, value):
    """As it stands in a form: what was chosen from a list goes by its key."""
    value = field.prepare_value(value)
    return sorted(value) if isinstance(value, list) else value


def _plain(field: forms.Field, value) -> str:
    value = _value(field, value)
    return as_lines(value) if isinstance(field, ProseEditorFormField) else str(value or "")


def with_theirs(
    data: QueryDict, names: Collection[str], row: models.Model, form: forms.Form, lists: Lists, saved_rows
) -> QueryDict:
    """What was sent, with what is saved in the boxes of these names."""
    merged = data.copy()
    for name, field, saved in _boxes(row, form, lists, saved_rows):
        if name in names:
            _put(merged, name, field.prepare_value(saved))
    for related, formset in lists.items():
        if _order_box(formset) in names:
            for name, place in _their_places(formset, [str(each.pk) for each in getattr(row, related).all()]):
                merged[name] = place
    return merged


def _their_places(formset: forms.BaseFormSet, saved: list[str]) -> Iterator[tuple[str, str]]:
    """(the field with a part's place, its place): parts that are saved in that order, all others where they are."""
    typed = [(each.data.get(each.add_prefix("id"), ""), each) for each in sorted(formset.forms, key=_typed_place)]
    theirs = iter(sorted([each for each in typed if each[0] in saved], key=lambda each: saved.index(each[0])))
    for place, each in enumerate(typed, 1):
        _key, form = next(theirs) if each[0] in saved else each
        yield form.add_prefix(ORDERING_FIELD_NAME), str(place)


def _typed_place(form: forms.Form) -> tuple[bool, int]:
    try:
        return False, int(form.data.get(form.add_prefix(ORDERING_FIELD_NAME), ""))
    except ValueError:  # it is at the end, and the form says what is wrong
        return True, 0


def _boxes(row, form, lists, saved_rows) -> Iterator[tuple]:
    """(its name in the form, field, what is saved) of every field."""
    for name in form.content:
        yield form.add_prefix(name), form.fields[name], form.initial.get(name)
    for related, formset in lists.items():
        known = {str(each["id"]): each for each in saved_rows(getattr(row, related).all(), formset.form)}
        for each in formset.forms:
            saved = known.get(str(each["id"].value()))
            for name, field in each.fields.items():
                if saved and name in saved and name != "id":
                    yield each.add_prefix(name), field, saved[name]


def _put(data: QueryDict, name: str, value) -> None:
    """As a browser would send it."""
    if isinstance(value, list | tuple):
        data.setlist(name, [str(each) for each in value])
    elif value is False:
        data.pop(name, None)
    else:
        data[name] = "on" if value is True else "" if value is None else str(value)
