"""The box for one row of a table that may be long: by its key, which people type or choose from what the server finds.

It is no list of choices, which would send the whole table with every form, and once more for every part of a page.
"""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from editorial.text_hygiene import clean_line


class KeyInput(forms.TextInput):
    """Offers what `url` finds for the letters that were typed: {"choices": [{"value", "name"}]}."""

    class Media:
        js = ["desk/choices.js"]

    def __init__(self, url: Any) -> None:
        attributes = {"data-choices": url, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__({**attributes, "autocorrect": "off", "maxlength": KeyField.longest})


class KeyField(forms.Field):
    """Reads a key and gives its row, or None where nothing was typed. `column` is the rows' own name for the key."""

    longest = 100  # characters
    default_error_messages = {
        "unknown": _("Nothing in the library has the key “%(key)s”. Type a few letters, then choose from the list.")
    }

    def __init__(self, rows: QuerySet[Any], *, url: Any, column: str = "key", **options: Any) -> None:
        super().__init__(widget=KeyInput(url), **options)
        self.rows, self.column = rows, column

    def to_python(self, value: Any) -> Model | None:
        key = _as_key(value)
        if not key:
            return None
        row: Model | None = self.rows.filter(**{self.column: key}).first() if len(key) <= self.longest else None
        if row is None:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown", {"key": key[: self.longest]})
        return row

    def prepare_value(self, value: Any) -> str:
        return str(getattr(value, self.column, "") if isinstance(value, Model) else value or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and _as_key(data) != self.prepare_value(initial)


def _as_key(value: Any) -> str:
    return clean_line(str(value or "")).lower()
