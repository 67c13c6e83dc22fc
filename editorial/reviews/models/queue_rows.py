"""What the review queue is asked from, so that it costs what waits and not what the library holds.

Derived from records, in the transaction that writes them: see reviews/queue_rows.py.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q

from editorial.accounts.models import User
from editorial.editions.models import Document, Edition, Release, SignOff


class PendingEdition(models.Model):
    """An edition that waits for a sign-off. Lists believe it; whoever signs is asked by the records (rules.py)."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "pending edition"

    def __str__(self) -> str:
        return str(self.edition_id)


class ReturnedEdition(models.Model):
    """An edition that was sent back to whoever submitted it, and that nobody submitted again."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    submitted_by = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "returned edition"

    def __str__(self) -> str:
        return str(self.edition_id)


class ReviewDateQuerySet(models.QuerySet["ReviewDate"]):
    def live(self, at: datetime) -> "ReviewDateQuerySet":
        """Those of pages that can be read then."""
        return self.filter(Q(live_until__isnull=True) | Q(live_until__gt=at), live_from__lte=at)


class ReviewDate(models.Model):
    """When the page of a release is due for review: by the newest sign-off of its edition that is not revoked.

    Kept while the release is live or scheduled.
    """

    release = models.OneToOneField(Release, models.CASCADE, primary_key=True, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", db_index=False)
    sign_off = models.ForeignKey(SignOff, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=30)  # of the document
    language = models.CharField(max_length=10)
    review_due_on = models.DateField()
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True)

    objects = ReviewDateQuerySet.as_manager()

    class Meta:
        verbose_name = "review date"
        indexes = [
            models.Index(fields=["review_due_on", "live_from", "live_until", "edition"], name="pages_due_for_review"),
            # With all that the overview counts, so that it reads the index alone.
            models.Index(
                fields=["kind", "language", "review_due_on", "live_from", "live_until"], name="review_dates_by_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.review_due_on}"
