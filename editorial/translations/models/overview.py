"""What the translation desk is asked from, so that it costs what is shown and not what the library holds.

Derived from records and from states of units, in the transaction that writes those: see overview/list_rows.py.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.editions.models import Document, Edition


class TranslationState(models.TextChoices):
    """Of a page in a language that it is translated into: what there is to be done, else what readers have."""

    MISSING = "missing", _("Missing")
    IN_WORK = "in-work", _("In progress")
    SENT_BACK = "sent-back", _("Sent back")
    OUTDATED = "outdated", _("Outdated")
    WAITING = "waiting", _("Awaiting sign-off")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What a translator can go on with.
TO_DO = (TranslationState.MISSING, TranslationState.IN_WORK, TranslationState.SENT_BACK, TranslationState.OUTDATED)


class Rank(models.IntegerChoices):
    """What comes first. Within a rank: where readers have waited longest."""

    HARMFUL = 0  # readers read an older text, of which something changed that lives depend on
    CRITICAL = 1  # readers have no text, and the page says something that lives depend on
    OPEN = 2
    PENDING = 3  # nobody waits for a translator: it is with reviewers, or scheduled, or current and being revised
    DONE = 4


class SourceChange(models.Model):
    """What a signed source edition says that an earlier one did not: what is to be done by who translated that one.

    Without `since` it is all of the edition. Both are frozen, so it is written once.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", db_index=False)
    since = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="+", db_index=False)
    units = models.PositiveIntegerField()
    words = models.PositiveIntegerField()  # of those units, in the source language
    critical = models.CharField(max_length=60, blank=True)  # on what of it lives depend: see source_changes.py

    class Meta:
        verbose_name = "change of a source"
        constraints = [
            models.UniqueConstraint(fields=["edition", "since"], name="one_change_since_each_edition"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(since__isnull=True), name="one_measure_of_each_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since_id} → {self.edition_id}: {self.units}"


class ListedTranslationQuerySet(models.QuerySet["ListedTranslation"]):
    def current(self, at: datetime) -> "ListedTranslationQuerySet":
        """Those that hold at this time: one at most of each page and language."""
        return self.filter(Q(holds_until__isnull=True) | Q(holds_until__gt=at), holds_from__lte=at)


class ListedTranslation(models.Model):
    """A signed page in a language that it is translated into, from one time to another.

    A missing translation has a row like any other: see decision 0113.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)  # of the document
    language = models.CharField(max_length=10)
    source = models.ForeignKey(Edition, models.CASCADE, related_name="+", db_index=False)  # what is translated
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="+", db_index=False)  # the newest
    state = models.CharField(max_length=10, choices=TranslationState)
    is_outdated = models.BooleanField(default=False)  # whether readers read a text of an older source
    units = models.PositiveIntegerField()  # of the source
    units_done = models.PositiveIntegerField()
    units_changed = models.PositiveIntegerField(default=0)  # where it is outdated: since what it was translated from
    words = models.PositiveIntegerField()  # of the source; where it is outdated, of the units that changed
    critical = models.CharField(max_length=60, blank=True)  # on what lives depend, "" for nothing
    since = models.DateTimeField()  # readers lack it, or lack it as it is now; else, that they have it
    position = models.BigIntegerField()  # by rank, then by `since`
    holds_from = models.DateTimeField()
    holds_until = models.DateTimeField(null=True)

    objects = ListedTranslationQuerySet.as_manager()

    class Meta:
        verbose_name = "listed translation"
        indexes = [
            # With what a list is narrowed by, so that rows are read of the page that is shown alone.
            models.Index(
                fields=["language", "position", "document", "kind", "holds_from", "holds_until"],
                name="listed_translations",
            ),
            models.Index(
                fields=["language", "state", "position", "document", "kind", "holds_from", "holds_until"],
                name="listed_translations_by_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language}: {self.state}"
