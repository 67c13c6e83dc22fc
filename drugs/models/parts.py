"""The parts of a monograph: ordered, retired and never deleted, because their words are kept in every language."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_text
from editorial.editions.models import Document
from editorial.editions.tree import inline
from editorial.editions.tree.nodes import new_id
from editorial.library.models import CareLevel

from .monographs import KIND, Monograph


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


def _own_ids(name: str) -> list[models.BaseConstraint]:
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
        constraints = _own_ids("products")

    def __str__(self) -> str:
        return f"{self.brand} ({self.application_number})"


class DoseUnit(models.TextChoices):
    MG = "mg", "mg"
    MG_PER_KG = "mg-per-kg", "mg/kg"


class IntervalUnit(models.TextChoices):
    WEEKS = "weeks", _("weeks")
    DAYS = "days", _("days")


class Route(models.TextChoices):
    VEIN = "vein", _("into a vein")
    SKIN = "skin", _("under the skin")


class Dose(Part):
    """One line of a dosing schedule: how much, how often, how many times. 0 doses: until the care team stops."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="doses")
    dose = models.DecimalField(_("dose"), max_digits=9, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=12, choices=DoseUnit, default=DoseUnit.MG)
    every = models.PositiveSmallIntegerField(_("every"), validators=[MinValueValidator(1)])
    every_unit = models.CharField(_("weeks or days"), max_length=10, choices=IntervalUnit, default=IntervalUnit.WEEKS)
    number = models.PositiveSmallIntegerField(
        _("number of doses"), default=0, help_text=_("0: until the care team stops it.")
    )
    route = models.CharField(_("route"), max_length=10, choices=Route, default=Route.VEIN)
    phase = models.CharField(_("when"), max_length=200, blank=True, help_text=_("For example: The first four doses."))

    class Meta(Part.Meta):
        verbose_name = _("dose")
        verbose_name_plural = _("doses")
        constraints = [
            *_own_ids("doses"),
            models.CheckConstraint(
                condition=models.Q(dose__gt=0), name="doses_are_more_than_nothing",
                violation_error_message=_("Dose must be greater than zero."),
            ),
            models.CheckConstraint(
                condition=models.Q(every__gte=1), name="doses_come_again",
                violation_error_message=_("Say after how many weeks or days the dose comes again."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dose.normalize():f} {self.get_unit_display()}"


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
            *_own_ids("side_effects"),
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
        constraints = _own_ids("boxed_warnings")

    def __str__(self) -> str:
        return source_text(self, "title")


class Comparison(models.TextChoices):
    AT_LEAST = ">=", "≥"
    MORE_THAN = ">", ">"


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
            *_own_ids("biomarkers"),
            models.CheckConstraint(
                condition=models.Q(cutoff__isnull=True, comparison="")
                | models.Q(cutoff__isnull=False) & ~models.Q(unit="") & ~models.Q(comparison=""),
                name="cut_offs_have_a_unit_and_a_comparison",
                violation_error_message=_("A cut-off needs a unit and a comparison."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CancerType(models.TextChoices):
    TRIPLE_NEGATIVE = "triple-negative", _("triple-negative")
    HR_POSITIVE = "hr-positive", _("hormone receptor-positive")
    HER2_POSITIVE = "her2-positive", _("HER2-positive")
    ANY_SOLID = "any-solid", _("any solid tumor with the marker")


class Stage(models.TextChoices):
    EARLY = "early", _("early, high risk")
    ADVANCED = "advanced", _("advanced")


class Line(models.TextChoices):
    SURGERY = "surgery", _("before and after surgery")
    FIRST = "first", _("first treatment")
    LATER = "later", _("after earlier treatment")
    ANY = "any", _("any")


class Approval(OfAnAuthority, Part):
    """What a regulator allows the drug for. Whether it is in force is told by its events, on any day."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="approvals")
    cancer = models.CharField(_("type of cancer"), max_length=20, choices=CancerType)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    line = models.CharField(_("line of treatment"), max_length=12, choices=Line, default=Line.ANY)
    biomarker = models.ForeignKey(
        Biomarker, models.PROTECT, null=True, blank=True, related_name="approvals", verbose_name=_("biomarker needed")
    )
    partners = models.CharField(_("given with"), max_length=300, blank=True)
    plain = models.TextField(_("approved for, in plain words"), blank=True)
    terms = models.TextField(_("in the regulator's terms"), blank=True)
    meaning = models.TextField(
        _("when withdrawn: what it means"), blank=True, help_text=_("For somebody who takes the drug now.")
    )

    class Meta(Part.Meta):
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = _own_ids("approvals")

    def __str__(self) -> str:
        return source_text(self, "plain") or self.block_id
