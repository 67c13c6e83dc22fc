"""Everything that a site needs before it serves, in one process: most of a second run is Django starting."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from ...old_databases import move_aside, unknown_migrations
from .compile_locale import compile_locale


class Command(BaseCommand):
    help = "Compile translations, migrate, collect static files, load the demonstration: each only when needed."

    def handle(self, **options: Any) -> None:
        # Before anything is translated, so that this process too reads the new catalogues.
        written = compile_locale(settings.LOCALE_PATHS)
        self.say("Translations", f"{len(written)} compiled" if written else "up to date")
        if moved_to := set_aside_old_database(connection):
            self.say("Database", f"made by another version of this site, so it was moved to {moved_to}")
        self.say("Database", self.migrate())
        self.say("Drawings", "reading the words of those that were uploaded before words were read")
        call_command("read_drawings", verbosity=0, stdout=self.stdout)
        self.say("Names", "reading what editions name that were frozen before that was recorded")
        call_command("read_names", verbosity=0, stdout=self.stdout)
        self.say("Static files", self.collect_static())
        if settings.DEMONSTRATION:
            self.say("Demonstration", "loading what is missing")
            call_command("demo", verbosity=0)

    def say(self, step: str, outcome: str) -> None:
        self.stdout.write(f"→ {step}: {outcome}")
        self.stdout.flush()

    def migrate(self) -> str:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not plan:
            return "up to date"
        call_command("migrate", interactive=False, verbosity=0)
        return f"{len(plan)} migrations applied"

    def collect_static(self) -> str:
        """Collects when a source file or the way of storing it changed since the last time."""
        root = Path(settings.STATIC_ROOT)
        mark = root.with_name(f"{root.name}.collected")
        state = static_state()
        if root.is_dir() and mark.exists() and mark.read_text() == state:
            return "up to date"
        # A run that is cut short must not leave a mark that says it finished.
        mark.unlink(missing_ok=True)
        root.mkdir(parents=True, exist_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        mark.write_text(state)
        return "collected and compressed"


def set_aside_old_database(connection: BaseDatabaseWrapper) -> Path | None:
    """Move a demonstration that this version cannot migrate out of the way of a new one, and return its new path.

    None if there is nothing to move. Raises CommandError for any other database: nothing but the demonstration can be
    made again.
    """
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    unknown = unknown_migrations(connection)
    if not unknown:
        return None
    if connection.vendor != "sqlite" or not settings.DEMONSTRATION:
        raise CommandError(
            f"This database was made by another version of this site, and nothing was changed in it. Run the version "
            f"that made it. Migrations unknown to this version: {', '.join(unknown)}."
        )
    connection.close()
    return move_aside(Path(connection.settings_dict["NAME"]), timezone.localdate())


def static_state() -> str:
    """A digest of every static file's place, size and time of change, and of how they are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return digest.hexdigest()
