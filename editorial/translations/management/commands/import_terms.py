"""Terms from a CSV file, as somebody who may decide about them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from editorial.accounts.models import User
from editorial.editions.blockers import Blocked
from editorial.translations.terms.csv_files import COLUMNS, LARGEST_FILE, NEEDED, read_terms, too_large
from editorial.translations.terms.imports import import_terms


class Command(BaseCommand):
    help = (
        "Import terms from a CSV file in UTF-8. Its first line names the columns: "
        f"{', '.join(COLUMNS)}; {', '.join(NEEDED)} are needed. Each line is one translation of a term; a term that "
        "is not translated has “yes” under do_not_translate and no language. A level is required, preferred or "
        "forbidden. Terms are added and changed, never removed; where a line is wrong, nothing is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="a CSV file")
        parser.add_argument("--user", required=True, metavar="NAME", help="who decides it: their user name")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and keep nothing")

    def handle(self, *, file: Path, user: str, dry_run: bool, **options: Any) -> None:
        person = User.objects.filter(username=user).first()
        if person is None:
            raise CommandError(f"There is no user named {user}.")
        try:
            if file.stat().st_size > LARGEST_FILE:
                raise CommandError(too_large())
            report = import_terms(read_terms(file.read_bytes()), user=person, is_trial=dry_run)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Blocked as blocked:
            raise CommandError("\n".join(blocked.blockers)) from blocked
        if options["verbosity"] > 1 or dry_run:
            for record in report.records:
                words = " · ".join(part for part in (record.term.text, record.language, record.text) if part)
                self.stdout.write(f"{record.act:8} {words}")
        self.stdout.write(f"{len(report.records)} decisions{' would be' if dry_run else ''} made.")
        if report.unchanged:
            self.stdout.write(f"{report.unchanged} lines say what is decided already.")
