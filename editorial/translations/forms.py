"""The translator's form: a box for each unit of the signed source, named after its place."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import bcp47, direction
from editorial.desk.writing.bounded_fields import add_bounds
from editorial.desk.writing.prose_editor import unit_field
from editorial.editions.tree import inline, prose
from editorial.editions.tree.units import Place, Unit, digest_words

HTML_NODES = ("paragraph", "item", "cell")  # units whose words are written in the prose editor


class UnitsForm(forms.Form):
    """For each unit its words (unit-…), what they were when the page was opened (was-…), and a tick (check-…)."""

    source = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        units: list[Unit],
        typed: Mapping[Place, str],
        room: Mapping[Place, int],
        language: str,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.units, self.typed = units, typed
        for number, unit in enumerate(units):
            key = self.key(unit.place)
            field = self._field(unit, number, language, room.get(unit.place))
            field.initial = typed.get(unit.place, "")
            self.fields[f"unit-{key}"] = field
            was = self._digest(unit, typed.get(unit.place, ""))
            self.fields[f"was-{key}"] = forms.CharField(initial=was, required=False, widget=forms.HiddenInput)
            tick = forms.CheckboxInput({"aria-describedby": f"source-{number}"})
            self.fields[f"check-{key}"] = forms.BooleanField(
                label=_("Still correct"), label_suffix="", required=False, widget=tick
            )
        add_bounds(self.fields.values())

    @staticmethod
    def key(place: Place) -> str:
        return ".".join(place)

    @staticmethod
    def _field(unit: Unit, number: int, language: str, room: int | None) -> forms.Field:
        attrs = {"lang": bcp47(language), "dir": direction(language), "aria-labelledby": f"source-{number}"}
        if unit.node.type in HTML_NODES:
            field: forms.Field = unit_field(told_as=unit.node.plain("text")[:60])
            field.widget.attrs |= attrs
            return field
        return forms.CharField(required=False, max_length=room, widget=forms.Textarea({**attrs, "rows": 2, "cols": 60}))

    @staticmethod
    def _digest(unit: Unit, typed: str) -> str:
        """Tells words apart, not markup: the editor writes HTML its own way."""
        if unit.node.type in HTML_NODES:
            return digest_words(prose.rich_words(typed))
        return digest_words(inline.from_text(typed))

    def changed_words(self) -> dict[Place, str]:
        """{place: what was typed} where it is not what the page was opened with."""
        return {
            unit.place: typed
            for unit in self.units
            if self._digest(unit, typed := self._typed(unit)) != self.cleaned_data[f"was-{self.key(unit.place)}"]
        }

    def _typed(self, unit: Unit) -> str:
        return str(self.cleaned_data[f"unit-{self.key(unit.place)}"])

    def conflicting(self) -> list[Unit]:
        """Units that somebody else saved since the page was opened, and that were typed otherwise here."""
        changed = self.changed_words()
        conflicts = []
        for unit in self.units:
            now = self._digest(unit, self.typed.get(unit.place, ""))
            if unit.place in changed and now not in (
                self.cleaned_data[f"was-{self.key(unit.place)}"],
                self._digest(unit, changed[unit.place]),
            ):
                conflicts.append(unit)
        return conflicts

    def renewed(self, units: list[Unit], source: int) -> QueryDict:
        """The data of this form, as of now: after the conflicts in `units` were shown, a save stands on them."""
        data = cast(QueryDict, self.data).copy()
        data["source"] = str(source)
        for unit in units:
            data[f"was-{self.key(unit.place)}"] = self._digest(unit, self.typed.get(unit.place, ""))
        return data

    def homeless(self) -> list[str]:
        """Words that were typed for units which the source has no more."""
        own_names = {f"unit-{self.key(unit.place)}" for unit in self.units}
        return [
            value for name, value in self.data.items() if name.startswith("unit-") and name not in own_names and value
        ]

    def checked_places(self) -> frozenset[Place]:
        return frozenset(unit.place for unit in self.units if self.cleaned_data[f"check-{self.key(unit.place)}"])
