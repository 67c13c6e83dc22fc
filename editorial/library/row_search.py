"""Finding rows of the library by the beginnings of their words, whatever the marks and capitals, on both databases."""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.signals import post_save

from editorial.accounts.languages import source_column
from editorial.editions.search_words import index_text, query_words

from .models import Figure, FigureWords, Reference, ReferenceWords, RowWords

# What is searched of each, in the source language.
REFERENCE_COLUMNS = ("key", "title", "source", "doi", "pmid", "url", "set_id")
FIGURE_COLUMNS = ("key", *map(source_column, ("alt", "caption", "credit")))


def keep_words(row: models.Model, words: type[RowWords], columns: tuple[str, ...]) -> None:
    """Make the search words of a row those that it has now."""
    text = f" {index_text(getattr(row, name) or '' for name in columns)}"
    words._base_manager.update_or_create(row=row, defaults={"words": text})


def search_rows(rows: QuerySet[Any], query: str, columns: tuple[str, ...]) -> QuerySet[Any]:
    """Those that have, for each word that was typed, a word that begins so.

    Of a table without search words, and for signs that make no word, those that have it as it was typed in one column.
    """
    if hasattr(rows.model, "search_words") and (words := query_words(query)):
        # One narrow column, whose texts are as long as a title, instead of seven wide ones.
        return rows.filter(*(Q(search_words__words__contains=f" {word}") for word in words))
    typed = query.split()
    return rows.filter(*(Q(*((f"{name}__icontains", word) for name in columns), _connector=Q.OR) for word in typed))


def connect() -> None:
    """Keep the words of every row that is saved, by whichever service."""
    post_save.connect(_keep_reference, sender=Reference, dispatch_uid="library.reference_words")
    post_save.connect(_keep_figure, sender=Figure, dispatch_uid="library.figure_words")


def _keep_reference(instance: Reference, **_kwargs: Any) -> None:
    keep_words(instance, ReferenceWords, REFERENCE_COLUMNS)


def _keep_figure(instance: Figure, **_kwargs: Any) -> None:
    keep_words(instance, FigureWords, FIGURE_COLUMNS)
