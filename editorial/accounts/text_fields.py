"""Form fields whose texts are cleaned as text_hygiene.py says, before anything else is asked of them."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms

from editorial.text_hygiene import clean_text


def clean_texts(fields: Iterable[forms.Field]) -> None:
    """Let the fields for plain text among these leave out what nobody can see: of that alone, a text is empty.

    A password stays as it is typed, and so does what is hidden, which people do not type.
    """
    for field in fields:
        is_typed = not field.widget.is_hidden and not isinstance(field.widget, forms.PasswordInput)
        if isinstance(field, forms.CharField) and is_typed:
            field.to_python = partial(_read, field.to_python)  # type: ignore[method-assign]


def _read(to_python: Any, value: Any) -> Any:
    text = to_python(value)
    return to_python(clean_text(text)) if isinstance(text, str) and text else text


class TextForm(forms.Form):
    """A form whose texts are cleaned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clean_texts(self.fields.values())
