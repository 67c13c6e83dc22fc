"""The translator's form: a box for each unit of the signed source."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

from editorial.accounts.languages import bcp47, direction
from editorial.editions.tree.words import Place, Unit

INLINE = {"Bold": True, "Italic": True, "HardBreak": True, "Link": {"enableTarget": False}}


class UnitsForm(forms.Form):
    """Fields are called unit-0, unit-1, … in the source's reading order; check-… says that an old text still holds."""

    token = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, units: list[Unit], typed: dict[Place, str], language: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.units, self.typed = units, typed
        for number, unit in enumerate(units):
            field = self._field(unit, number, language)
            field.initial = typed.get(unit.place, "")
            self.fields[f"unit-{number}"] = field
            self.fields[f"check-{number}"] = forms.BooleanField(label=_("This is still right"), required=False)

    def _field(self, unit: Unit, number: int, language: str) -> forms.Field:
        attrs = {"lang": bcp47(language), "dir": direction(language), "aria-labelledby": f"unit-{number}-source"}
        if unit.node.type in ("paragraph", "item"):
            field = ProseEditorFormField(config={"extensions": INLINE}, required=False)
            field.widget.attrs |= attrs
            return field
        return forms.CharField(required=False, widget=forms.Textarea({**attrs, "rows": 2, "cols": 60}))

    def changed_words(self) -> dict[Place, str]:
        """{place: what was typed} where it is not what the form opened with."""
        return {
            unit.place: self.cleaned_data[f"unit-{number}"]
            for number, unit in enumerate(self.units)
            if f"unit-{number}" in self.changed_data
        }

    def checked_places(self) -> frozenset[Place]:
        return frozenset(unit.place for number, unit in enumerate(self.units) if self.cleaned_data[f"check-{number}"])
