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

STATE = f"SELECT number, digest FROM {PublicState._meta.db_table} WHERE scope = ''"  # noqa: S608 (names of ours)
_SCOPES = f"SELECT scope, number, digest FROM {PublicState._meta.db_table}"  # noqa: S608
_NEXT = " UNION ALL ".join(
    f"SELECT MIN({column}) FROM {model._meta.db_table} WHERE {column} > %s"  # noqa: S608
    for model, column in ((Release, "released_from"), (ReleaseEnd, "released_until"), (Withdrawal, "withdrawn_from"))
)


class StateConnection:
    """One connection that asks for the state. Whoever opened it may hand it to another thread, but not share it."""

    def __init__(self) -> None:
        self.wrapper: BaseDatabaseWrapper = connections["default"].copy()
        self.wrapper.connect()
        self.raw = cast(Any, self.wrapper.connection)
        is_sqlite = self.wrapper.vendor == "sqlite"
        self._cursor = self.raw.cursor() if is_sqlite else _PreparingCursor(self.raw)
        self._wal_index: Any = None
        self._header = b""  # of the index, from before the state was asked that is kept here
        self._state: State | None = None
        if is_sqlite:
            self._ask()  # the index is there once somebody has read
            self._wal_index = open_wal_index(self.raw)

    def read(self) -> State | None:
        """The state now; None where the database has none yet. Raises what the database raises."""
        index = self._wal_index
        if index is None:
            return self._ask()
        header = index[:HEADER]
        if header != self._header:
            self._state, self._header = self._ask(), header
        return self._state

    def _ask(self) -> State | None:
        # All rows, so that SQLite ends its reading transaction.
        rows = self._cursor.execute(STATE).fetchall()
        return rows[0] if rows else None


class StateReader(threading.local):
    """Asks the database; one connection for each thread, opened when it is needed, and opened again when it broke."""

    def __init__(self) -> None:
        self._connection: StateConnection | None = None
        self._process = 0

    def read(self) -> State | None:
        """The state now; None where the database has none yet. Raises what the database raises."""
        try:
            return self._open().read()
        except Exception:
            self.close()
            return self._open().read()  # the server may only have closed an idle connection

    def _open(self) -> StateConnection:
        if self._connection is None or self._process != os.getpid():
            self._connection, self._process = StateConnection(), os.getpid()
        return self._connection

    def close(self) -> None:
        opened, self._connection = self._connection, None
        if opened is not None and self._process == os.getpid():
            opened.wrapper.close()

    @property
    def connection(self) -> BaseDatabaseWrapper:
        """For further questions; as Django's own, with automatic commits."""
        return self._open().wrapper

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
