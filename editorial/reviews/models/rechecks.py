"""Rechecks: reasons to look at an edition again, opened by what changed and open until somebody settles them.

Both tables are append-only: a recheck is never edited away, and how it was settled is a row of its own.
"""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.accounts.attribution import Attributed, actor_key, actor_name
from editorial.editions.models import FIRM, AppendOnly, Dependency, Document, Edition

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Began(TypedDict):
        began: datetime  # when what changed could first be read

    class _Certainty(TypedDict):
        is_certain: bool  # whether the edition says what changed; else it only leads there, and may rest on it

    RecheckInEffect = WithAnnotations["Recheck", _Began]
    RecheckWithCertainty = WithAnnotations["Recheck", _Certainty]


class Cause(models.TextChoices):
    """What happened to something that the edition rests on."""

    RELEASED = "released", _("a page that it shows has a new release")
    SOURCE = "source", _("its source has a newer edition")
    EVENT = "event", _("a regulator's decision was recorded")
    WITHDRAWN = "withdrawn", _("a page that it shows or links to was taken down")
    REVOKED = "revoked", _("a sign-off was revoked")
    UNTRUE = "untrue", _("something that it asserts is not true any more")

    @property
    def is_about_safety(self) -> bool:
        """Whether an edition that is only scheduled has to wait until it is settled."""
        return self in (Cause.EVENT, Cause.WITHDRAWN, Cause.REVOKED, Cause.UNTRUE)


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def open(self) -> "RecheckQuerySet":
        """By the records: for what may be done to an edition, and for lists of a few editions."""
        return self.filter(settlement__isnull=True)

    def listed_open(self) -> "RecheckQuerySet":
        """The same by their rows, for lists of all: it reads past none that was ever settled."""
        return self.filter(pk__in=OpenRecheck.objects.values("recheck"))

    def in_effect(self, at: datetime) -> "models.QuerySet[RecheckInEffect]":
        """Those of which the change can be read by then: nobody looked at the page after it before."""
        queryset: models.QuerySet[Recheck] = self  # what it annotates is known of this type, not of a subclass
        return queryset.annotate(began=Coalesce("takes_effect_at", "opened_at")).filter(began__lte=at)

    def with_certainty(self) -> "models.QuerySet[RecheckWithCertainty]":
        """Those of which the edition shows or repeats what changed, or that are about its own page, `is_certain`."""
        queryset: models.QuerySet[Recheck] = self
        firm = Dependency.objects.filter(edition=OuterRef("edition"), document=OuterRef("document"), how__in=FIRM)
        is_own = Q(document=F("edition__document"))
        is_firm = models.Case(models.When(is_own | Exists(firm), then=True), default=False)
        return queryset.annotate(is_certain=Coalesce("shows_change", is_firm))


class Recheck(Attributed, AppendOnly):
    """One reason to look at one edition again. `because` is the digest of the record that is the reason."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rechecks")
    cause = models.CharField(_("cause"), max_length=20, choices=Cause)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("what changed"))
    because = models.CharField(max_length=64)
    opened_at = models.DateTimeField(_("opened at"))
    # When readers see what changed, where that was only scheduled; None: at once.
    takes_effect_at = models.DateTimeField(_("takes effect at"), null=True, blank=True)
    # Whether the edition shows what changed, where the kind of the changed page could tell; else None.
    shows_change = models.BooleanField(null=True, editable=False)
    opened_by = actor_key()
    opened_by_name = actor_name()

    ATTRIBUTION = ("opened_by", "opened_by_name", "opened_at")

    objects = RecheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("recheck")
        verbose_name_plural = _("rechecks")
        ordering = ["opened_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "because"], name="each_reason_once_for_each_edition")]
        indexes = [models.Index(fields=["because", "edition"], name="rechecks_of_one_change")]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.get_cause_display()}"

    @classmethod
    def database_effect(cls) -> str:
        """SQL over NEW that the database runs with each new row; see triggers.py."""
        return f"INSERT INTO {OpenRecheck._meta.db_table} (recheck_id) VALUES (NEW.id)"  # noqa: S608 (a name of ours)

    @property
    def is_about_safety(self) -> bool:
        return Cause(self.cause).is_about_safety

    @property
    def is_coming(self) -> bool:
        """Whether what changed is not read yet."""
        return self.takes_effect_at is not None and self.takes_effect_at > timezone.now()


class OpenRecheck(models.Model):
    """A recheck that nobody settled: the database writes the row with it, and takes it away with the settlement."""

    recheck = models.OneToOneField(Recheck, models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        verbose_name = "open recheck"

    def __str__(self) -> str:
        return str(self.recheck_id)


class Outcome(models.TextChoices):
    NEW_EDITION = "new-edition", _("a newer edition was released")
    REAFFIRMED = "reaffirmed", _("the edition was reaffirmed")
    SIGNED = "signed", _("the edition was signed after the change")
    DISMISSED = "dismissed", _("dismissed, with a reason")


class SettlementProposal(Attributed, AppendOnly):
    """Why somebody who may not settle a recheck holds that it changes nothing. A reviewer who agrees settles it."""

    recheck = models.ForeignKey(Recheck, models.PROTECT, related_name="proposals")
    reason = models.TextField(_("reason"))
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = actor_key()
    proposed_by_name = actor_name()

    ATTRIBUTION = ("proposed_by", "proposed_by_name", "proposed_at")
    TYPED = ("reason",)

    class Meta:
        verbose_name = _("proposal to settle a recheck")
        verbose_name_plural = _("proposals to settle rechecks")
        ordering = ["proposed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.recheck_id}: {self.reason}"


class Settlement(Attributed, AppendOnly):
    """How a recheck was settled, and by whom."""

    recheck = models.OneToOneField(Recheck, models.PROTECT, related_name="settlement")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    reason = models.TextField(_("reason"), blank=True)
    # What a reviewer confirmed, where somebody had proposed it.
    proposal = models.ForeignKey(
        SettlementProposal, models.PROTECT, null=True, related_name="settlements", verbose_name=_("proposal")
    )
    settled_at = models.DateTimeField(_("settled at"))
    settled_by = actor_key()
    settled_by_name = actor_name()

    ATTRIBUTION = ("settled_by", "settled_by_name", "settled_at")
    TYPED = ("reason",)

    class Meta:
        verbose_name = _("settlement of a recheck")
        verbose_name_plural = _("settlements of rechecks")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome=Outcome.DISMISSED, reason=""), name="dismissing_takes_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recheck_id}: {self.get_outcome_display()}"

    @classmethod
    def database_effect(cls) -> str:
        """SQL over NEW that the database runs with each new row; see triggers.py."""
        return f"DELETE FROM {OpenRecheck._meta.db_table} WHERE recheck_id = NEW.recheck_id"  # noqa: S608 (as above)
