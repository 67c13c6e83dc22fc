"""Edits as a source of the timeline: one for each table of a document's working copy."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from editorial.editions.models import Document
from editorial.editions.working.edits import Edit, Slots, TrackedTable, find_tracked_tables, read_edits

from .sources import EntryType, TimelineEntry


class EditSource:
    """Has what a Source has; what it tells depends on where the words of the document stand now."""

    sort, at, by = EntryType.EDIT, "history_date", "history_user_id"

    def __init__(self, document: Document, table: TrackedTable, slots: Slots):
        self.document, self.table, self.slots = document, table, slots
        self.name = str(table.model._meta.model_name)

    def narrowed(self, document: Document, language: str) -> QuerySet[Any]:
        rows = self.table.in_language(language) if language else self.table.rows
        return rows.order_by()

    def entries(self, document: Document, keys: Iterable[int], language: str) -> dict[int, TimelineEntry]:
        edits = read_edits(self.document, self.table, keys, self.slots, language)
        return {edit.history_id: _entry(edit) for edit in edits}


def _entry(edit: Edit) -> TimelineEntry:
    languages = list(dict.fromkeys(text.language for text in edit.texts))
    language = languages[0] if len(languages) == 1 else ""
    return TimelineEntry(
        EntryType.EDIT, edit.at, edit.by, edit.label, language, edit.reason, tuple(edit.facts), edit=edit
    )


def edit_sources(document: Document, slots: Slots) -> list[EditSource]:
    return [EditSource(document, table, slots) for table in find_tracked_tables(document, slots)]
