"""Whom a dose or an approval is for, as far as age and weight decide it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

ADULT_YEARS = 18  # no child is as old, whatever a regulator calls one


class AgeGroup(models.TextChoices):
    ADULTS = "adults", _("adults")
    CHILDREN = "children", _("children")


class Comparison(models.TextChoices):
    AT_LEAST = ">=", "≥"
    MORE_THAN = ">", ">"


class PatientGroup(models.Model):
    """Adults, children, or people from an age on (years), and of a weight (kg). Nothing given: everybody."""

    age_group = models.CharField(_("age group"), max_length=10, choices=AgeGroup, blank=True)
    age_from = models.PositiveSmallIntegerField(
        _("minimum age (years)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("For example, 12 means 12 years and older. Leave it empty for adults."),
    )  # fmt: skip
    weight_comparison = models.CharField(_("weight comparison"), max_length=4, choices=Comparison, blank=True)
    weight = models.DecimalField(
        _("weight (kg)"), max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )

    class Meta:
        abstract = True


def patient_group_constraints(name: str) -> list[models.BaseConstraint]:
    """The rules of a PatientGroup, for a table whose rows are called `name`."""
    return [
        models.CheckConstraint(
            condition=~Q(age_group=AgeGroup.ADULTS) | Q(age_from__isnull=True),
            name=f"{name}_for_adults_have_no_age",
            violation_error_message=_("Adults need no age. Leave the age empty, or choose no age group."),
        ),
        models.CheckConstraint(
            condition=~Q(age_group=AgeGroup.CHILDREN) | Q(age_from__isnull=True) | Q(age_from__lt=ADULT_YEARS),
            name=f"{name}_for_children_are_for_nobody_older",
            violation_error_message=_("Children are younger than 18. Correct the age, or choose no age group."),
        ),
        models.CheckConstraint(
            condition=Q(weight__isnull=True, weight_comparison="")
            | Q(weight__isnull=False, weight__gt=0) & ~Q(weight_comparison=""),
            name=f"{name}_compare_weights",
            violation_error_message=_("A weight must be greater than zero and needs a comparison: ≥ or >."),
        ),
    ]
