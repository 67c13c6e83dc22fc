"""The worker's sign of life, for /readyz: it may run on another server than whoever asks."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAIL_WORKER = "send_mail"


class Heartbeat(models.Model):
    """When something that has to run began its newest pass."""

    name = models.CharField(_("name"), max_length=30, primary_key=True)
    beat_at = models.DateTimeField(_("last run"))

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self) -> str:
        return f"{self.name}: {self.beat_at}"


def record_heartbeat(at: datetime | None = None) -> None:
    """Note that the worker runs."""
    Heartbeat.objects.update_or_create(name=MAIL_WORKER, defaults={"beat_at": at or timezone.now()})


def last_heartbeat() -> datetime | None:
    """When the worker last ran; None where it never did."""
    return Heartbeat.objects.filter(name=MAIL_WORKER).values_list("beat_at", flat=True).first()
