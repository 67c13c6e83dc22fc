"""The forms by which a page reads what was sent to it, made again in memory with other values.

They are met by sending something to the page once, so a test need not know their classes nor what a view gives them.
"""

import copy
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from unittest import mock

from django.db import models
from django.forms import BaseForm, BaseFormSet, CharField, Field, PasswordInput, Textarea, TextInput
from django.forms.formsets import ManagementForm
from django.http import QueryDict
from django_prose_editor.fields import ProseEditorFormField

from tests.desk.garbage import sent

Bound = BaseForm | BaseFormSet
UNSEEN = "\u200b\u2060\u202e"
TYPED, KEPT = f"{UNSEEN} Cafe\u0301{UNSEEN} ", "Café"


@dataclass
class BoundForm:
    """A form or a formset, and what the view made it with."""

    bound: Bound
    args: tuple
    kwargs: dict[str, Any]

    def remade(self, data: dict[str, Any]) -> Bound:
        """The same with `data`, and with instances that nobody has typed into yet."""
        typed = QueryDict(mutable=True)
        typed.update(data)
        assert any(isinstance(value, QueryDict) for value in (*self.args, *self.kwargs.values()))

        def again(value):
            return typed if isinstance(value, QueryDict) else _fresh(value)

        args, kwargs = map(again, self.args), {name: again(value) for name, value in self.kwargs.items()}
        return type(self.bound)(*args, **kwargs)

    @property
    def fields(self) -> dict[str, Field]:
        """{name in the page: field}, but for those that read nothing."""
        return {page_name: form.fields[name] for page_name, form, name in _boxes(self.bound)}

    @property
    def unclean(self) -> list[str]:
        """Names in the page of the boxes for plain text that let in what nobody can see."""
        return [
            page_name
            for page_name, field in self.fields.items()
            if _is_for_plain_text(field)
            and (field.to_python(TYPED).strip().casefold() != KEPT.casefold() or field.to_python(UNSEEN))
        ]

    def refused(self, data: dict[str, Any]) -> set[str] | None:
        """Names in the page of the fields that do not take `data`; None where the form takes all of it.

        AssertionError where it refuses without words or takes what no database stores.
        """
        form = self.remade(data)
        is_valid = form.is_valid()
        messages = list(_messages(form))
        assert all(message.strip() for message in messages)
        assert is_valid is not bool(messages)
        for row in _rows(form):
            unfit = {name: value for name, value in row.cleaned_data.items() if not _is_fit(value)}
            assert unfit == {}
        return None if is_valid else {page_name for page_name, row, name in _boxes(form) if name in row.errors}

    def takes(self, data: dict[str, Any]) -> bool:
        return self.refused(data) is None


def forms_of(client, address: str, data: dict[str, Any]) -> list[BoundForm]:
    """The forms that a page fills with what was sent; the database stays as it was."""
    made: dict[int, BoundForm] = {}
    with ExitStack() as patches:
        for form_class in (BaseForm, BaseFormSet):
            for item in _family(form_class):
                if "__init__" in vars(item):
                    patches.enter_context(mock.patch.object(item, "__init__", _noting(item.__init__, made)))
        sent(client, address, data)
    bound = [item for item in made.values() if item.bound.is_bound and not isinstance(item.bound, ManagementForm)]
    rows = {id(row) for item in bound if isinstance(item.bound, BaseFormSet) for row in item.bound.forms}
    # Some pages make a form twice.
    return list({(type(item.bound), item.bound.prefix): item for item in bound if id(item.bound) not in rows}.values())


def _family(parent: type) -> Iterator[type]:
    yield parent
    for child in parent.__subclasses__():
        yield from _family(child)


def _noting(init, made: dict[int, BoundForm]):
    def noting(self, *args, **kwargs):
        # The first is the form's own; those of its parents follow, with other arguments.
        if id(self) not in made:
            kept = {name: _fresh(value) for name, value in kwargs.items()}
            made[id(self)] = BoundForm(self, tuple(map(_fresh, args)), kept)
        init(self, *args, **kwargs)

    return noting


def _fresh(value):
    """A form writes into the row that it is given."""
    return copy.copy(value) if isinstance(value, models.Model) else value


def _rows(form: Bound) -> list[BaseForm]:
    return [form] if isinstance(form, BaseForm) else form.forms


def _boxes(form: Bound) -> Iterator[tuple[str, BaseForm, str]]:
    """(name in the page, form, name in the form) of each field that reads something."""
    for row in _rows(form) if isinstance(form, BaseForm) else [form.management_form, *form.forms]:
        for name, field in row.fields.items():
            if not field.disabled:
                for suffix in getattr(field.widget, "widgets_names", [""]):
                    yield row.add_prefix(name) + suffix, row, name


def _is_for_plain_text(field: Field) -> bool:
    is_box = isinstance(field.widget, TextInput | Textarea) and not isinstance(field.widget, PasswordInput)
    return isinstance(field, CharField) and is_box and not isinstance(field, ProseEditorFormField)


def _messages(form: Bound) -> Iterator[str]:
    if isinstance(form, BaseFormSet):
        yield from form.non_form_errors()
    for errors in [form.errors] if isinstance(form, BaseForm) else form.errors:
        for messages in errors.values():
            yield from messages


def _is_fit(value) -> bool:
    """Whether both databases store it. How large a number and how late a time may be is for the services to say."""
    match value:
        case bool() | None:
            return True
        case str():
            return "\0" not in value and value == value.encode().decode()
        case Decimal():
            return value.is_finite()
        case list() | tuple() | set():
            return all(map(_is_fit, value))
    return True
