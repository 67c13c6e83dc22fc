"""Authorities: who decides about drugs, where that holds, and what their decisions are called.

Parts of a monograph, records and trees hold an authority's code, and copies of where it decides.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuthorityRole(models.TextChoices):
    REGULATOR = "regulator", _("regulator")
    FUNDER = "funder", _("funder")


class DecisionTerm(models.TextChoices):
    """What a positive decision is called. Those of a funder are in trees: see approval_history.FUNDING."""

    APPROVED = "approved", _("approved")
    AUTHORISED = "authorised", _("authorized")
    RECOMMENDED = "recommended", _("recommended for use in the NHS")
    FUNDED = "funded", _("paid for by the health service")


FUNDERS_TERMS = (DecisionTerm.RECOMMENDED, DecisionTerm.FUNDED)


class Authority(models.Model):
    """One that regulates drugs or pays for them; its code is stored everywhere and never changes."""

    code = models.CharField(
        _("code"), max_length=10, unique=True,
        help_text=_("As people write it in short, such as FDA. It never changes."),
        validators=[RegexValidator(r"^[A-Z][A-Z0-9-]*$", _("Use capital letters, digits and hyphens."))],
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=120)
    jurisdiction = models.CharField(
        _("jurisdiction"), max_length=4, help_text=_("Two letters: a country's code, such as US, or EU."),
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Use two capital letters."))],
    )  # fmt: skip
    role = models.CharField(
        _("role"), max_length=12, choices=AuthorityRole, default=AuthorityRole.REGULATOR,
        help_text=_(
            "A regulator decides whether a drug may be used, a funder whether the health service pays for it."
        ),
    )  # fmt: skip
    decision_term = models.CharField(
        _("what its decisions are called"), max_length=12, choices=DecisionTerm, default=DecisionTerm.APPROVED
    )

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role=AuthorityRole.FUNDER) ^ ~models.Q(decision_term__in=FUNDERS_TERMS),
                name="funders_never_approve",
                violation_error_message=_(
                    "A regulator approves or authorizes. A funder recommends a drug or pays for it, and never "
                    "approves it."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def funding_term(self) -> str:
        """What a funder's decision is called; "" of a regulator."""
        return self.decision_term if self.role == AuthorityRole.FUNDER else ""
