"""Rows that several documents share have no version of their own: their history tells who was quicker.

A form is opened with `last_seen`. Whoever saves it names that, and nobody overwrites what they have not seen.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from ..blockers import Blocked
from .row_history import history_of


class RowChanged(Blocked):
    """Somebody saved this row after the form was opened; `row` is as it is now."""

    def __init__(self, row: models.Model, name: str):
        self.row = row
        super().__init__(
            [
                _(
                    "%(name)s saved this while you were writing. Nothing was overwritten: compare your words "
                    "with theirs, then save again."
                )
                % {"name": name}
            ]
        )


def last_seen(row: models.Model) -> int:
    """The key of the newest history row, to put into a form; 0 where there is none."""
    return history_of(row).order_by("-history_id").values_list("history_id", flat=True).first() or 0


def refuse_if_changed(row: models.Model, seen: int | None, columns: Iterable[str]) -> None:
    """Raise RowChanged when one of these columns, those that the form shows, changed since `seen`.

    The caller read `row` under a lock. None is a program that reads and writes at once. What else changed, such as a
    translator's words in another column, is no reason to refuse.
    """
    if seen is None:
        return
    names = tuple(columns)
    now = _shown(row, names)
    past = history_of(row).filter(history_id=seen).first()
    if past is None or _shown(past, names) != now:
        raise RowChanged(row, _last_writer(row, names, now))


def _shown(row: models.Model, names: tuple[str, ...]) -> list[Any]:
    return [getattr(row, name) or "" for name in names]


def _last_writer(row: models.Model, names: tuple[str, ...], now: list[Any]) -> str:
    """Who made these columns what they are now."""
    name = ""
    for past in history_of(row).order_by("-history_id"):
        if _shown(past, names) != now:
            break
        name = past.history_user_name
    return name
