"""Two people wrote on one page: each text as it is saved and as it was typed, and taking over what is saved."""

from collections.abc import Iterator, Mapping

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_prose_editor.fields import ProseEditorFormField

from editorial.editions.working.conflicts import Conflict, conflicts

THEIRS = "_theirs"  # what a form sends with the names of its fields in which the saved text is wanted


def clashes(row: models.Model, form: forms.Form, lists: Mapping[str, forms.BaseFormSet], saved_rows) -> list[Conflict]:
    """What a stale save would replace: every text that is saved otherwise than it was typed.

    `saved_rows` gives the rows of a list as they are saved: (rows, form) -> [{field: value}], as in writing.py.
    """
    return list(conflicts([*_form_texts(form), *_list_texts(row, lists, saved_rows)]))


def _form_texts(form: forms.Form) -> Iterator[tuple]:
    for name in form.content:
        field = form.fields[name]
        yield *_text(field, field.label, form.initial.get(name), form.cleaned_data[name]), form.add_prefix(name)


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
    return merged


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
