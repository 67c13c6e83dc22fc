"""The check for a note on what changed that is still the one of the last edition."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from editorial.editions.tree.nodes import NOTE

from .checked_pages import CheckedPage
from .contract import Check, FindingPlace
from .sentences import shorten_quote


class OldNote(Check):
    id = "old-note"
    name = gettext_lazy("Note for readers left over from the last edition")
    why = gettext_lazy("The note tells readers what changed on the page. Say what is new this time, or leave it empty.")

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        root, before = page.tree.root, page.base.root if page.base else None
        note = root.plain(NOTE)
        if before and note and note == before.plain(NOTE) and root != before:
            yield FindingPlace(root, shorten_quote(note), word=NOTE, before=before)
