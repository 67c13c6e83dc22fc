"""What the desk's search reads instead of the rows that people write."""

from django.db import models

from editorial.accounts.languages import LANGUAGE_CHOICES

from .documents import Document


class SearchText(models.Model):
    """The words of a draft in one language, as `search_words.index_text` makes them; written with every save.

    `working.search_texts` writes it and its index, which each database has in its own form: see migration 0004.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="search_texts")
    language = models.CharField(max_length=10, choices=LANGUAGE_CHOICES)
    words = models.TextField()

    class Meta:
        verbose_name = "search text"
        constraints = [
            models.UniqueConstraint(fields=["document", "language"], name="one_search_text_per_language"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language}"
