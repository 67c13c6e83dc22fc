"""The drug admin's page: a monograph's form and its lists, and what regulators did. Services do the saving."""

from operator import attrgetter

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from editorial.desk.writing.writing_admin import PartForm, WriteForm, minor_field, parts, prose_field
from editorial.editions.models import Document
from editorial.library.models import Reference

from .fields import PARTS
from .models import KIND, Approval, ApprovalEvent, Biomarker, BoxedWarning, Dose, Monograph, Product, SideEffect


class MonographForm(WriteForm):
    title = forms.CharField(label=_("Generic name"), max_length=200)
    pronunciation = forms.CharField(label=_("How to say it"), max_length=120, required=False)
    drug_class = forms.CharField(label=_("Kind of drug"), max_length=200, required=False)
    lead = forms.CharField(label=_("Lead"), required=False, widget=forms.Textarea({"rows": 3}))
    how_it_works = prose_field(_("How it works"))
    how_given = prose_field(_("How it is given"))
    tell_team = prose_field(_("What to tell the care team"))
    change_note = forms.CharField(label=_("What changed, for readers"), required=False, max_length=300)
    is_minor = minor_field()
    review_interval_months = forms.IntegerField(label=_("Review every … months"), min_value=1, max_value=36)
    field_order = [
        "title", "pronunciation", "drug_class", "lead", "how_it_works", "how_given", "tell_team", "change_note",
        "is_minor", "review_interval_months", "reason",
    ]  # fmt: skip


CITE = _("Cite the source by its key, for example [@schmid-2020].")
WORDS = {getattr(Monograph, related).rel.related_model: forms_ for related, forms_ in PARTS.items()}


def part_form(model, named_by: tuple[str, ...], *names: str, base: type[PartForm] = PartForm) -> type[PartForm]:
    """A row of a list, whose fields follow the model's own rules; words are asked for in the source language."""
    fields = {name: model._meta.get_field(name).formfield() for name in names}
    for name, field in fields.items():
        if isinstance(field.widget, forms.Textarea):
            field.widget = forms.Textarea({"rows": 2})
        if WORDS[model].get(name) == "cited":
            field.widget.attrs["data-cites"] = ""
            field.help_text = format_lazy("{} {}", field.help_text, CITE) if field.help_text else CITE
    order = ["id", *names, "retired"]
    return type(f"{model.__name__}Form", (base,), {**fields, "named_by": named_by, "field_order": order})


ProductForm = part_form(
    Product, ("brand", "application_number"), "brand", "application_number", "authority", "formulation"
)
DoseForm = part_form(Dose, ("phase", "dose"), "phase", "dose", "unit", "every", "every_unit", "number", "route")
SideEffectForm = part_form(SideEffect, ("name",), "name", "serious", "care_level", "signs", "what_to_do")
BiomarkerForm = part_form(Biomarker, ("name",), "name", "comparison", "cutoff", "unit", "test", "meaning")


class OfAPartner(PartForm):
    """A row that may be about another drug, and go with one of the page's own approvals."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        approval, partner = self.fields["approval"], self.fields["partner"]
        approval.queryset = self.page.approvals.all()
        partner.queryset = Document.objects.filter(kind=KIND).exclude(pk=self.page.pk).order_by("slug")
        partner.label_from_instance = attrgetter("slug")  # a name would be in one language or another
        approval.empty_label = partner.empty_label = _("none")


class OfItsBiomarkers(PartForm):
    """A row that may need one of the page's own biomarkers."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["biomarker"]
        field.queryset, field.empty_label = self.page.biomarkers.all(), _("none")
        field.help_text = _("Save a new biomarker first, then choose it here.")


BoxedWarningForm = part_form(BoxedWarning, ("title",), "title", "text", "partner", "approval", base=OfAPartner)
ApprovalForm = part_form(
    Approval, ("plain",), "plain", "terms", "authority", "cancer", "stage", "line", "biomarker",
    "partners", "meaning", base=OfItsBiomarkers,
)  # fmt: skip

LISTS = {
    "products": parts(ProductForm, heading=_("Products"), add=_("Add a product")),
    "doses": parts(DoseForm, heading=_("Dosing schedule"), add=_("Add a dose")),
    "side_effects": parts(SideEffectForm, heading=_("Side effects"), add=_("Add a side effect")),
    "boxed_warnings": parts(BoxedWarningForm, heading=_("Boxed warnings"), add=_("Add a boxed warning")),
    "biomarkers": parts(BiomarkerForm, heading=_("Biomarkers"), add=_("Add a biomarker")),
    "approvals": parts(ApprovalForm, heading=_("Approvals"), add=_("Add an approval")),
}


class EventForm(forms.Form):
    """One decision of a regulator. The model knows each field's rule; what cannot have happened the service tells."""

    approval = forms.ModelChoiceField(
        Approval.objects.none(), label=_("Approval"), required=False, empty_label=_("the drug as a whole")
    )
    reference = forms.ModelChoiceField(Reference.objects.all(), label=_("Source"), empty_label=_("choose a reference"))
    field_order = ["approval", "kind", "pathway", "happened_on", "application", "submission", "reference", "note"]

    def __init__(self, *args, monograph: Monograph, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pathway"].help_text = _("Of a grant only.")
        field = self.fields["approval"]
        field.queryset = monograph.approvals.all()  # a retired one is refused in words, and not offered
        kept = [each for each in field.queryset if not each.retired or each == self.initial.get("approval")]
        field.choices = [("", field.empty_label), *((each.pk, str(each)) for each in kept)]


for _name in ("kind", "pathway", "happened_on", "application", "submission", "note"):
    EventForm.base_fields[_name] = ApprovalEvent._meta.get_field(_name).formfield()
EventForm.base_fields["happened_on"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
EventForm.base_fields["note"].widget = forms.Textarea({"rows": 2})


class CorrectionForm(EventForm):
    """What takes the place of a wrong event, or only takes it back; the reason stays on record."""

    is_void = forms.BooleanField(label=_("It did not happen"), required=False)
    field_order = [*EventForm.field_order, "is_void"]
