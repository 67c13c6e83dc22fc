"""Rows that several documents share have no version of their own: their history tells who was quicker.

A form is opened with `last_seen`. Whoever saves it names that, and nobody overwrites what they have not seen.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from editorial.accounts.models import User

from ..blockers import SavedMeanwhile
from .row_history import history_of


class RowChanged(SavedMeanwhile):
    """Somebody saved this row after the form was opened; `row` is as it is now, `writer` the last to change it.

    `is_own` where that was `user`, in another tab.
    """

    own = gettext_lazy(
        "You saved this in another tab at %(time)s, after you opened this one. Nothing was overwritten: "
        "compare what you saved there with what you typed here, then save again."
    )
    theirs = gettext_lazy(
        "%(name)s saved this while you were writing. Nothing was overwritten: compare your words "
        "with theirs, then save again."
    )

    def __init__(self, row: models.Model, writer: Any, user: User):
        self.row = row
        is_own = writer is not None and writer.history_user_id == user.pk
        super().__init__(
            is_own=is_own,
            name=writer.history_user_name if writer else "",
            at=writer.history_date if writer else None,
        )


def last_seen(row: models.Model) -> int:
    """The key of the newest history row, to put into a form; 0 where there is none."""
    return history_of(row).order_by("-history_id").values_list("history_id", flat=True).first() or 0


def refuse_if_changed(row: models.Model, seen: int | None, columns: Iterable[str], *, user: User) -> None:
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
        raise RowChanged(row, _last_change(row, names, now), user)


def _shown(row: models.Model, names: tuple[str, ...]) -> list[Any]:
    return [getattr(row, name) or "" for name in names]


def _last_change(row: models.Model, names: tuple[str, ...], now: list[Any]) -> Any:
    """The history row with which these columns became what they are now."""
    change = None
    for past in history_of(row).order_by("-history_id"):
        if _shown(past, names) != now:
            break
        change = past
    return change
