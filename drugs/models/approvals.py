"""What a regulator allows a drug for: the cancer, what tests must find, when, after what, with what and for whom."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_text
from editorial.editions.models import Document

from ..cancers import CancerType, find_receptor_problem
from .monographs import KIND, Monograph
from .parts import Biomarker, OfAnAuthority, Part, own_ids
from .patient_groups import PatientGroup, patient_group_constraints


class HormoneReceptors(models.TextChoices):
    POSITIVE = "positive", _("positive")
    NEGATIVE = "negative", _("negative")
    EITHER = "either", _("positive or negative")


class Her2(models.TextChoices):
    """As it is tested: “low” says nothing of the hormone receptors."""

    POSITIVE = "positive", _("HER2-positive")
    NEGATIVE = "negative", _("HER2-negative")
    LOW = "low", _("HER2-low")
    LOW_OR_ULTRALOW = "low-or-ultralow", _("HER2-low or HER2-ultralow")


class Joined(models.TextChoices):
    AND = "and", _("all of them are needed")
    OR = "or", _("one of them is enough")


class Stage(models.TextChoices):
    EARLY = "early", _("early, high risk")
    ADVANCED = "advanced", _("advanced")


class Setting(models.TextChoices):
    BEFORE_SURGERY = "before-surgery", _("before surgery")
    AFTER_SURGERY = "after-surgery", _("after surgery")
    AROUND_SURGERY = "around-surgery", _("before and after surgery")
    UNRESECTABLE_OR_METASTATIC = "unresectable-or-metastatic", _("has spread or cannot be removed")
    METASTATIC = "metastatic", _("has spread")
    MAINTENANCE = "maintenance", _("maintenance after other treatment")


AROUND_SURGERY = (Setting.BEFORE_SURGERY, Setting.AFTER_SURGERY, Setting.AROUND_SURGERY)


class Line(models.TextChoices):
    SURGERY = "surgery", _("before and after surgery")
    FIRST = "first", _("first treatment")
    LATER = "later", _("after earlier treatment")
    ANY = "any", _("any")


class PriorTreatment(models.TextChoices):
    NONE = "none", _("no earlier treatment")
    ANY = "any", _("any treatment")
    CHEMOTHERAPY = "chemotherapy", _("chemotherapy")
    PLATINUM = "platinum", _("platinum chemotherapy")
    ENDOCRINE = "endocrine", _("hormone therapy")
    ANTI_HER2 = "anti-her2", _("treatment against HER2")
    CHECKPOINT = "checkpoint", _("a checkpoint inhibitor")


class Sex(models.TextChoices):
    FEMALE = "female", _("women")
    MALE = "male", _("men")


def _another_biomarker(place: int) -> "models.ForeignKey[Biomarker | None, Biomarker | None]":
    names = {2: _("second biomarker"), 3: _("third biomarker")}
    return models.ForeignKey(
        Biomarker, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=names[place]
    )


class Approval(OfAnAuthority, PatientGroup, Part):
    """What a regulator allows the drug for. Whether it is in force is told by its events, on any day.

    Without a biomarker no test is needed. Codes that are stored are never renamed.
    """

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="approvals")
    cancer = models.CharField(_("type of cancer"), max_length=20, choices=CancerType)
    hormone_receptors = models.CharField(_("hormone receptors"), max_length=10, choices=HormoneReceptors, blank=True)
    her2 = models.CharField(_("HER2"), max_length=16, choices=Her2, blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    setting = models.CharField(_("setting"), max_length=30, choices=Setting, blank=True)
    line = models.CharField(_("line of treatment"), max_length=12, choices=Line, default=Line.ANY)
    prior = models.CharField(_("earlier treatment"), max_length=16, choices=PriorTreatment, blank=True)
    prior_least = models.PositiveSmallIntegerField(
        _("minimum number of earlier treatments"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("Leave it empty if the regulator gives no number."),
    )  # fmt: skip
    biomarker = models.ForeignKey(
        Biomarker, models.PROTECT, null=True, blank=True, related_name="approvals", verbose_name=_("biomarker needed")
    )
    biomarker_2 = _another_biomarker(2)
    biomarker_3 = _another_biomarker(3)
    joined = models.CharField(_("if several biomarkers"), max_length=3, choices=Joined, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, blank=True)
    is_alone = models.BooleanField(_("given alone"), default=False)
    partners = models.CharField(_("given with"), max_length=300, blank=True)
    partner = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", limit_choices_to={"kind": KIND},
        verbose_name=_("partner drug"), help_text=_("If one of the drugs it is given with has a page here."),
    )  # fmt: skip
    plain = models.TextField(_("approved for, in plain words"), blank=True)
    terms = models.TextField(_("in the regulator's terms"), blank=True)
    meaning = models.TextField(
        _("when withdrawn: what it means"), blank=True, help_text=_("For somebody who takes the drug now.")
    )

    class Meta(Part.Meta):
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            *own_ids("approvals"),
            *patient_group_constraints("approvals"),
            models.CheckConstraint(
                condition=Q(biomarker_2__isnull=True, biomarker_3__isnull=True, joined="")
                | Q(biomarker__isnull=False, biomarker_2__isnull=False) & ~Q(joined=""),
                name="several_biomarkers_are_joined",
                violation_error_message=_(
                    "Fill in several biomarkers from the first box on, and say whether one of them is enough."
                ),
            ),
            models.CheckConstraint(
                condition=Q(prior_least__isnull=True) | ~Q(prior__in=["", PriorTreatment.NONE]),
                name="earlier_treatments_are_named",
                violation_error_message=_("Say which earlier treatment the number is of, such as any treatment."),
            ),
        ]

    def __str__(self) -> str:
        return source_text(self, "plain") or self.block_id

    def clean(self) -> None:
        problems = [
            find_receptor_problem(self.cancer, self.hormone_receptors, self.her2), self._find_setting_problem(),
            self._find_biomarker_problem(), self._find_partner_problem(),
        ]  # fmt: skip
        if told := [problem for problem in problems if problem]:
            raise ValidationError(told)

    @property
    def biomarkers(self) -> list[Biomarker]:
        """Those that it needs, in their order."""
        return [needed for needed in (self.biomarker, self.biomarker_2, self.biomarker_3) if needed]

    def _find_setting_problem(self) -> str:
        if self.setting and (self.setting in AROUND_SURGERY) != (self.stage == Stage.EARLY):
            return str(_("The setting doesn't match the stage. Correct one of them."))
        if self.line == Line.SURGERY and self.setting not in ("", Setting.AROUND_SURGERY):
            return str(_("The line says before and after surgery, but the setting doesn't. Correct one of them."))
        if self.line == Line.FIRST and self.prior_least:
            return str(_("A first treatment can't follow earlier treatments. Correct the line or their number."))
        return ""

    def _find_biomarker_problem(self) -> str:
        keys = [key for key in (self.biomarker_id, self.biomarker_2_id, self.biomarker_3_id) if key]
        return str(_("A biomarker is chosen twice. Choose each once.")) if len(keys) != len(set(keys)) else ""

    def _find_partner_problem(self) -> str:
        if self.is_alone and (source_text(self, "partners") or self.partner_id):
            return str(_("It is given either alone or with other drugs. Clear “given with” or “given alone”."))
        return ""
