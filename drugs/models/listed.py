"""What the list of drugs is asked from: a row for each drug and each live approval, within the page they stand on.

Derived, as the listed pages are: drugs/listing.py writes them in the release's own transaction.
"""

from django.db import models

from editorial.editions.models import ShownToReaders
from editorial.reading.models import ListedPage


class ListedApproval(ShownToReaders):
    """An approval as it stands from one day to another, in the list for readers of one language."""

    page = models.ForeignKey(ListedPage, models.CASCADE, related_name="approvals")
    language = models.CharField(max_length=10)  # of the page
    block_id = models.CharField(max_length=60)
    cancer = models.CharField(max_length=60)
    stage = models.CharField(max_length=60)
    jurisdiction = models.CharField(max_length=60)
    state = models.CharField(max_length=20)
    position = models.BinaryField(max_length=180)  # its place in the list: bytes sort alike in every database
    from_day = models.DateField()  # at home
    until_day = models.DateField(null=True)

    class Meta:
        verbose_name = "listed approval"
        indexes = [
            models.Index(fields=["language", "position"], name="listed_approvals"),
            models.Index(fields=["language", "cancer", "position"], name="listed_approvals_by_cancer"),
            models.Index(fields=["language", "jurisdiction", "position"], name="listed_approvals_by_place"),
            models.Index(fields=["language", "state", "position"], name="listed_approvals_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.block_id}: {self.state}"


class ListedDrug(ShownToReaders):
    """A drug in the list for readers of one language, by the name that patients know it by."""

    page = models.OneToOneField(ListedPage, models.CASCADE, related_name="drug")
    language = models.CharField(max_length=10)  # of the page
    position = models.BinaryField(max_length=180)  # its place in the list: bytes sort alike in every database

    class Meta:
        verbose_name = "listed drug"
        indexes = [models.Index(fields=["language", "position"], name="listed_drugs")]

    def __str__(self) -> str:
        return f"{self.language} {self.page_id}"


class ListedBiomarker(ShownToReaders):
    """A result that an approval needs: one row for each of those that count; NO_TEST where it needs none."""

    NO_TEST = "none"

    approval = models.ForeignKey(ListedApproval, models.CASCADE, related_name="biomarkers")
    language = models.CharField(max_length=10)  # of the page
    slug = models.CharField(max_length=120)
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "listed biomarker"
        indexes = [models.Index(fields=["language", "slug"], name="listed_biomarkers")]

    def __str__(self) -> str:
        return self.slug
