"""Compiles the interface's translations, without GNU gettext."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


def compile_locale(folders: Iterable[str | Path]) -> list[Path]:
    """Write the .mo beside each .po that is newer than it, under `folders`, and return the files written.

    Fuzzy entries stay out: a guess is not a translation. Raises OSError for a file that is not a catalogue.
    """
    written = []
    for folder in folders:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            # Whole or not at all: another process may be reading the old one.
            part = target.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source), check_for_duplicates=True).save_as_mofile(str(part))
            part.replace(target)
            written.append(target)
    return written


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/*.po to .mo, where the .po is newer."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        written = compile_locale(settings.LOCALE_PATHS)
        self.stdout.write(f"{len(written)} catalogues compiled." if written else "Nothing to compile.")
