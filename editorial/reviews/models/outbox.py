"""The outbox: what somebody is to be told by mail, written in the transaction in which it happened.

A row says who, what and about which edition, never the finished words: those are made when it is sent, in the
language and in the way that the person has chosen by then. `mail/outbox.py` writes rows and hands them to a worker.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.editions.models import Edition


class MailState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    UNWANTED = "unwanted", _("no longer wanted")


class Mail(models.Model):
    """One event that one person is to be told of. `because` tells two of the same kind apart: a record, a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("to"))
    event = models.CharField(_("event"), max_length=20)
    # None of what is about no edition: a fact that waits to be verified, of a page that may have none yet.
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+", verbose_name=_("edition"))
    because = models.CharField(max_length=64, editable=False)
    urgent = models.BooleanField(_("about safety"), default=False)  # at once, whatever was chosen but no mail at all
    said = models.JSONField(default=dict, editable=False)  # what the mail says besides the title: see mail/events.py
    written_at = models.DateTimeField(_("written at"))
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.WAITING)
    # Both move on with each attempt: a row is nobody's before `not_before`, and its worker's while it names it.
    not_before = models.DateTimeField(_("not before"))
    claim = models.CharField(max_length=32, blank=True, editable=False)
    in_digest = models.BooleanField(_("in a daily email"), default=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    problem = models.CharField(_("what went wrong"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("email")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "event", "edition", "because"], name="each_event_once_for_each"),
            models.UniqueConstraint(
                fields=["user", "event", "because"], condition=Q(edition=None), name="each_event_of_no_edition_once"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "not_before"], condition=Q(state=MailState.WAITING), name="waiting_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.edition_id}"
