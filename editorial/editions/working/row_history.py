"""The history that django-simple-history adds to tracked tables: see tracking.py."""

from typing import Any

from django.db import models


def history_of(row: models.Model | type[models.Model]) -> Any:
    """The manager of a row's history, or of a whole table's."""
    return row.history  # type: ignore[union-attr]  # added at run time by `track`
