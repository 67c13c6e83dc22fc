"""The public state and the clock, as a page that is kept asks them: the dearest part of serving it.

Each thread keeps a connection of its own besides Django's, which looks after its connection at each request and takes
a tenth of a millisecond for it. On SQLite it is asked only if something was committed since it was asked last.
"""

import os
import threading
from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from editorial.editions.models import PublicState, Release, ReleaseEnd, Withdrawal
from editorial.editions.raw_statements import read_time

from .pages import State
from .wal_index import HEADER, open_wal_index

_STATE = f"SELECT number, digest FROM {PublicState._meta.db_table} WHERE scope = ''"  # noqa: S608 (names of ours)
_SCOPES = f"SELECT scope, number, digest FROM {PublicState._meta.db_table}"  # noqa: S608
_NEXT = " UNION ALL ".join(
    f"SELECT MIN({column}) FROM {model._meta.db_table} WHERE {column} > %s"  # noqa: S608
    for model, column in ((Release, "released_from"), (ReleaseEnd, "released_until"), (Withdrawal, "withdrawn_from"))
)


class StateReader(threading.local):
    """Asks the database; one connection for each thread, opened when it is needed, and opened again when it broke."""

    def __init__(self) -> None:
        self._wrapper: BaseDatabaseWrapper | None = None
        self._cursor: Any = None
        self._process = 0
        self._wal_index: Any = None
        self._header = b""  # of the index, from before the state was asked that is kept here
        self._state: State | None = None

    def read(self) -> State | None:
        """The state now; None where the database has none yet. Raises what the database raises."""
        try:
            return self._read()
        except Exception:
            self.close()
            return self._read()  # the server may only have closed an idle connection

    def _read(self) -> State | None:
        if self._cursor is None or self._process != os.getpid():
            self._open()
        index = self._wal_index
        if index is None:
            return self._ask()
        header = index[:HEADER]
        if header != self._header:
            self._state, self._header = self._ask(), header
        return self._state

    def _ask(self) -> State | None:
        # All rows, so that SQLite ends its reading transaction.
        rows = self._cursor.execute(_STATE).fetchall()
        return rows[0] if rows else None

    def _open(self) -> None:
        wrapper = connections["default"].copy()
        wrapper.connect()
        raw = cast(Any, wrapper.connection)
        self._cursor = _PreparingCursor(raw) if wrapper.vendor == "postgresql" else raw.cursor()
        self._wrapper, self._process = wrapper, os.getpid()
        self._header, self._state = b"", None
        if wrapper.vendor == "sqlite":
            self._ask()  # the index is there once somebody has read
            self._wal_index = open_wal_index(raw)

    def close(self) -> None:
        wrapper, self._wrapper, self._cursor, self._wal_index = self._wrapper, None, None, None
        if wrapper is not None and self._process == os.getpid():
            wrapper.close()

    @property
    def connection(self) -> BaseDatabaseWrapper:
        """For further questions; as Django's own, with automatic commits."""
        if self._wrapper is None or self._process != os.getpid():
            self._open()
        return cast(BaseDatabaseWrapper, self._wrapper)

    def read_scopes(self) -> dict[str, State]:
        """{kind: the state of what readers see of it}"""
        with self.connection.cursor() as cursor:
            cursor.execute(_SCOPES)
            return {scope: (number, digest) for scope, number, digest in cursor.fetchall()}

    def find_next_instant(self, now: datetime) -> float:
        """When the next release, end or withdrawal that is on record begins, in seconds since 1970; infinity if none.

        Nothing writes when such an instant comes, so the state does not move then.
        """
        connection = self.connection
        since = connection.ops.adapt_datetimefield_value(now)
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, [since] * 3)
            instants = [instant.timestamp() for (value,) in cursor.fetchall() if (instant := read_time(value))]
        return min(instants, default=float("inf"))


class _PreparingCursor(psycopg.Cursor[Any]):
    """Django's connections make cursors that fill parameters in themselves, and prepare nothing."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> "_PreparingCursor":
        super().execute(query, params, prepare=True)
        return self


def next_midnight(now: float) -> float:
    """When the day at home ends that has the moment `now`; both in seconds since 1970."""
    home = ZoneInfo(settings.HOME_TIME_ZONE)
    tomorrow = datetime.fromtimestamp(now, home).date() + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=home).timestamp()
