"""The box for one of many things: by its key, which people type or choose from what the server finds.

It is no list of choices, which would send the whole table with every form, and once more for every part of a page.
"""

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
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


class NamedKeyInput(KeyInput):
    """A box for a key that says little to people: what it stands for is written under it, and changes with it."""

    field: "SearchedField"

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        markup = super().render(name, value, attrs, renderer)
        label = self.field.name_of(value)
        return format_html('{}<output class="choice-name" dir="auto">{}</output>', markup, label)


class SearchedField(forms.Field):
    """Reads the key of one thing of many, which `read_all` looks up; `url` finds it by a few letters.

    A list of forms sets `things_by_key`, so that what its boxes hold is looked up at once.
    """

    widget: Any = KeyInput  # which is given the address and, later, the field
    things_by_key: Mapping[str, Any] = {}  # what `read_all` gave, or None
    default_error_messages = {
        "choices": _("“%(key)s” isn't a key here. Type one of these keys: %(choices)s."),
    }

    def __init__(self, *, url: Any, **options: Any) -> None:
        super().__init__(widget=self.widget(url), **options)
        self.widget.field = self

    def __deepcopy__(self, memo: Any) -> "SearchedField":
        copied: SearchedField = super().__deepcopy__(memo)  # type: ignore[misc]  # which the stubs do not know
        copied.widget.field = copied
        return copied

    @abstractmethod
    def read_all(self, keys: Collection[str]) -> dict[str, Any]:
        """{key: what it stands for} of those that there are, in as few queries as one needs."""

    def suggest(self, typed: str) -> Mapping[str, str]:
        """{key: name} of what somebody may have meant, a few."""
        return {}

    def unknown(self, key: str) -> forms.ValidationError:
        """Without JavaScript nothing is offered while one types: what is found is said here."""
        choices = "; ".join(f"{found} ({name})" for found, name in self.suggest(key).items())
        code = "choices" if choices else "unknown"
        return forms.ValidationError(self.error_messages[code], code, {"key": key, "choices": choices})

    def name_of(self, value: Any) -> str:
        """What people call it; "" where there is no such thing."""
        key = self.as_key(value)
        found = self.find(key) if key and len(key) <= LONGEST_KEY else None
        return "" if found is None else self.label_of(found)

    def label_of(self, found: Any) -> str:
        """What people call what a key stands for."""
        return str(found)

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
    """Reads a key and gives its row, or None where nothing was typed. `column` is the rows' own name for the key.

    `suggest` finds the rows for a refusal by what was typed. Keys are in small letters unless `has_capitals`.
    """

    has_capitals = False
    default_error_messages = {
        "unknown": _("Nothing in the library has the key “%(key)s”. Type a few letters, then choose from the list.")
    }

    def __init__(
        self,
        rows: QuerySet[Any],
        *,
        url: Any,
        column: str = "key",
        suggest: "Callable[[str], Iterable[Model]] | None" = None,
        **options: Any,
    ) -> None:
        super().__init__(url=url, **options)
        self.rows, self.column, self._suggest = rows, column, suggest

    def read_all(self, keys: Collection[str]) -> dict[str, Model]:
        return {getattr(row, self.column): row for row in self.rows.filter(**{f"{self.column}__in": keys})}

    def suggest(self, typed: str) -> dict[str, str]:
        return {getattr(row, self.column): self.label_of(row) for row in self._suggest(typed)} if self._suggest else {}

    def as_key(self, value: Any) -> str:
        if isinstance(value, Model):
            return str(getattr(value, self.column))
        key = super().as_key(value)
        return key if self.has_capitals else key.lower()

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(getattr(value, self.column, "") if isinstance(value, Model) else value)
