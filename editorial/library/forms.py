"""The desk's pages of what all kinds of content share. Saving is the services' business."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.text_fields import TextForm
from editorial.desk.writing.forms import saved
from editorial.editions.blockers import Blocked
from editorial.editions.working.conflicts import Conflict, find_conflicts
from editorial.editions.working.row_conflicts import RowChanged, last_seen

from .models import Reference
from .services.references import FIELDS as REFERENCE_FIELDS


class SharedForm(TextForm):
    """Changes a row that pages of all kinds share; `seen` is what its history told when the form was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(label=_("Reason for the change"), required=False, max_length=300)

    row_fields: tuple[str, ...] = ()  # the names of those that hold the row itself

    @classmethod
    def opened(cls, row: models.Model) -> dict[str, Any]:
        """The initial data for a form on this row."""
        return {**saved(row, cls.row_fields), "seen": last_seen(row)}

    def compared(self, refusal: Blocked) -> list[Conflict]:
        """What is saved now beside what was typed, when somebody was quicker. The next save stands on what is shown."""
        if not isinstance(refusal, RowChanged):
            return []
        now = self.opened(refusal.row)
        sent: Any = self.data  # a QueryDict, which cannot be changed
        data = sent.copy()
        data["seen"] = now["seen"]
        self.data = data
        texts = ((self.fields[name].label, now[name], self.cleaned_data[name], False) for name in self.row_fields)
        return list(find_conflicts(texts))


class ReferenceForm(TextForm):
    """The model knows each field's rule. What is there already is the service's to tell, with a link."""


for _name in REFERENCE_FIELDS:
    if _name != "key":
        _field: Any = Reference._meta.get_field(_name)
        ReferenceForm.base_fields[_name] = _field.formfield()
for _name in ("accessed_on", "label_date"):
    ReferenceForm.base_fields[_name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NewReferenceForm(ReferenceForm):
    key = Reference._meta.get_field("key").formfield()
    field_order = ["key"]


class ChangeReferenceForm(SharedForm, ReferenceForm):
    """Without the key, because texts cite it."""

    row_fields = tuple(name for name in REFERENCE_FIELDS if name != "key")
