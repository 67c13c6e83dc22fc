"""The drug admin's page: a monograph's form and its lists, and what regulators did. Services do the saving."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_column
from editorial.accounts.text_fields import TextForm
from editorial.desk.forms import LongTextField
from editorial.desk.writing.forms import RowForm, RowFormSet, row_formset, write_form
from editorial.desk.writing.key_field import KeyField
from editorial.editions.blockers import LONGEST_REASON
from editorial.editions.fields import Label
from editorial.editions.labels import isolate
from editorial.editions.models import Document
from editorial.library.forms import SharedForm
from editorial.library.models import CareLevel, Reference
from editorial.library.topics_admin import TopicsForm

from .fields import MONOGRAPH
from .indication_lines import describe_indication
from .models import (
    KIND,
    KIND_GROUPS,
    OF_A_PRODUCT,
    OF_AN_APPROVAL,
    Approval,
    ApprovalEvent,
    Authority,
    EventKind,
    Monograph,
    Product,
    Setting,
    Stage,
    Until,
)
from .models.approvals import AROUND_SURGERY
from .services.authorities import FIELDS, authority_choices
from .source_checks import Disagreement

MonographForm = write_form(
    MONOGRAPH, "title", "pronunciation", "drug_class", "lead", "how_it_works", "how_given", "tell_team", "topics",
    "change_note", "is_minor", "review_interval_months", base=TopicsForm,
)  # fmt: skip


def _choose_part(field: Any, parts: QuerySet[Any], none: Label) -> None:
    """Let a row choose one of these parts of its page. What the page has at hand is not asked for again."""
    field.queryset = parts
    field.choices = [("", none), *((part.pk, field.label_from_instance(part)) for part in parts)]


class AuthorityRowForm(RowForm):
    """A row that an authority decided on."""

    authority = forms.ChoiceField(label=capfirst(_("authority")), choices=authority_choices, initial="FDA")


class PartnerForm(RowForm):
    """A row that may be about another drug."""

    partner = KeyField(
        Document.objects.filter(kind=KIND, is_discarded=False), url=reverse_lazy("admin:drugs_monograph_choices"),
        column="slug", label=capfirst(_("partner drug")), required=False,
        help_text=_("Type a few letters of its name or address."),
        error_messages={
            "unknown": _("No drug here has the address “%(key)s”. Type a few letters, then choose from the list.")
        },
    )  # fmt: skip


class ProductForm(AuthorityRowForm):
    """A row of an authority's; another product is mostly another form of the same brand's."""

    carried = ("authority",)


class SideEffectForm(RowForm):
    """A row that is a serious one as soon as it is said how soon a reader has to act."""

    implies = {"care_level": {"serious": {"": False, **dict.fromkeys(CareLevel.values, True)}}}


class WarningForm(PartnerForm):
    """A row that may go with one of the page's own approvals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_part(self.fields["approval"], self.page.approvals.all(), _("none"))


class ApprovalForm(AuthorityRowForm, PartnerForm):
    """A row that may need some of the page's own biomarkers. Plain words are suggested from what is saved."""

    seldom = (
        "prior_least", "biomarker_2", "biomarker_3", "joined", "partner", "age_from", "weight_comparison", "weight",
        "sex", "meaning",
    )  # fmt: skip
    carried = ("authority", "setting", "stage", "age_group")  # not what mostly differs
    implies = {
        "setting": {
            "stage": {place: Stage.EARLY if place in AROUND_SURGERY else Stage.ADVANCED for place in Setting.values}
        }
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("biomarker", "biomarker_2", "biomarker_3"):
            _choose_part(self.fields[name], self.page.biomarkers.all(), _("none"))
        self.fields["biomarker"].help_text = _("Save a new biomarker first, then choose it here.")
        if suggested := self._suggested_words():
            words = {"words": isolate(suggested)}
            self.fields["plain"].help_text = _("Suggested from the fields below, as they are saved: %(words)s") % words

    def _suggested_words(self) -> str:
        """Of the approval as it is saved; "" for one that is not."""
        if not self.initial.get("id"):
            return ""
        saved = Approval()
        for name, value in self.initial.items():
            column = source_column(name)
            setattr(saved, column if hasattr(saved, column) else name, value)
        return describe_indication(saved)


class DoseForm(RowForm):
    """A row that may be of one of the page's own products, and for one of its approvals. How much is always typed."""

    seldom = (
        "most", "cycle_days", "per_day", "longest", "longest_unit", "age_from", "weight_comparison", "weight",
        "product", "approval",
    )  # fmt: skip
    carried = ("unit", "route", "every", "every_unit", "age_group")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_part(self.fields["product"], self.page.products.all(), _("all"))
        _choose_part(self.fields["approval"], self.page.approvals.all(), _("all"))
        until: Any = self.fields["until"]
        until.choices = [("", _("until the care team stops it")), *Until.choices]


def _list(related: str, *names: str, base: type[RowForm] = RowForm, lines: tuple[str, ...] = ()) -> type[RowFormSet]:
    return row_formset(MONOGRAPH.part(related), *names, base=base, lines=lines)


LISTS = {
    "products": _list("products", "brand", "application_number", "authority", "formulation", base=ProductForm),
    "doses": _list(
        "doses", "phase", "dose", "unit", "most", "route", "every", "every_unit", "cycle_days", "per_day", "number",
        "until", "longest", "longest_unit", "age_group", "age_from", "weight_comparison", "weight", "product",
        "approval", base=DoseForm,
    ),
    "side_effects": _list(
        "side_effects", "name", "care_level", "serious", "signs", "what_to_do", base=SideEffectForm,
        lines=("name", "signs", "what_to_do", "care_level"),
    ),
    "boxed_warnings": _list("boxed_warnings", "title", "text", "partner", "approval", base=WarningForm),
    "biomarkers": _list("biomarkers", "name", "comparison", "cutoff", "unit", "test", "meaning"),
    "approvals": _list(
        "approvals", "plain", "terms", "authority", "cancer", "hormone_receptors", "her2", "setting", "stage", "line",
        "prior", "prior_least", "biomarker", "biomarker_2", "biomarker_3", "joined", "is_alone", "partners", "partner",
        "age_group", "age_from", "weight_comparison", "weight", "sex", "meaning", base=ApprovalForm,
    ),
}  # fmt: skip


class NewAuthorityForm(TextForm):
    """The model knows each field's rule; what is in use already the service tells."""


for _name in FIELDS:
    _authority_field: Any = Authority._meta.get_field(_name)
    NewAuthorityForm.base_fields[_name] = _authority_field.formfield()


class ChangeAuthorityForm(SharedForm, TextForm):
    """Without the code, which is stored everywhere."""

    row_fields = tuple(name for name in FIELDS if name != "code")


ChangeAuthorityForm.base_fields = {
    **{name: NewAuthorityForm.base_fields[name] for name in ChangeAuthorityForm.row_fields},
    **ChangeAuthorityForm.base_fields,
}


class EventForm(TextForm):
    """One decision of a regulator. The model knows each field's rule; what cannot have happened the service tells."""

    approval: "forms.ModelChoiceField[Approval]" = forms.ModelChoiceField(
        Approval.objects.none(),
        label=_("Approval"),
        required=False,
        empty_label=_("Choose an approval"),
        help_text=_("Of what happened to an approval only."),
    )
    product: "forms.ModelChoiceField[Product]" = forms.ModelChoiceField(
        Product.objects.none(), label=capfirst(_("product")), required=False, empty_label=_("none"),
        help_text=_("Of what happened to a product only."),
    )  # fmt: skip
    reference = KeyField(
        Reference.objects.all(), url=reverse_lazy("admin:library_reference_choices"), label=_("Source"),
        help_text=_("Type a few letters of its key, title, publisher, DOI or set id."),
    )  # fmt: skip
    field_order = [
        "kind", "approval", "product", "pathway", "happened_on", "announced_on", "application", "submission",
        "reference", "note",
    ]  # fmt: skip

    # The kinds that need a field; decision.js shows it for those alone.
    needed_by = {"approval": OF_AN_APPROVAL, "product": OF_A_PRODUCT, "pathway": (EventKind.GRANTED,)}

    is_previewed = False  # what it would do is shown, and nothing is to be recorded yet

    def __init__(self, *args: Any, monograph: Monograph, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kinds in self.needed_by.items():
            self.fields[name].widget.attrs["data-for-kinds"] = " ".join(kinds)
        self.fields["pathway"].help_text = _("Of a grant only.")
        field: Any = self.fields["approval"]
        field.queryset = monograph.approvals.all()  # a retired one is refused in words, and not offered
        offered = [row for row in field.queryset if not row.retired or row == self.initial.get("approval")]
        field.choices = [("", field.empty_label), *((row.pk, str(row)) for row in offered)]
        product: Any = self.fields["product"]
        product.queryset = monograph.products.all()
        kind_field: Any = self.fields["kind"]
        groups = [(group, [(kind.value, kind.label) for kind in kinds]) for group, kinds in KIND_GROUPS]
        kind_field.choices = [("", "---------"), *groups]

    def is_valid(self) -> bool:
        return not self.is_previewed and super().is_valid()


for _name in ("kind", "pathway", "happened_on", "announced_on", "application", "submission", "note"):
    _field: Any = ApprovalEvent._meta.get_field(_name)
    EventForm.base_fields[_name] = _field.formfield()
for _name in ("happened_on", "announced_on"):
    EventForm.base_fields[_name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
EventForm.base_fields["note"].widget = forms.Textarea({"rows": 2})


class CorrectionForm(EventForm):
    """What takes the place of a wrong event, or only takes it back; the reason stays on record."""

    is_void = forms.BooleanField(label=_("It did not happen"), required=False)
    is_unsafe = forms.BooleanField(
        label=_("What readers see now is unsafe"), required=False,
        help_text=_(
            "Readers see a line in its place at once. Otherwise it stays in force until somebody has verified this "
            "correction."
        ),
    )  # fmt: skip
    field_order = [*EventForm.field_order, "is_void", "is_unsafe"]


class SeenField(forms.MultipleChoiceField):
    """Keys of what was shown and ticked. What is shown no more is no mistake: the service asks for what is."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return True


class VerificationForm(TextForm):
    """That the source was read and says so: in which sentence, what disagrees and was seen, the password again."""

    sentence = LongTextField(
        label=_("The sentence of the source that says it"), max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}), help_text=_("Open the source, then paste or type the sentence from it."),
    )  # fmt: skip
    seen = SeenField(label=_("This disagrees. Tick what you have seen and found to be right:"), required=False)
    password = forms.CharField(
        label=_("Confirm with your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )

    def __init__(
        self, *args: Any, disagreements: Sequence[Disagreement] = (), is_comparing: bool = False, **kwargs: Any
    ) -> None:
        """`is_comparing` says that what disagrees is asked for, and nothing is to be verified yet."""
        super().__init__(*args, **kwargs)
        self.is_comparing = is_comparing
        seen: Any = self.fields["seen"]
        seen.choices = [(disagreement.key, disagreement.message) for disagreement in disagreements]
        if not disagreements:
            del self.fields["seen"]
        if is_comparing:
            self.fields["password"].required = False

    def is_valid(self) -> bool:
        return not self.is_comparing and super().is_valid()
