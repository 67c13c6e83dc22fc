"""Preview links, for people who have no account here. Only a digest of each link's token is stored."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.attribution import Attributed, actor_key, actor_name
from editorial.accounts.languages import LANGUAGE_CHOICES
from editorial.editions.models import Document


class Lifetime(models.IntegerChoices):
    """How many days a link works."""

    DAY = 1, _("a day")
    WEEK = 7, _("a week")
    MONTH = 30, _("30 days")


class PreviewLink(Attributed):
    """Whoever has the link sees the working copy of one document in one language until it expires, and nothing else."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="preview_links")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = actor_key()
    made_by_name = actor_name()
    made_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_by_name = actor_name(blank=True)

    ATTRIBUTION = ("made_by", "made_by_name", "made_at")

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("made_at")), name="every_preview_ends"),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="who_takes_a_preview_back_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language} until {self.expires_at}"

    def is_open(self, at: datetime) -> bool:
        """Whether nothing ended it. Closing its maker's account does, as somebody else may be using that account."""
        return self.revoked_at is None and self.expires_at > at and self.made_by.is_active
