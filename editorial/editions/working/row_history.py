"""The history that django-simple-history adds to tracked tables: see tracking.py."""

from collections.abc import Iterable
from typing import Any

from django.db import models


def history_of(row: models.Model | type[models.Model]) -> Any:
    """The manager of a row's history, or of a whole table's."""
    return row.history  # type: ignore[union-attr]  # added at run time by `track`


class Histories:
    """The histories of rows of any tables, read at once. One query a table, however many rows there are."""

    def __init__(self, rows: Iterable[models.Model]):
        keys: dict[type[models.Model], set[Any]] = {}
        for row in rows:
            keys.setdefault(type(row), set()).add(row.pk)
        self._past: dict[tuple[type[models.Model], Any], list[Any]] = {}
        for model, pks in keys.items():
            key = model._meta.pk.attname
            for past in history_of(model).filter(**{f"{key}__in": pks}).order_by("history_id"):
                self._past.setdefault((model, getattr(past, key)), []).append(past)

    def of(self, row: models.Model) -> list[Any]:
        """The history of one of these rows, the oldest first."""
        return self._past.get((type(row), row.pk), [])
