"""The box for one of many things: by its key, which people type or choose from what the server finds.

It is no list of choices, which would send the whole table with every form, and once more for every part of a page.
"""

from abc import abstractmethod
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from editorial.text_hygiene import clean_line

LONGEST_KEY = 100  # characters


class KeyInput(forms.TextInput):
    """Offers what `url` finds for the letters that were typed: {"choices": [{"value", "name"}]}."""

    class Media:
        js = ["desk/choices.js"]

    def __init__(self, url: Any) -> None:
        attributes = {"data-choices": url, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__({**attributes, "autocorrect": "off", "maxlength": LONGEST_KEY})


class SearchedField(forms.Field):
    """Reads the key of one thing of many, which `read_all` looks up; `url` finds it by a few letters.

    A list of forms sets `things_by_key`, so that what its boxes hold is looked up at once.
    """

    widget = KeyInput
    things_by_key: Mapping[str, Any] = {}  # what `read_all` gave, or None

    def __init__(self, *, url: Any, **options: Any) -> None:
        super().__init__(widget=self.widget(url), **options)

    @abstractmethod
    def read_all(self, keys: Collection[str]) -> dict[str, Any]:
        """{key: what it stands for} of those that there are, in as few queries as one needs."""

    @abstractmethod
    def unknown(self, key: str) -> forms.ValidationError:
        """Says what to do where nothing has this key."""

    def as_key(self, value: Any) -> str:
        """What was typed, or what is saved, as a key."""
        return clean_line(str(value or ""))

    def find(self, key: str) -> Any:
        """What a key stands for, or None."""
        return self.things_by_key[key] if key in self.things_by_key else self.read_all([key]).get(key)

    def look_up(self, values: Collection[Any]) -> Mapping[str, Any]:
        """For `things_by_key`: all that boxes with these values hold."""
        keys = {key for value in values if (key := self.as_key(value)) and len(key) <= LONGEST_KEY}
        return {**dict.fromkeys(keys), **self.read_all(keys)} if keys else {}

    def to_python(self, value: Any) -> Any:
        key = self.as_key(value)
        if not key:
            return None
        thing = self.find(key) if len(key) <= LONGEST_KEY else None
        if thing is None:
            raise self.unknown(key[:LONGEST_KEY])
        return thing

    def prepare_value(self, value: Any) -> str:
        return str(value or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and self.as_key(data) != self.prepare_value(initial)


class KeyField(SearchedField):
    """Reads a key and gives its row, or None where nothing was typed. `column` is the rows' own name for the key."""

    default_error_messages = {
        "unknown": _("Nothing in the library has the key “%(key)s”. Type a few letters, then choose from the list.")
    }

    def __init__(self, rows: QuerySet[Any], *, url: Any, column: str = "key", **options: Any) -> None:
        super().__init__(url=url, **options)
        self.rows, self.column = rows, column

    def read_all(self, keys: Collection[str]) -> dict[str, Model]:
        return {getattr(row, self.column): row for row in self.rows.filter(**{f"{self.column}__in": keys})}

    def unknown(self, key: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages["unknown"], "unknown", {"key": key})

    def as_key(self, value: Any) -> str:
        return self.prepare_value(value) if isinstance(value, Model) else super().as_key(value).lower()

    def prepare_value(self, value: Any) -> str:
        return super().prepare_value(getattr(value, self.column, "") if isinstance(value, Model) else value)
