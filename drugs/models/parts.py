"""The parts of a monograph: ordered, retired and never deleted, because their words are kept in every language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_text
from editorial.editions.models import Document
from editorial.editions.tree import inline
from editorial.editions.tree.nodes import new_id
from editorial.library.models import CareLevel

from .monographs import KIND, Monograph
from .patient_groups import Comparison


def part_id() -> str:
    return new_id("d")


class Part(models.Model):
    block_id = models.CharField(max_length=20, default=part_id, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


class OfAnAuthority(models.Model):
    """A part that an authority decided on: `authority` is the code of one."""

    authority = models.CharField(_("authority"), max_length=10, default="FDA")

    class Meta:
        abstract = True


def own_ids(name: str) -> list[models.BaseConstraint]:
    """That no two rows of a page have one block id."""
    return [models.UniqueConstraint(fields=["monograph", "block_id"], name=f"{name}_have_own_ids")]


class Product(OfAnAuthority, Part):
    """A brand of the drug, under one application: one drug may have several."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="products")
    brand = models.CharField(_("brand name"), max_length=80)
    application_number = models.CharField(_("application number"), max_length=20, help_text=_("For example BLA125514."))
    formulation = models.CharField(_("form"), max_length=200, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = own_ids("products")

    def __str__(self) -> str:
        return f"{self.brand} ({self.application_number})"


class SideEffect(Part):
    """Common, or serious: then with its signs, what to do and how soon."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="side_effects")
    serious = models.BooleanField(_("serious"), default=False)
    care_level = models.CharField(_("care level"), max_length=20, choices=CareLevel, blank=True)
    name = models.CharField(_("side effect"), max_length=200, blank=True)
    signs = models.TextField(_("signs"), blank=True)
    what_to_do = models.TextField(_("what to do"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("side effect")
        verbose_name_plural = _("side effects")
        constraints = [
            *own_ids("side_effects"),
            models.CheckConstraint(
                condition=models.Q(serious=False, care_level="") | models.Q(serious=True) & ~models.Q(care_level=""),
                name="serious_side_effects_have_a_care_level",
                violation_error_message=_(
                    "Say how soon a reader has to act on a serious side effect; if you said so of this one, mark it as "
                    "serious."
                ),
            ),
        ]

    def __str__(self) -> str:
        return inline.plain(inline.from_text(source_text(self, "name")))


class BoxedWarning(Part):
    """The regulator's strongest warning: the drug's own, or that of a partner it is given with.

    One that goes with an approval is on the page from when a verified decision grants that approval.
    """

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="boxed_warnings")
    partner = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": KIND},
        verbose_name=_("partner drug"),
        help_text=_("The drug given together with this one, if the warning is theirs."),
    )
    approval = models.ForeignKey(
        "Approval",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="boxed_warnings",
        verbose_name=_("goes with"),
        help_text=_("The approval of giving both, if there is one: readers see the warning when it is verified."),
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("boxed warning")
        verbose_name_plural = _("boxed warnings")
        constraints = own_ids("boxed_warnings")

    def __str__(self) -> str:
        return source_text(self, "title")


class Biomarker(Part):
    """What a test looks for, with its cut-off."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="biomarkers")
    name = models.CharField(_("biomarker"), max_length=80)
    comparison = models.CharField(_("comparison"), max_length=4, choices=Comparison, blank=True)
    cutoff = models.DecimalField(_("cut-off"), max_digits=9, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    test = models.CharField(_("companion test"), max_length=200, blank=True)
    meaning = models.TextField(_("what it means"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("biomarker")
        verbose_name_plural = _("biomarkers")
        constraints = [
            *own_ids("biomarkers"),
            models.CheckConstraint(
                condition=models.Q(cutoff__isnull=True, comparison="")
                | models.Q(cutoff__isnull=False) & ~models.Q(unit="") & ~models.Q(comparison=""),
                name="cut_offs_have_a_unit_and_a_comparison",
                violation_error_message=_("A cut-off needs a unit and a comparison."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
