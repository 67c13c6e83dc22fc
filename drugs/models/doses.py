"""Doses: how much, on which days, for how long, and for whom."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..cycle_days import find_cycle_problem
from .approvals import Approval
from .monographs import Monograph
from .parts import Part, Product, own_ids
from .patient_groups import PatientGroup, patient_group_constraints


class DoseUnit(models.TextChoices):
    MG = "mg", "mg"
    MG_PER_KG = "mg-per-kg", "mg/kg"
    MG_PER_M2 = "mg-per-m2", "mg/m²"


class IntervalUnit(models.TextChoices):
    WEEKS = "weeks", _("weeks")
    DAYS = "days", _("days")


class LongestUnit(models.TextChoices):
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class Route(models.TextChoices):
    VEIN = "vein", _("into a vein")
    SKIN = "skin", _("under the skin")
    MUSCLE = "muscle", _("into a muscle")
    MOUTH = "mouth", _("by mouth")
    BLADDER = "bladder", _("into the bladder")


class Until(models.TextChoices):
    """What ends it where no number of doses does. Nothing chosen: the care team says when."""

    PROGRESSION = "progression", _("until the cancer grows or side effects are too severe")
    RECURRENCE = "recurrence", _("until the cancer comes back or side effects are too severe")


DAYS_A_WEEK = 7


class Dose(PatientGroup, Part):
    """One line of a dosing schedule: how much, how often, how many times. 0 doses: until `until`.

    `most` is in mg, of one dose. With `cycle_days`, `every` is the length of the cycle.
    """

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="doses")
    dose = models.DecimalField(_("dose"), max_digits=9, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=12, choices=DoseUnit, default=DoseUnit.MG)
    most = models.DecimalField(
        _("maximum (mg)"), max_digits=9, decimal_places=3, null=True, blank=True,
        help_text=_("The most that one dose may be, if it goes by weight or body surface."),
    )  # fmt: skip
    every = models.PositiveSmallIntegerField(_("every"), validators=[MinValueValidator(1)])
    every_unit = models.CharField(_("weeks or days"), max_length=10, choices=IntervalUnit, default=IntervalUnit.WEEKS)
    cycle_days = models.CharField(
        _("days of the cycle"), max_length=60, blank=True,
        help_text=_("For example 1, 8 or 1-21, in a cycle of the length above. Empty: no such days."),
    )  # fmt: skip
    per_day = models.PositiveSmallIntegerField(
        _("times a day"), default=1, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    number = models.PositiveSmallIntegerField(
        _("number of doses"), default=0, help_text=_("0: until the care team stops it.")
    )
    until = models.CharField(_("until when"), max_length=12, choices=Until, blank=True)
    longest = models.PositiveSmallIntegerField(
        _("maximum duration"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("If treatment has a limit, for example 24 months."),
    )  # fmt: skip
    longest_unit = models.CharField(_("weeks or months"), max_length=10, choices=LongestUnit, blank=True)
    route = models.CharField(_("route"), max_length=10, choices=Route, default=Route.VEIN)
    phase = models.CharField(_("when"), max_length=200, blank=True, help_text=_("For example: The first four doses."))
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="doses", verbose_name=_("product"),
        help_text=_("If this is the dose of one product only. Save a new product first."),
    )  # fmt: skip
    approval = models.ForeignKey(
        Approval, models.PROTECT, null=True, blank=True, related_name="doses", verbose_name=_("for this use"),
        help_text=_("If this is the dose for one approved use only. Readers see it once that approval is verified."),
    )  # fmt: skip

    class Meta(Part.Meta):
        verbose_name = _("dose")
        verbose_name_plural = _("doses")
        constraints = [
            *own_ids("doses"),
            *patient_group_constraints("doses"),
            models.CheckConstraint(
                condition=Q(dose__gt=0), name="doses_are_more_than_nothing",
                violation_error_message=_("Dose must be greater than zero."),
            ),
            models.CheckConstraint(
                condition=Q(every__gte=1), name="doses_come_again",
                violation_error_message=_("Say after how many weeks or days the dose comes again."),
            ),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | ~Q(unit=DoseUnit.MG), name="flat_doses_have_no_maximum",
                violation_error_message=_(
                    "A dose that is the same for everybody has no maximum. Choose mg/kg or mg/m², or leave the maximum "
                    "empty."
                ),
            ),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(most__gt=F("dose")), name="maximums_are_more_than_a_dose",
                violation_error_message=_("The maximum must be greater than the dose for one kg or m²."),
            ),
            models.CheckConstraint(
                condition=Q(number=0) | Q(until="", longest__isnull=True), name="doses_end_by_number_or_otherwise",
                violation_error_message=_(
                    "A number of doses already says when treatment ends. Set it to 0, or leave “until when” and the "
                    "maximum duration empty."
                ),
            ),
            models.CheckConstraint(
                condition=Q(longest__isnull=True, longest_unit="") | Q(longest__isnull=False) & ~Q(longest_unit=""),
                name="limits_have_a_unit",
                violation_error_message=_("Enter both the maximum duration and its unit, weeks or months."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dose.normalize():f} {self.get_unit_display()}"

    def clean(self) -> None:
        if (
            self.cycle_days
            and isinstance(self.every, int)
            and (problem := find_cycle_problem(self.cycle_days, self.cycle_length))
        ):
            raise ValidationError({"cycle_days": problem})

    @property
    def cycle_length(self) -> int:
        """In days."""
        return self.every * DAYS_A_WEEK if self.every_unit == IntervalUnit.WEEKS else self.every
