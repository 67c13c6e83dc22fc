"""Deletes what people typed on the desk and neither saved nor threw away for 30 days."""

from typing import Any

from django.core.management.base import BaseCommand

from ...kept_text import delete_expired


class Command(BaseCommand):
    help = "Delete text that was kept while typing and not saved for 30 days. Run it once a day from a timer."

    def handle(self, **options: Any) -> None:
        count = delete_expired()
        if options["verbosity"]:
            self.stdout.write(f"Kept text: {count} deleted.")
