"""What importing changed of texts that were sent in a form, for the messages after it is saved."""

from collections.abc import Iterable, Iterator

from django import forms
from django.utils.translation import gettext as _

from .forms import RowForm
from .prose_field import ProseField


def describe_changes(filled: Iterable[forms.Form]) -> Iterator[str]:
    """A message for each text that was typed into these forms and not kept as it was."""
    for form in filled:
        for field in form.fields.values():
            if isinstance(field, ProseField) and field.changes:
                label = str(field.label)
                if isinstance(form, RowForm):
                    label = f"{form.name_of(form.cleaned_data)}: {label}"
                yield _("Some of what you typed under “%(label)s” was changed or left out. %(changes)s") % {
                    "label": label,
                    "changes": " ".join(field.changes),
                }
