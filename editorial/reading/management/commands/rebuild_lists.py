from typing import Any

from django.core.management.base import BaseCommand

from ...list_rows import rebuild_lists


class Command(BaseCommand):
    help = (
        "Make anew what readers' lists are asked from: which release each list has of a page, and from when until "
        "when. It is kept with every release; this is for rows that verify_records finds wrong. Readers notice nothing."
    )

    def handle(self, **options: Any) -> None:
        count = rebuild_lists(lambda done: self.stdout.write(f"{done} documents", ending="\r"))
        self.stdout.write(f"The lists are those of the records of {count} documents.")
