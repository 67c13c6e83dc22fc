"""Statements that are asked past the ORM, because building a queryset takes many times what the database does.

They are counted and logged like all others, and belong to the transaction that is open.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime
from django.utils.timezone import make_aware


def fetch_rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of one statement with %s for its parameters, as the driver returns them.

    `sql` is one of a few that are made once, since what it becomes for the driver is kept for good. On PostgreSQL the
    server binds the parameters, so that it plans a statement once for each connection that asks it often
    (`prepare_threshold` in databases.py).
    """
    with _open_cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _open_cursor() -> Any:
    connection.ensure_connection()
    if connection.queries_logged and connection.vendor == "postgresql":
        return connection.cursor()  # the log has no text of a statement whose parameters the server binds
    raw = _cursor_class(connection.vendor)(connection.connection)
    return connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw)


class _SQLiteCursor(sqlite3.Cursor):
    """Django's own replaces every %s anew each time, which takes as long as the statement."""

    def execute(self, sql: str, parameters: Any = ()) -> "_SQLiteCursor":
        return super().execute(_with_question_marks(sql), parameters)


@cache
def _with_question_marks(sql: str) -> str:
    return sql.replace("%s", "?").replace("%%", "%")


@cache
def _cursor_class(vendor: str) -> Any:
    if vendor == "sqlite":
        return _SQLiteCursor
    # Only here: a site on SQLite needs no driver of PostgreSQL.
    from psycopg import Cursor

    return Cursor


def time_parameter(at: datetime) -> Any:
    """A time as the database compares it."""
    return connection.ops.adapt_datetimefield_value(at)


def date_parameter(day: date) -> Any:
    """A day as the database compares it."""
    return connection.ops.adapt_datefield_value(day)


def read_time(value: str | datetime | None) -> datetime | None:
    """A time as the database computed it. Raises ValueError for what is none."""
    if isinstance(value, str):
        value = parse_datetime(value)
        if value is None:
            raise ValueError("This column holds no time.")
    if isinstance(value, datetime) and value.tzinfo is None:
        return make_aware(value, connection.timezone)
    return value
