"""What the desk's search reads of the library's rows, whatever the marks and capitals."""

from django.db import models

from .figures import Figure
from .references import Reference


class RowWords(models.Model):
    """The words of a row as `search_words.index_text` makes them, each behind a space; written whenever it is saved."""

    words = models.TextField()

    class Meta:
        abstract = True


class ReferenceWords(RowWords):
    row = models.OneToOneField(Reference, models.CASCADE, primary_key=True, related_name="search_words")

    class Meta:
        verbose_name = "search words of a reference"

    def __str__(self) -> str:
        return self.words


class FigureWords(RowWords):
    row = models.OneToOneField(Figure, models.CASCADE, primary_key=True, related_name="search_words")

    class Meta:
        verbose_name = "search words of a figure"

    def __str__(self) -> str:
        return self.words
