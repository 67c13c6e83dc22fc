"""The form of the unit that is open, and what it was opened with."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import bcp47, direction
from editorial.desk.writing.bounded_fields import add_bounds
from editorial.editions.tree import bounds
from editorial.editions.tree.units import Place

from .saving import OpenedUnit

MOST_NUMBER = 2**31 - 1


def read_place(key: str) -> Place | None:
    """The place that an address or a form names as "block.word"; None for what names none."""
    match = re.fullmatch(r"([^\s.]{1,60})\.([a-z_]{1,40})", key)
    return (match[1], match[2]) if match else None


def _number() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST_NUMBER)


def _hidden(longest: int) -> forms.CharField:
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=longest)


class UnitForm(forms.Form):
    """`words` is what is typed, with tags; the rest says what it stood on: see saving.py."""

    unit = _hidden(101)
    source = _number()
    was = _hidden(64)
    read_source = _number()
    read_words = _hidden(64)
    taken = _hidden(bounds.LONGEST_TEXT)
    words = forms.CharField(label=_("Translation"), required=False, strip=False, widget=forms.Textarea)

    def __init__(self, *args: Any, language: str, room: int | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs |= {
            "lang": bcp47(language), "dir": direction(language), "rows": 4, "aria-describedby": "unit-source",
            "spellcheck": "true",
        }  # fmt: skip
        if room:
            self.fields["words"] = forms.CharField(
                label=self.fields["words"].label, required=False, strip=False, max_length=room,
                widget=self.fields["words"].widget,
            )  # fmt: skip
            del self.fields["words"].widget.attrs["maxlength"]  # a browser would cut what is pasted, unseen
        add_bounds(self.fields.values())

    @property
    def opened(self) -> OpenedUnit | None:
        """What the form was opened with; None where it names no unit."""
        place = read_place(self.cleaned_data["unit"])
        if place is None:
            return None
        return OpenedUnit(
            place, self.cleaned_data["was"], self.cleaned_data["source"] or 0,
            self.cleaned_data["read_source"] or 0, self.cleaned_data["read_words"],
        )  # fmt: skip
