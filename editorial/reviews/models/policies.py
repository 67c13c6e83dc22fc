"""The sign-off policy: how many people must sign which pages. Frozen onto each edition when it is submitted."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import LANGUAGE_CHOICES


class SignOffPolicy(models.Model):
    """How many sign-offs an edition needs. The most particular row counts; without any, one sign-off is needed."""

    kind = models.CharField(_("kind"), max_length=30, blank=True, help_text=_("Leave empty for every kind."))
    language = models.CharField(
        _("language"), max_length=10, blank=True, choices=LANGUAGE_CHOICES, help_text=_("Leave empty for all.")
    )
    sign_offs = models.PositiveSmallIntegerField(
        _("sign-offs"), default=1, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    class Meta:
        verbose_name = _("sign-off policy")
        verbose_name_plural = _("sign-off policies")
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="one_policy_of_each_reach")]

    def __str__(self):
        return f"{self.kind or '*'} {self.language or '*'}: {self.sign_offs}"


def required_sign_offs(kind: str, language: str) -> int:
    """The number that the policy asks for now."""
    rows = SignOffPolicy.objects.filter(kind__in=("", kind), language__in=("", language))
    best = max(rows, key=lambda row: (bool(row.kind), bool(row.language)), default=None)
    return best.sign_offs if best else 1
