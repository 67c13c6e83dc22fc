"""What was changed about people, by whom and with whose agreement: one chain of records."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.editions.models import TwoPersonRecord


class Act(models.TextChoices):
    """What was done. Stored, so a code never changes."""

    CHANGED = "changed", _("changed")
    ASKED = "asked", _("asked for a change")
    AGREED = "agreed", _("agreed, and changed")
    REFUSED = "refused", _("refused or taken back")
    SERVER = "server", _("changed on the server")
    PASSWORD = "password", _("set a password on the server")
    OWN_PASSWORD = "own-pass", _("set their own password")
    LINK = "link", _("sent a link to set a password")
    SESSIONS = "sessions", _("logged out everywhere")
    FOUND = "found", _("recorded as it was")


class PersonRecord(TwoPersonRecord):
    """One thing done about one person. What a second person has to agree to is asked first, and answered once.

    `changes` is {what: [before, after]}, in the words of `facts.describe_person`; `seen` is what the asker saw of
    the person besides, so that nobody agrees to somebody else's change.
    """

    act = models.CharField(max_length=10, choices=Act)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changes = models.JSONField(default=dict)
    seen = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)

    TYPED = ("reason",)
    SUBJECT, AGREED_TO, CONCERNED = ("person_id",), ("changes",), ("person_id",)

    class Meta:
        verbose_name = "record of people"
        verbose_name_plural = "records of people"
        indexes = [models.Index(fields=["person", "sequence"], name="records_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(act__in=[Act.AGREED, Act.REFUSED]) ^ models.Q(request=None),
                name="answers_alone_name_their_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recorded_by_name}: {self.act} {self.person_id}"


def open_requests() -> "models.QuerySet[PersonRecord]":
    """Requests that wait for a second person, the oldest first."""
    waiting = PersonRecord.objects.filter(act=Act.ASKED, answer=None)
    return waiting.select_related("person", "recorded_by").order_by("sequence")


class PasswordLink(models.Model):
    """Somebody asked for a link to set a password: counted by account and by network address, never the link itself."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = "request for a password link"
        verbose_name_plural = "requests for password links"
        indexes = [
            models.Index(fields=["person", "asked_at"], name="links_of_a_person"),
            models.Index(fields=["address", "asked_at"], name="links_of_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at}"


class AccountMail(models.Model):
    """A letter about an account that waits for the worker: to whom, of what and since when, never a word of it.

    Where somebody asked for a link, only the address that they typed is there, whether an account has it or not.
    """

    letter = models.CharField(max_length=20)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)  # one that is not the account's: typed, or the one before
    record = models.PositiveBigIntegerField(default=0)  # key of the one that it tells of, 0 for none
    name = models.UUIDField(default=uuid.uuid4)  # its Message-ID, also when it is sent again
    written_at = models.DateTimeField()
    not_before = models.DateTimeField(db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "mail about an account"
        verbose_name_plural = "mail about accounts"

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"
