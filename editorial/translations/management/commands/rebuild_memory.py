from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from ...memory.rows import memory_documents, rebuild_memory


class Command(BaseCommand):
    help = (
        "Make the translation memory anew from the translations that are live. It is kept with every release; this is "
        "for what verify_records finds wrong. People can translate meanwhile: they find what is done so far."
    )

    def handle(self, **options: Any) -> None:
        total = len(memory_documents())
        with tqdm(total=total, unit=" documents", disable=None, leave=False) as bar:  # None: where it is no terminal
            count = rebuild_memory(bar.update)
        self.stdout.write(f"The memory has the live translations of {count} documents.")
