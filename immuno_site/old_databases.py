"""Databases that another version of the site made, which this version cannot migrate."""

from datetime import date
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

SUFFIXES = ("", "-wal", "-shm")  # of the files that make up one SQLite database


def unknown_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """The migrations that were applied to this database but are not in the code, as app.name, sorted."""
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations or ())
    for migration in (loader.disk_migrations or {}).values():
        known.update(migration.replaces)
    return sorted(f"{app}.{name}" for app, name in (loader.applied_migrations or {}).keys() - known)


def move_aside(path: Path, on: date) -> Path:
    """Rename an SQLite database that no connection has open, with its -wal and -shm, and return its new path.

    site.sqlite3 becomes site.2026-11-28.sqlite3, or site.2026-11-28-2.sqlite3 if that exists: no file is overwritten.
    """
    number = 1
    while True:
        mark = f"{on.isoformat()}-{number}" if number > 1 else on.isoformat()
        target = path.with_name(f"{path.stem}.{mark}{path.suffix}")
        if not any(_file(target, suffix).exists() for suffix in SUFFIXES):
            break
        number += 1
    for suffix in SUFFIXES:
        if _file(path, suffix).exists():
            _file(path, suffix).rename(_file(target, suffix))
    return target


def _file(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
