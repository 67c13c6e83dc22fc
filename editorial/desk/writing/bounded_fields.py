"""Form fields that refuse a text which is too long or too deeply nested before anything parses it.

Those for blocks also refuse tables that cannot be kept.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django_prose_editor.fields import ProseEditorFormField

from editorial.accounts.text_fields import clean_texts
from editorial.editions.tree import bounds, prose

OUT_OF_BOUNDS = "out-of-bounds"  # the code of such an error


def refuse_out_of_bounds(text: str, *, is_html: bool) -> None:
    """A field's validator. Raises ValidationError."""
    messages = list(bounds.text_blockers(text, is_html=is_html))
    if is_html and not messages:
        messages += prose.typed_blockers(text)
    if messages:
        raise ValidationError(messages[0], code=OUT_OF_BOUNDS)


def add_bounds(fields: Iterable[forms.Field]) -> None:
    """Let the fields for text among these refuse what is out of bounds, before their own length is looked at.

    Plain ones also leave out what cannot be seen: a text of such characters alone is an empty one.
    """
    for field in fields:
        if isinstance(field, forms.CharField) and not field.widget.is_hidden:
            if not isinstance(field, ProseEditorFormField):
                clean_texts([field])
            validator: Callable[[str], None] = partial(
                refuse_out_of_bounds, is_html=isinstance(field, ProseEditorFormField)
            )
            field.validators = [validator, *field.validators]


def typed_texts(filled: Iterable[forms.Form]) -> Iterator[str]:
    """Every text that somebody typed into forms that are valid."""
    for form in filled:
        for name, value in form.cleaned_data.items():
            if isinstance(value, str) and not form.fields[name].widget.is_hidden:
                yield value
