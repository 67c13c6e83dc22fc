"""While the header of SQLite's index stands still, nothing was committed: so a state need not be asked for again."""

import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from editorial.reading.kept_pages.public_state import StateConnection, StateReader
from editorial.reading.kept_pages.wal_index import HEADER, open_wal_index
from tests.databases import on_postgres

only_sqlite = pytest.mark.skipif(on_postgres(), reason="PostgreSQL has no such index")

STEPS = {
    "commit": "UPDATE state SET number = number + 1",
    "commit much": "INSERT INTO filler SELECT randomblob(9000) FROM state",
    "commit nothing new": "UPDATE state SET number = number",
    "commit another table": "CREATE TABLE IF NOT EXISTS other (n)",
    "undo": "BEGIN; UPDATE state SET number = number + 1; ROLLBACK",
    "passive checkpoint": "PRAGMA wal_checkpoint(PASSIVE)",
    "restarting checkpoint": "PRAGMA wal_checkpoint(RESTART)",
    "emptying checkpoint": "PRAGMA wal_checkpoint(TRUNCATE)",
    "vacuum": "VACUUM",
}


def connect(path: Path) -> sqlite3.Connection:
    rows = sqlite3.connect(path, isolation_level=None)
    rows.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA busy_timeout=5000")
    return rows


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.booleans()), max_size=25))
def test_a_header_stands_for_one_content_alone(steps):
    with TemporaryDirectory() as folder, ExitStack() as stack:
        reader, *writers = (stack.enter_context(closing(connect(Path(folder) / "rows"))) for _number in range(3))
        reader.executescript("CREATE TABLE state (number); INSERT INTO state VALUES (1); CREATE TABLE filler (bytes)")
        index = open_wal_index(reader)
        number_by_header = {}
        for step, is_first in steps:
            with suppress(sqlite3.OperationalError):  # a vacuum may find the other at work
                writers[is_first].executescript(STEPS[step])
            header = index[:HEADER]
            [(number,)] = reader.execute("SELECT number FROM state").fetchall()
            assert number_by_header.setdefault(header, number) == number, steps


@only_sqlite
def test_what_another_process_commits_is_seen_and_nothing_is_asked_until_then(fresh_connection, monkeypatch):
    reader, asked = StateReader(), []
    ask = StateConnection._ask
    monkeypatch.setattr(StateConnection, "_ask", lambda self: asked.append(1) or ask(self))
    try:
        first = reader.read()
        seen = len(asked)
        assert [reader.read() for _time in range(3)] == [first] * 3
        assert len(asked) == seen
        statement = "UPDATE editions_publicstate SET number = number + 1 WHERE scope = ''"
        path = str(connection.settings_dict["NAME"])
        program = f"import sqlite3; rows = sqlite3.connect({path!r}); rows.execute({statement!r}); rows.commit()"
        subprocess.run([sys.executable, "-c", program], check=True)
        assert reader.read() == (first[0] + 1, first[1])
        assert len(asked) == seen + 1
    finally:
        reader.close()


@only_sqlite
def test_looking_at_the_index_gives_up_none_of_sqlites_locks(fresh_connection):
    """POSIX gives up a process's locks on a file as soon as it closes the file once."""
    reader = StateReader()
    reader.read()
    path = str(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        try:
            reader.close()
            other = StateReader()
            other.read()
            other.close()
            program = f"import sqlite3; sqlite3.connect({path!r}, timeout=0).execute('BEGIN IMMEDIATE')"
            done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
            assert "database is locked" in done.stderr
        finally:
            cursor.execute("ROLLBACK")


def test_a_database_without_an_index_has_none(tmp_path):
    with closing(sqlite3.connect(":memory:")) as rows:
        assert open_wal_index(rows) is None
    with closing(sqlite3.connect(tmp_path / "rows")) as rows:
        rows.execute("CREATE TABLE state (number)")
        assert open_wal_index(rows) is None
    assert not (tmp_path / "rows-shm").exists()
