"""The history of tracked tables: what a row of it keeps, and how it is read whole. See tracking.py.

A row of history holds everything that is no word, but of the words only those that its save changed: a table has a
column for each text and language, and nearly all of them are as they were. NULL stands there for "as in the row
before", an empty text for an empty text. Every `FULL_EVERY`th row is full, so that reading one row never needs more
than that many. Rows of before that are all full; NULL is an empty text there.
"""

import functools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from modeltranslation.translator import translator
from simple_history.manager import HistoricalQuerySet, HistoryManager

from editorial.accounts.languages import all_languages, column
from editorial.accounts.models import NAME_LENGTH

from ..compiled_questions import KEYS, find_rows
from ..models import HistoryMark

FULL_EVERY = 50
AT_ONCE = 200  # runs of rows that are asked for in one query

Row = TypeVar("Row", bound=models.Model)
PastRow = Any  # of a class that django-simple-history makes for each table


class HistoryFields(models.Model):
    """Added to every row of history.

    `changed_languages` are those of the words that the save changed, as written by `join_languages`; None in rows of
    before that was kept, and in tables without words.
    """

    history_user_name = models.CharField(max_length=NAME_LENGTH)  # of who changed it, which outlives the account's
    full_row = models.BigIntegerField(null=True)  # the full row that this one follows; None where it is full itself
    rows_since_full = models.PositiveSmallIntegerField(null=True)
    changed_languages = models.TextField(null=True)  # noqa: DJ001 (unknown is not "none")

    class Meta:
        abstract = True


class FullHistoryQuerySet(HistoricalQuerySet):  # type: ignore[misc]  # the library has no types
    """Rows of history with all their words, also those that they did not keep. `iterator` and `values` skip that."""

    def _instanceize(self) -> None:  # called by the library whenever rows were fetched
        if self._result_cache and isinstance(self._result_cache[0], self.model):
            complete_words(self._result_cache)
        super()._instanceize()


class CachedHistoryManager(HistoryManager):  # type: ignore[misc]  # likewise
    """django-simple-history makes a class of managers each time that somebody asks for a history: here it is one."""

    @classmethod
    @functools.cache
    def from_queryset(cls, queryset_class: type[models.QuerySet[Any]], class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


def history_of(row: models.Model | type[models.Model]) -> Any:
    """The manager of a row's history, or of a whole table's."""
    return row.history  # type: ignore[union-attr]  # added at run time by `track`


@functools.cache
def word_columns(model: type[models.Model]) -> dict[str, str]:
    """{column: its language} of the words of a table; {} where it holds none."""
    if model not in translator.get_registered_models():
        return {}
    names = translator.get_options_for_model(model).all_fields
    return {f"{name}_{column(language)}": language for name in names for language in all_languages()}


def join_languages(languages: Collection[str]) -> str:
    """ " en es ": each between spaces, so that one is found by `has_language`."""
    return f" {' '.join(sorted(languages))} " if languages else ""


def has_language(language: str) -> Q:
    """Rows of history whose save changed words in this language, as far as they know."""
    return Q(changed_languages__contains=f" {language} ")


def lock_rows(model: type[Row], keys: Iterable[Any]) -> list[Row]:
    """Rows of a tracked table as they are now, locked, each with what there is to know of its history so far.

    `newest_row` is its newest row of history, None where there is none, `newest_full_row` and `newest_rows_since_full`
    what that says of itself, and `told_row` the one up to which its writers are known. In the order of their keys: two
    who lock the same rows wait for each other at most once. One statement, in a transaction.
    """
    wanted = list(keys)
    names = [field.attname for field in model._meta.concrete_fields]
    locked = []
    for values in find_rows(_ask_locked_rows, model, keys=wanted) if wanted else ():
        row = model.from_db(connection.alias, names, values[: len(names)])
        for name, value in zip(_OF_HISTORY, values[len(names) :], strict=True):
            setattr(row, name, value)
        locked.append(row)
    return locked


_OF_HISTORY = ("newest_row", "newest_full_row", "newest_rows_since_full", "told_row")


def _ask_locked_rows(model: type[Row]) -> QuerySet[Row, Any]:
    newest = history_of(model).filter(**{model._meta.pk.attname: OuterRef("pk")}).order_by("-history_id")
    told = HistoryMark.objects.filter(model=model._meta.label_lower, row_id=OuterRef("pk"))
    rows: QuerySet[Row, Row] = QuerySet(model).select_for_update().filter(pk__in=[KEYS]).order_by("pk")
    described: QuerySet[Row, Any] = rows.annotate(
        newest_row=Subquery(newest.values("history_id")[:1]),
        newest_full_row=Subquery(newest.values("full_row")[:1]),
        newest_rows_since_full=Subquery(newest.values("rows_since_full")[:1]),
        told_row=Subquery(told.values("history_id")[:1]),
    )
    columns = [field.attname for field in model._meta.concrete_fields]
    values: QuerySet[Row, Any] = described.values_list(*columns, *_OF_HISTORY)
    return values


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A tracked row that was saved just now.

    `before` is the row as it was, of `lock_rows`, None where it is new; `past` the row of history that was written.
    """

    row: models.Model
    before: Any = None
    past: Any = None

    @property
    def is_next(self) -> bool:
        """Whether `past` alone is not told yet, and says what it changed. Full ones also tell what no service saved."""
        before, past = self.before, self.past
        if before is None or past is None or past.full_row is None:
            return False
        return before.newest_row is not None and bool(before.newest_row == before.told_row)


def leave_out_words(past: PastRow, before: Any) -> None:
    """Take words off a row of history that is about to be written that are the same in the row before.

    `before` is the tracked row as it was until now, of `lock_rows`; None where it is new.
    """
    columns = word_columns(past.instance_type)
    if not columns:
        return
    changed = {name for name in columns if (getattr(before, name, "") or "") != (getattr(past, name) or "")}
    past.changed_languages = join_languages({columns[name] for name in changed})
    count = (getattr(before, "newest_rows_since_full", None) or 0) + 1
    if before is None or before.newest_row is None or count >= FULL_EVERY:
        return
    past.full_row, past.rows_since_full = before.newest_full_row or before.newest_row, count
    for name in columns:
        setattr(past, name, (getattr(past, name) or "") if name in changed else None)


def held_columns(past: PastRow) -> list[str]:
    """The columns of words that a row of history holds, one that was read as it is kept."""
    columns = word_columns(past.instance_type)
    return [name for name in columns if past.full_row is None or getattr(past, name) is not None]


def fill_from_before(past: PastRow, before: PastRow | None) -> list[str]:
    """Give a row of history the words that it left out from the row before. Returns the columns that it held."""
    held = held_columns(past)
    for name in word_columns(past.instance_type).keys() - set(held):
        setattr(past, name, getattr(before, name))
    return held


def complete_words(rows: Iterable[PastRow], columns: Collection[str] = ()) -> None:
    """Fill in the words that rows of one table's history left out, or only those of `columns`.

    A query for each AT_ONCE runs of rows; none where nothing was left out.
    """
    partial = {row.history_id: row for row in rows if row.full_row is not None and not hasattr(row, "_has_all_words")}
    if not partial:
        return
    tracked = next(iter(partial.values())).instance_type
    empty = [
        name for name in columns or word_columns(tracked) if any(getattr(row, name) is None for row in partial.values())
    ]
    for history_id, words in _read_words(tracked, partial.values(), empty) if empty else ():
        if row := partial.get(history_id):
            for name, value in zip(empty, words, strict=True):
                setattr(row, name, value)
    for row in () if columns else partial.values():
        row._has_all_words = True


def _read_words(
    tracked: type[models.Model], rows: Iterable[PastRow], columns: list[str]
) -> Iterator[tuple[int, list[str | None]]]:
    """(history_id, words in these columns) of each row from the full rows that these follow up to these."""
    key = tracked._meta.pk.attname
    runs: dict[tuple[Any, int], int] = {}  # {(row's key, its full row): the last row of history that is asked for}
    for row in rows:
        run = getattr(row, key), row.full_row
        runs[run] = max(runs.get(run, 0), row.history_id)
    history = history_of(tracked).order_by("history_id").values_list(key, "history_id", "full_row", *columns)
    ordered = sorted(runs)
    for start in range(0, len(ordered), AT_ONCE):
        wanted = Q()
        for run in ordered[start : start + AT_ONCE]:
            wanted |= Q(**{key: run[0], "history_id__gte": run[1], "history_id__lte": runs[run]})
        now: dict[Any, list[str | None]] = {}
        for row_key, history_id, full_row, *words in history.filter(wanted):
            before = now.get(row_key)
            if full_row is not None and before is not None:
                words = [past if word is None else word for word, past in zip(words, before, strict=True)]
            now[row_key] = words
            yield history_id, words
