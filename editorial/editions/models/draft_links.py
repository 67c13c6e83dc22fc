"""What drafts lead to, so that a page knows of them before anybody submits them."""

from django.db import models

from editorial.accounts.languages import LANGUAGE_CHOICES

from .documents import Document


class DraftLink(models.Model):
    """A draft in one language leads to another document, or shows a part of it. Written anew with every save.

    What was submitted keeps its own in `Dependency`, for good.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="draft_links")
    language = models.CharField(max_length=10, choices=LANGUAGE_CHOICES)
    target = models.ForeignKey(Document, models.CASCADE, related_name="linking_drafts", db_index=False)

    class Meta:
        verbose_name = "link of a draft"
        constraints = [
            models.UniqueConstraint(fields=["document", "language", "target"], name="one_link_per_draft_and_target"),
        ]
        # What leads to a page is listed by its newest links, a part at a time.
        indexes = [models.Index(fields=["target", "id"], name="drafts_that_lead_somewhere")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language} → {self.target_id}"
