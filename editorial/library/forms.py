"""The desk's pages of what all kinds of content share. Saving is the services' business."""

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.reviews.writing import PartForm, WriteForm, parts, prose_field

from .models import Reference, SiteWordsPhrase
from .services.references import FIELDS as REFERENCE_FIELDS


class SiteWordsForm(WriteForm):
    body = prose_field(_("Text"))
    is_page = forms.BooleanField(
        label=_("A page of its own"),
        required=False,
        help_text=_("For texts such as the privacy policy, which readers open."),
    )
    field_order = ["title", "body", "is_page", "reason"]


class PhraseForm(PartForm):
    key = SiteWordsPhrase._meta.get_field("key").formfield(help_text=_("Pages ask for the phrase by it."))
    text = forms.CharField(label=_("Phrase"), required=False, max_length=400)
    field_order = ["id", "key", "text", "retired"]
    named_by = ("key", "text")


PHRASES = parts(PhraseForm, heading=_("Phrases"), add=_("Add a phrase"))


class ReferenceForm(forms.Form):
    """The model knows each field's rule. What is there already is the service's to tell, with a link."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.initial:
            del self.fields["key"]  # texts cite it
            reason = forms.CharField(label=_("Why, for the history"), required=False, max_length=300)
            self.fields["reason"] = reason


for _name in REFERENCE_FIELDS:
    ReferenceForm.base_fields[_name] = Reference._meta.get_field(_name).formfield()
ReferenceForm.base_fields["accessed_on"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
