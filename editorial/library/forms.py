"""The desk's pages of what all kinds of content share. Saving is the services' business."""

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.reviews.writing import PartForm, WriteForm, parts, prose_field

from .models import SiteWordsPhrase


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
