"""The author's page of an article: its form and its lists. Saving is the service's business."""

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.desk.writing.writing_admin import PartForm, WriteForm, minor_field, parts, prose_field
from editorial.editions.kinds import all_kinds
from editorial.library.models import CareLevel, Figure

from .models import Group, Topic


def piece_choices() -> list[tuple]:
    """Every piece of every page that has some, by page."""
    return [
        ("", _("none")),
        *(
            (str(row), [(f"{row.pk}:{name}", f"{row}: {piece.label}") for name, piece in kind.pieces.items()])
            for kind in all_kinds()
            if kind.pieces
            for row in kind.model.objects.select_related("document")
        ),
    ]


class ArticleForm(WriteForm):
    lead = forms.CharField(
        label=_("Lead"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Two or three plain sentences that say the most."),
    )  # fmt: skip
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    change_note = forms.CharField(
        label=_("What changed, for readers"), required=False, max_length=300,
        help_text=_("For example: New approval added."),
    )  # fmt: skip
    is_minor = minor_field()
    review_interval_months = forms.IntegerField(label=_("Review every … months"), min_value=1, max_value=36)
    field_order = ["title", "lead", "topics", "change_note", "is_minor", "review_interval_months", "reason"]


class KeyPointForm(PartForm):
    text = forms.CharField(label=_("Key point"), required=False, widget=forms.Textarea({"rows": 2, "data-cites": ""}))
    field_order = ["id", "text", "retired"]
    named_by = ("text",)


class SectionForm(PartForm):
    heading = forms.CharField(label=_("Heading or question"), max_length=200, required=False)
    group = forms.ChoiceField(label=_("Group"), choices=Group, initial=Group.OVERVIEW)
    care_level = forms.ChoiceField(
        label=_("Care level"), required=False, choices=[("", _("none")), *CareLevel.choices],
        help_text=_("Only for a section that asks the reader to act."),
    )  # fmt: skip
    body = prose_field(_("Text"))
    figure = forms.ModelChoiceField(
        Figure.objects.all(), label=_("Figure"), required=False, empty_label=_("none"),
        help_text=_("It stands after the text. Figures are uploaded and described on a page of their own."),
    )  # fmt: skip
    shows = forms.ChoiceField(
        choices=piece_choices, label=_("Piece of another page"), required=False,
        help_text=_("It stands at the end of the section, with its own heading and its own review line."),
    )  # fmt: skip
    field_order = ["id", "heading", "group", "care_level", "body", "figure", "shows", "retired"]
    named_by = ("heading",)


LISTS = {
    "key_points": parts(KeyPointForm, heading=_("Key points"), add=_("Add a key point")),
    "sections": parts(SectionForm, heading=_("Sections"), add=_("Add a section")),
}
