"""Reads the words off drawings that were uploaded before the site did so."""

from typing import Any

from django.core.management.base import BaseCommand

from ...stored_drawings import read_drawings


class Command(BaseCommand):
    help = (
        "Read the words off drawings that were uploaded before the site did so, once each, so that signers see them. "
        "prepare runs it. Names the drawings that have to be uploaded again."
    )

    def handle(self, **options: Any) -> None:
        count, problems = read_drawings()
        if options["verbosity"]:
            self.stdout.write(f"Drawings: {count} read, {len(problems)} could not be read.")
        for problem in problems:
            self.stdout.write(problem)
