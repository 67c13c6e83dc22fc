"""Two people wrote on one page: each text as it is saved and as it was typed, and taking over what is saved."""

from collections.abc import Iterator, Mapping

from django import forms
from django.db import models
from django.forms.formsets import ORDERING_FIELD_NAME
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_prose_editor.fields import ProseEditorFormField

from editorial.editions.working.conflicts import Conflict, conflicts

THEIRS = "_theirs"  # what a form sends with the names of its fields in which the saved text is wanted


def clashes(row: models.Model, form: forms.Form, lists: Mapping[str, forms.BaseFormSet], saved_rows) -> list[Conflict]:
    """What a stale save would replace: every text that is saved otherwise than it was typed.

    `saved_rows` gives the rows of a list as they are saved: (rows, form) -> [{field: value}], as in writing.py.
    """
    return list(conflicts([*_form_texts(form), *_orders(row, lists, saved_rows), *_list_texts(row, lists, saved_rows)]))


def _form_texts(form: forms.Form) -> Iterator[tuple]:
    for name in form.content:
        field = form.fields[name]
        yield *_text(field, field.label, form.initial.get(name), form.cleaned_data[name]), form.add_prefix(name)


def _orders(row: models.Model, lists: Mapping[str, forms.BaseFormSet], saved_rows) -> Iterator[tuple]:
    """The order of each list as it is saved and as it was typed, a part a line; only parts that both have."""
    for related, formset in lists.items():
        known = {each["id"]: each for each in saved_rows(getattr(row, related).all(), formset.form)}
        typed = [each.cleaned_data["id"] for each in formset.in_order() if each.cleaned_data.get("id") in known]
        orders = [[formset.form.name_of(known[key]) for key in keys] for keys in (filter(typed.count, known), typed)]
        label = _("%(list)s: the order") % {"list": formset.heading}
        yield label, *map("\n".join, orders), False, f"{formset.prefix}-{ORDERING_FIELD_NAME}"


def _list_texts(row: models.Model, lists: Mapping[str, forms.BaseFormSet], saved_rows) -> Iterator[tuple]:
    for related, formset in lists.items():
        typed_rows = {each.cleaned_data["id"]: each for each in formset.in_order() if each.cleaned_data.get("id")}
        for known in saved_rows(getattr(row, related).all(), formset.form):
            name_of = formset.form.name_of(known)
            typed = typed_rows.get(known["id"])
            if typed is None:
                yield _("Added meanwhile, and kept: %(name)s") % {"name": name_of}, name_of, "", False
                continue
            for name, field in formset.form.base_fields.items():
                if name != "id":
                    label = f"{name_of}: {field.label}"
                    yield *_text(field, label, known[name], typed.cleaned_data.get(name)), typed.add_prefix(name)


def _text(field: forms.Field, label, known, typed) -> tuple:
    """(label, saved, typed, is prose) as `conflicts` compares them; what was chosen from a list goes by its key."""
    known, typed = (field.prepare_value(value) for value in (known, typed))
    if isinstance(known, list):
        known, typed = sorted(known), sorted(typed)
    return label, known, typed, isinstance(field, ProseEditorFormField)


def with_theirs(
    data: QueryDict, row: models.Model, form: forms.Form, lists: Mapping[str, forms.BaseFormSet], saved_rows
) -> QueryDict:
    """What was sent, with the saved text in the place of what was typed wherever its author asked for it."""
    wanted = set(data.getlist(THEIRS))
    if not wanted:
        return data
    merged = data.copy()
    for name, field, saved in _boxes(row, form, lists, saved_rows):
        if name in wanted:
            _put(merged, name, field.prepare_value(saved))
    for related, formset in lists.items():
        if f"{formset.prefix}-{ORDERING_FIELD_NAME}" in wanted:
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
            saved = known.get(each.data.get(each.add_prefix("id"), ""))
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
