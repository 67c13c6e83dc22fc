"""A row with a long past: more saves than the services could do in the time of a test."""

from collections.abc import Iterable

from django.db import models

from editorial.accounts.models import User
from editorial.editions.working.row_history import SavedRow, history_of
from editorial.editions.working.text_writers import keep_writers


def add_saves(row: models.Model, column: str, values: Iterable[str], user: User) -> None:
    """Save these values in a column of a row, one after the other, each with its history and its writer.

    They are full rows, as histories of before have them.
    """
    history = history_of(type(row))
    newest = history_of(row).latest("history_id")
    saves = []
    for value in values:
        fields = {field.attname: getattr(newest, field.attname) for field in newest._meta.concrete_fields}
        saves.append(history.model(**{
            **fields, "history_id": None, column: value, "history_user_id": user.pk, "history_user_name": user.name,
            "full_row": None, "rows_since_full": None, "changed_languages": None,
        }))  # fmt: skip
    history.model.objects.bulk_create(saves, batch_size=500)
    type(row)._base_manager.filter(pk=row.pk).update(**{column: value})
    keep_writers([SavedRow(row)])
