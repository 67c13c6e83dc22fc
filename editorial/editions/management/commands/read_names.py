"""Reads what editions name and speak of that were frozen before that was recorded."""

from typing import Any

from django.core.management.base import BaseCommand

from ...earlier_names import read_earlier_names


class Command(BaseCommand):
    help = (
        "Read what editions name and claim that were frozen before that was recorded, once each, so that a change of a "
        "drug reaches them. prepare runs it. It may be ended at any time: the next run goes on from there."
    )

    def handle(self, **options: Any) -> None:
        is_told = options["verbosity"] > 0
        count = read_earlier_names(lambda done: self.stdout.write(f"{done} editions", ending="\r") if is_told else None)
        if is_told:
            self.stdout.write(f"Names: {count} editions read.")
