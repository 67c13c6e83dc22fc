"""The demonstration: invented people, and pages that went through the same services as everybody's."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...demonstration import loading, people


class Command(BaseCommand):
    help = "Load the demonstration's people and pages. Loading it twice changes nothing."

    def handle(self, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration's accounts have a public password: not under these settings.")
        made = loading.load_demonstration(people.load_people())
        if options["verbosity"]:
            self.stdout.write(f"Demonstration: {made} new pages." if made else "Demonstration: nothing new.")
