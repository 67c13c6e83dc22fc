"""The author's page of an article: one form and three lists. Saving is the service's business."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

from editorial.library.models import Figure

from .models import Article, CareLevel, Group, KeyPoint, Reference, Section, Topic

PROSE = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Link": {"enableTarget": False},
    "HardBreak": True,
    "History": True,
}


class NewArticleForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    slug = forms.SlugField(
        label=_("Address"), max_length=100, help_text=_("The same in every language, for example side-effects.")
    )


class ArticleForm(forms.Form):
    token = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=200)
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
    review_interval_months = forms.IntegerField(label=_("Review every … months"), min_value=1, max_value=36)
    reason = forms.CharField(
        label=_("Why, for the history"), required=False, max_length=300, help_text=_("Your colleagues see it.")
    )

    @staticmethod
    def initial_of(article: Article, token: int) -> dict:
        return {
            "token": token,
            "title": article.title_en,
            "lead": article.lead_en,
            "topics": [row.topic_id for row in article.topics.all()],
            "change_note": article.change_note_en,
            "review_interval_months": article.review_interval_months,
        }


class PartForm(forms.Form):
    """One row of a list: `id` is its key, `ORDER` its place."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    retired = forms.BooleanField(label=_("Retired"), required=False)

    def has_changed(self) -> bool:
        """A row that only got a place, as the blank one at the end does, was not written."""
        return bool({*self.changed_data} - {"ORDER"})


class KeyPointForm(PartForm):
    text = forms.CharField(label=_("Key point"), required=False, widget=forms.Textarea({"rows": 2}))
    field_order = ["id", "text", "retired"]


class SectionForm(PartForm):
    heading = forms.CharField(label=_("Heading or question"), max_length=200, required=False)
    group = forms.ChoiceField(label=_("Group"), choices=Group, initial=Group.OVERVIEW)
    care_level = forms.ChoiceField(
        label=_("Care level"), required=False, choices=[("", _("none")), *CareLevel.choices],
        help_text=_("Only for a section that asks the reader to act."),
    )  # fmt: skip
    body = ProseEditorFormField(label=_("Text"), required=False, config={"extensions": PROSE})
    figure = forms.ModelChoiceField(
        Figure.objects.all(), label=_("Figure"), required=False, empty_label=_("none"),
        help_text=_("It stands after the text. Figures are uploaded and described on a page of their own."),
    )  # fmt: skip
    field_order = ["id", "heading", "group", "care_level", "body", "figure", "retired"]


class ReferenceForm(PartForm):
    field_order = ["id", "key", "title", "source", "doi", "pmid", "url", "accessed_on", "retired"]

    def clean(self):
        data = super().clean()
        if not any(data.get(name) for name in ("doi", "pmid", "url")) and data.get("key"):
            raise forms.ValidationError(_("A reference needs a DOI, a PMID or a web address, so that it can be found."))
        return data


# The model knows each field's rule; they are written once, there.
for _name in ("key", "title", "source", "doi", "pmid", "url", "accessed_on"):
    ReferenceForm.base_fields[_name] = Reference._meta.get_field(_name).formfield()
ReferenceForm.base_fields["accessed_on"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PartsFormSet(forms.BaseFormSet):
    """An ordered list of parts. Rows that were added and left empty are no rows."""

    ordering_widget = forms.NumberInput(attrs={"class": "order"})

    @classmethod
    def get_ordering_widget(cls):
        return cls.ordering_widget

    def rows(self) -> list[dict]:
        """What `save_parts` takes, in the order that the author gave."""
        forms_ = [form for form in self.forms if form.has_changed() or form.initial.get("id")]
        forms_.sort(key=lambda form: (form.cleaned_data.get("ORDER") is None, form.cleaned_data.get("ORDER") or 0))
        return [{name: value for name, value in form.cleaned_data.items() if name != "ORDER"} for form in forms_]


class ReferenceFormSet(PartsFormSet):
    def clean(self):
        keys = [form.cleaned_data["key"] for form in self.forms if form.is_valid() and form.cleaned_data.get("key")]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            raise forms.ValidationError(_("Two references have the key “%(key)s”.") % {"key": key})


def _formset(form, base=PartsFormSet):
    return forms.formset_factory(form, formset=base, extra=1, can_order=True, max_num=300, absolute_max=400)


FORMSETS = {
    "key_points": (_formset(KeyPointForm), KeyPoint),
    "sections": (_formset(SectionForm), Section),
    "references": (_formset(ReferenceForm, ReferenceFormSet), Reference),
}


def initial_rows(parts, form) -> list[dict]:
    """A formset's initial data from rows of a working copy."""
    names = [name for name in form.base_fields if name != "id"]
    return [
        {"id": part.pk, **{name: getattr(part, f"{name}_en", getattr(part, name, "")) for name in names}}
        for part in parts
    ]
