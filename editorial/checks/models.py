"""Dismissals: why somebody leaves a piece of advice about a block as it is.

Append-only, and about just these words: a digest of what it said tells when they changed, and the advice is
open again.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.attribution import Attributed, actor_key, actor_name
from editorial.accounts.languages import LANGUAGE_CHOICES
from editorial.editions.models import AppendOnly, Document


class Dismissal(Attributed, AppendOnly):
    """One check's advice about one block, answered with a reason."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    advice = models.CharField(max_length=40)  # the id of the check
    node_id = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)  # of what the advice was about: see Finding.digest
    reason = models.TextField(_("reason"))
    dismissed_at = models.DateTimeField(_("dismissed at"))
    dismissed_by = actor_key()
    dismissed_by_name = actor_name()

    ATTRIBUTION = ("dismissed_by", "dismissed_by_name", "dismissed_at")
    TYPED = ("reason",)

    class Meta:
        verbose_name = _("dismissed advice")
        verbose_name_plural = _("dismissed advice")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="advice_is_dismissed_with_a_reason"),
            models.UniqueConstraint(
                fields=["document", "language", "advice", "node_id", "digest"], name="advice_is_dismissed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dismissed_by_name}: {self.advice} {self.node_id}"

    @property
    def key(self) -> tuple[str, str, str]:
        """The finding that it answers: see Finding.dismissal_key."""
        return self.advice, self.node_id, self.digest
