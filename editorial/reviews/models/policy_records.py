"""What was changed about policies, by whom and with whose agreement: one chain of records."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import LANGUAGE_CHOICES
from editorial.editions.kinds import kind_label
from editorial.editions.models import TwoPersonRecord


class PolicyAct(models.TextChoices):
    """What was done. Stored, so a code never changes."""

    CHANGED = "changed", _("changed")
    ASKED = "asked", _("asked for a change")
    AGREED = "agreed", _("agreed, and changed")
    REFUSED = "refused", _("refused or taken back")
    FOUND = "found", _("recorded as it was")


class PolicyName(models.TextChoices):
    """Which policy. Stored, so a code never changes."""

    SIGN_OFFS = "sign-offs", _("sign-off policy")
    OVERDUE = "overdue", _("policy for overdue pages")
    QUESTION = "question", _("question of the checklist")


class PolicyRecord(TwoPersonRecord):
    """One thing done about the policy for pages of a kind in a language ("" of either: all of them).

    `before` and `after` are its numbers by name, {} where there was or will be no such policy. What asks for fewer
    sign-offs is asked for first, and answered once by a second person.
    """

    act = models.CharField(_("what was done"), max_length=10, choices=PolicyAct)
    policy = models.CharField(_("policy"), max_length=20, choices=PolicyName)
    kind = models.CharField(_("kind"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True, choices=LANGUAGE_CHOICES)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), blank=True)

    TYPED = ("reason",)
    SUBJECT, AGREED_TO = ("policy", "kind", "language"), ("before", "after")

    class Meta:
        verbose_name = _("record of policies")
        verbose_name_plural = _("records of policies")
        indexes = [models.Index(fields=["kind", "recorded_at"], name="policy_records_of_a_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(act__in=[PolicyAct.AGREED, PolicyAct.REFUSED]) ^ models.Q(request=None),
                name="policy_answers_name_their_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recorded_by_name}: {self.act} {self.policy} {self.reach}"

    @property
    def reach(self) -> str:
        """Which pages it is about, in words."""
        return f"{kind_label(self.kind)}, {self.get_language_display() or _('all languages')}"


def open_policy_requests() -> QuerySet[PolicyRecord]:
    """Requests that wait for a second person, the oldest first."""
    waiting = PolicyRecord.objects.filter(act=PolicyAct.ASKED, answer=None)
    return waiting.select_related("recorded_by").order_by("sequence")


def policy_records_of(kind: str) -> QuerySet[PolicyRecord]:
    """What was changed about policies that reach pages of this kind; not how they were found."""
    return PolicyRecord.objects.filter(kind__in=("", kind)).exclude(act=PolicyAct.FOUND)


Numbers = dict[str, Any]  # {name of a column: its number}; {} where there is no policy
