"""Boxes for several rows of a table: all to tick while they are few, else those chosen and a search for more."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .key_field import LONGEST_KEY, KeyField, KeyInput

MOST_BOXES = 20  # to tick: of more rows only those that are chosen have one
MOST_KEYS = 200  # that are looked up: any more is no choice of a person's
ADDED = "-added"  # after the field's name: the box in which keys are typed, several with commas between them


class ManyKeysInput(forms.CheckboxSelectMultiple):
    """Its value holds keys: of the boxes that are ticked, and typed into the box for more."""

    field: "ManyKeysField"

    class Media:
        js = ["desk/choices.js"]

    def __init__(self, url: Any) -> None:
        super().__init__()
        self.url = url

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        read = getattr(data, "getlist", lambda key: [data[key]] if key in data else [])
        return [*read(name), *(key for text in read(name + ADDED) for key in text.split(",") if key.strip())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # boxes that nobody ticked are not sent

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        field, keys = self.field, self.field.as_keys(value)
        offered: Collection[Model] = list(field.rows[: MOST_BOXES + 1])
        is_long = len(offered) > MOST_BOXES
        chosen = field.read_all(keys)
        if is_long:
            offered = chosen.values()
        choices = [(field.as_key(row), field.label_of(row)) for row in offered]
        boxes = forms.CheckboxSelectMultiple(self.attrs, choices).render(name, [*chosen], attrs, renderer)
        unknown = [key for key in keys if key not in chosen]
        if not is_long and not unknown:
            return boxes
        box_id = f"{(attrs or {}).get('id', 'id_' + name)}{ADDED}"
        box = KeyInput(self.url).render(
            name + ADDED, ", ".join(unknown), {"id": box_id, "data-adds": name, "maxlength": MOST_KEYS * LONGEST_KEY}
        )
        return format_html(
            '<div class="chosen-keys" aria-live="polite">{}</div><label for="{}">{}</label>{}',
            boxes, box_id, field.add_label, box,
        )  # fmt: skip


class ManyKeysField(KeyField):
    """Reads keys and gives their rows, in the order of `rows`."""

    widget = ManyKeysInput
    has_capitals = True

    def __init__(self, rows: QuerySet[Any], *, add_label: Any, **options: Any) -> None:
        self.add_label = add_label
        super().__init__(rows, **options)

    def as_keys(self, values: Any) -> list[str]:
        """Keys that were typed, or of rows that are saved, each once."""
        return list(dict.fromkeys(key for value in values or [] if (key := self.as_key(value))))

    def read_all(self, keys: Collection[str]) -> dict[str, Model]:
        looked_up = [key for key in keys if len(key) <= LONGEST_KEY][:MOST_KEYS]
        return super().read_all(looked_up) if looked_up else {}

    def to_python(self, value: Any) -> list[Model]:
        keys = self.as_keys(value)
        rows = self.read_all(keys)
        for key in keys:
            if key not in rows:
                raise self.unknown(key[:LONGEST_KEY])
        return list(rows.values())

    def prepare_value(self, value: Any) -> Any:
        """The key of one row, the keys of several."""
        return super().prepare_value(value) if isinstance(value, Model) else self.as_keys(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and sorted(self.as_keys(initial)) != sorted(self.as_keys(data))

    def labels(self, keys: Collection[str]) -> dict[str, str]:
        """{key: what people call it} of these rows."""
        return {key: self.label_of(row) for key, row in self.read_all(keys).items()}
