from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from ...search.index_rows import rebuild_search, search_documents


class Command(BaseCommand):
    help = (
        "Make anew what readers' search finds. It is kept with every release; this is for what verify_records finds "
        "wrong, and clears words that no page has any more. Readers can search meanwhile."
    )

    def handle(self, **options: Any) -> None:
        total = len(search_documents())
        with tqdm(total=total, unit=" documents", disable=None, leave=False) as bar:  # None: where it is no terminal
            count = rebuild_search(bar.update)
        self.stdout.write(f"Readers' search finds what was released of {count} documents.")
