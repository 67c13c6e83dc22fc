"""`manage.py prepare` and a database that another version of the site made."""

import sqlite3
from contextlib import closing
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections

from immuno_site.management.commands import prepare
from immuno_site.old_databases import move_aside, unknown_migrations
from tests.databases import connected_to


@pytest.fixture
def old_path(tmp_path, django_db_blocker):
    """Django's connection to a database of an earlier version, and where it lies."""
    path = tmp_path / "site.sqlite3"
    make_old_database(path)
    with django_db_blocker.unblock(), connected_to(f"sqlite:///{path}"):
        yield path


def make_old_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app, name, applied)")
        rows = [("reviews", "0001_initial"), ("reviews", "0015_absences"), ("editions", "0002_triggers")]
        database.executemany("INSERT INTO django_migrations (app, name) VALUES (?, ?)", rows)
        database.commit()


def test_migrations_that_the_code_no_longer_has_are_named(old_path):
    assert unknown_migrations(connection) == ["editions.0002_triggers", "reviews.0015_absences"]


def test_a_database_of_this_version_is_left_alone(db):
    assert unknown_migrations(connection) == []
    assert prepare.set_aside_old_database(connection) is None


def test_an_old_demonstration_is_moved_aside_and_a_new_one_made(old_path, settings, monkeypatch):
    settings.DEMONSTRATION = True
    before = old_path.read_bytes()
    monkeypatch.setattr(prepare.Command, "collect_static", lambda self: "up to date")
    loaded = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: loaded.append(name))
    output = StringIO()
    call_command("prepare", stdout=output)
    [moved_path] = old_path.parent.glob("site.*-*.sqlite3")
    assert moved_path.read_bytes() == before
    [line] = [line for line in output.getvalue().splitlines() if str(moved_path) in line]
    assert line.startswith("→ Database: made by another version of this site")
    assert loaded == ["migrate", "read_drawings", "read_names", "demo"]
    assert unknown_migrations(connection) == []


@pytest.mark.parametrize(("vendor", "is_demonstration"), [("sqlite", False), ("postgresql", True)])
def test_any_other_database_is_refused_and_left_alone(old_path, settings, monkeypatch, vendor, is_demonstration):
    settings.DEMONSTRATION = is_demonstration
    monkeypatch.setattr(connections["default"], "vendor", vendor)
    monkeypatch.setattr(prepare, "unknown_migrations", lambda connection: ["reviews.0015_absences"])
    before = old_path.read_bytes()
    with pytest.raises(CommandError, match=r"another version of this site.*reviews\.0015_absences"):
        prepare.set_aside_old_database(connection)
    assert old_path.read_bytes() == before
    assert [path.name for path in old_path.parent.iterdir()] == ["site.sqlite3"]


def test_nothing_is_moved_over_what_is_there(tmp_path):
    names = []
    for text in ("first", "second", "third"):
        for suffix in ("", "-wal", "-shm"):
            (tmp_path / f"site.sqlite3{suffix}").write_text(text + suffix)
        names.append(move_aside(tmp_path / "site.sqlite3", date(2026, 11, 28)).name)
    assert names == ["site.2026-11-28.sqlite3", "site.2026-11-28-2.sqlite3", "site.2026-11-28-3.sqlite3"]
    contents = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert contents == {
        f"{name}{suffix}": text + suffix
        for name, text in zip(names, ("first", "second", "third"), strict=True)
        for suffix in ("", "-wal", "-shm")
    }
