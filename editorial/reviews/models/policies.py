"""Policies: how many people must sign which pages and changes, and when a page that nobody checks again comes down.

What a page needs is frozen onto each edition when it is submitted. Whether it is overdue is asked each day anew.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.attribution import Attributed, actor_key, actor_name
from editorial.accounts.languages import LANGUAGE_CHOICES
from editorial.editions.kinds import kind_label, kind_named


class SignOffPolicy(models.Model):
    """How many sign-offs an edition needs. The most particular row counts; without any, one sign-off is needed."""

    kind = models.CharField(_("kind"), max_length=30, blank=True)
    language = models.CharField(
        _("language"), max_length=10, blank=True, choices=LANGUAGE_CHOICES, help_text=_("Leave empty for all.")
    )
    sign_offs = models.PositiveSmallIntegerField(
        _("sign-offs"), default=1, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    grave_sign_offs = models.PositiveSmallIntegerField(
        _("sign-offs for safety-critical changes"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_(
            "Where boxed warnings, doses, withdrawals or emergency advice changed, and on pages that show what "
            "changed. The larger number applies."
        ),
    )

    back_check = models.BooleanField(
        _("back-check of translations"),
        default=False,
        help_text=_(
            "A second person, who may also sign in the source language, reads what is safety-critical in a translation "
            "without its source, writes what it says, and then compares the two. For translations only."
        ),
    )

    class Meta:
        verbose_name = _("sign-off policy")
        verbose_name_plural = _("sign-off policies")
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="one_policy_of_each_reach")]

    def __str__(self) -> str:
        return f"{kind_label(self.kind)}, {self.get_language_display() or _('all languages')}: {self.sign_offs}"


def required_sign_offs(kind: str, language: str, *, grave: bool) -> int:
    """The number that the policy asks for now; `grave` tells whether the change is one on which lives depend.

    What is urgent needs one, whatever the policy asks.
    """
    if kind_named(kind).is_urgent:
        return 1
    rows = SignOffPolicy.objects.filter(kind__in=("", kind), language__in=("", language))
    return find_requirement(rows, kind, language, grave=grave)


def is_back_check_required(kind: str, language: str) -> bool:
    """Whether policy asks now that what is safety-critical in such a translation is back-checked."""
    if kind_named(kind).is_urgent:
        return False
    rows = SignOffPolicy.objects.filter(kind__in=("", kind), language__in=("", language))
    return asks_back_check(rows, kind, language)


def find_requirement(rows: Iterable[SignOffPolicy], kind: str, language: str, *, grave: bool) -> int:
    """The number that these rows ask for."""
    best = _best_row(rows, kind, language)
    if best is None:
        return 1
    return max(best.sign_offs, best.grave_sign_offs) if grave else best.sign_offs


def asks_back_check(rows: Iterable[SignOffPolicy], kind: str, language: str) -> bool:
    """Whether these rows ask for a back-check; of what is written in the source language nothing is."""
    best = _best_row(rows, kind, language)
    return best is not None and best.back_check and language != settings.SOURCE_LANGUAGE


def _best_row(rows: Iterable[SignOffPolicy], kind: str, language: str) -> SignOffPolicy | None:
    fitting = [row for row in rows if row.kind in ("", kind) and row.language in ("", language)]
    return max(fitting, key=lambda row: (bool(row.kind), bool(row.language)), default=None)


class OverduePolicy(Attributed):
    """After how many days past its review date a page of this kind comes down. Without a row it stays, and says so.

    Who set it and when is kept with it, because what it takes down is recorded under their name.
    """

    kind = models.CharField(_("kind"), max_length=30, unique=True)
    after_days = models.PositiveSmallIntegerField(
        _("days after the review date"),
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_(
            "A page that has not been reviewed again by then is taken down. Delete the policy to keep pages up."
        ),
    )
    set_by = actor_key(verbose_name=_("set by"), editable=False)
    set_by_name = actor_name(_("set by"), editable=False)
    set_at = models.DateTimeField(_("set at"), editable=False)

    ATTRIBUTION = ("set_by", "set_by_name", "set_at")

    class Meta:
        verbose_name = _("policy for overdue pages")
        verbose_name_plural = _("policies for overdue pages")

    def __str__(self) -> str:
        return f"{kind_label(self.kind)}: {self.after_days}"
