"""What editions speak of that is no document: sources that they cite, and what kinds of content find in their words."""

from django.db import models

from .editions import Edition
from .records import AppendOnly


class Keyword(models.Model):
    """A text such as "cites:schmid-2020"; apart from citations, kinds say which there are and what they mean.

    Whoever records a change of it locks the row, so that an edition that is frozen meanwhile is not overlooked.
    """

    key = models.CharField(max_length=200, unique=True)

    class Meta:
        verbose_name = "keyword"

    def __str__(self) -> str:
        return self.key


class EditionKeyword(AppendOnly):
    """An edition speaks of a keyword. Written when it is frozen, from its words, or when it is read later for them."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="keywords")
    keyword = models.ForeignKey(Keyword, models.PROTECT, related_name="editions")

    class Meta:
        verbose_name = "keyword of an edition"
        constraints = [models.UniqueConstraint(fields=["keyword", "edition"], name="each_keyword_of_an_edition_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.keyword_id}"
