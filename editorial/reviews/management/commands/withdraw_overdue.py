"""Takes down the pages that the policies for overdue pages say. `send_mail` does it too, once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from ...services import withdraw_overdue


class Command(BaseCommand):
    help = "Take down pages that are overdue for review for longer than their policy allows. Safe to run at any time."

    def handle(self, **options: Any) -> None:
        records = withdraw_overdue()
        if options["verbosity"]:
            for record in records:
                self.stdout.write(f"Taken down: {record.document} ({record.language or 'all languages'})")
            self.stdout.write(f"{len(records)} overdue pages taken down.")
