"""The words of monographs, declared once: see editorial/editions/fields.py."""

from django.utils.translation import gettext_lazy as _

from editorial.editions.fields import CITED, PROSE, ContentFields, PartFields, Words

from .models import Approval, Biomarker, BoxedWarning, Dose, Monograph, Product, SideEffect

CITE = _("Cite the source by its key, for example [@schmid-2020].")
# What states a fact is cited.
FACT = Words(CITED, help_text=CITE)
FACT_TEXT = Words(CITED, lines=2, help_text=CITE)

USES_NOTE = _("Readers see it below the lines that say what the drug is approved for. Leave it empty if they say all.")
# Blocks that editions of before did not have: with nothing in them they are left out of the tree.
LATER_BLOCKS = frozenset({"uses-note", "recovery", "questions", "topics"})

MONOGRAPH = ContentFields(
    model=Monograph,
    block="monograph",
    label=_("Name and lead"),
    words={
        "title": Words(),
        "pronunciation": Words(),
        "drug_class": Words(),
        "lead": Words(lines=3),
        "how_it_works": Words(PROSE, around="how-it-works"),
        "how_given": Words(PROSE, around="how-given"),
        "tell_team": Words(PROSE, around="tell-team"),
        "uses_note": Words(PROSE, around="uses-note", help_text=USES_NOTE),
        "recovery": Words(PROSE, around="recovery"),
        "questions": Words(PROSE, around="questions"),
        "change_note": Words(),
    },
    parts=(  # in the order in which they are saved: approvals name biomarkers
        PartFields(
            model=Product,
            related="products",
            block="product",
            label=_("Product"),
            words={"formulation": Words()},
            heading=_("Products"),
            add_label=_("Add a product"),
            named_by=("brand", "application_number"),
        ),
        PartFields(
            model=Dose,
            related="doses",
            block="dose",
            label=_("Dose"),
            words={"phase": FACT},
            heading=_("Dosing schedule"),
            add_label=_("Add a dose"),
            named_by=("phase", "dose"),
        ),
        PartFields(
            model=SideEffect,
            related="side_effects",
            block="side-effect",
            label=_("Side effect"),
            words={"name": FACT, "signs": FACT_TEXT, "what_to_do": FACT_TEXT},
            heading=_("Side effects"),
            add_label=_("Add a side effect"),
            named_by=("name",),
        ),
        PartFields(
            model=BoxedWarning,
            related="boxed_warnings",
            block="boxed-warning",
            label=_("Boxed warning"),
            words={"title": Words(), "text": FACT_TEXT},
            heading=_("Boxed warnings"),
            add_label=_("Add a boxed warning"),
            named_by=("title",),
        ),
        PartFields(
            model=Biomarker,
            related="biomarkers",
            block="biomarker",
            label=_("Biomarker"),
            words={"meaning": FACT_TEXT},
            heading=_("Biomarkers"),
            add_label=_("Add a biomarker"),
            named_by=("name",),
        ),
        PartFields(
            model=Approval,
            related="approvals",
            block="approval",
            label=_("Approval"),
            words={"partners": Words(), "plain": Words(lines=2), "terms": FACT_TEXT, "meaning": FACT_TEXT},
            heading=_("Approvals"),
            add_label=_("Add an approval"),
            named_by=("plain",),
        ),
    ),
)
