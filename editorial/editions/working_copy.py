"""The rows that people write one document in: as they are saved, or as a form that is not saved yet would make them."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import models

from .compiled_questions import find_instances
from .models import Document

Row = TypeVar("Row", bound=models.Model)


class WorkingCopy:
    """A document's content and its lists of parts, which kinds build trees from.

    A list is read from the database when it is first asked for, unless `set_parts` gave one. Nothing here saves: rows
    that were only set in memory are looked at without a lock, and saved by `working.rows.save_copy`.
    """

    def __init__(self, document: Document, row: models.Model):
        self.document = document
        self.row: Any = row  # the content, of the kind's own model
        self._parts: dict[str, list[Any]] = {}
        self._shared: dict[tuple[type[models.Model], str, frozenset[Any]], list[Any]] = {}
        self._written: list[str] = []

    def parts(self, related: str) -> list[Any]:
        """Every row of the list of this related name, in its order; retired ones too."""
        if related not in self._parts:
            self._parts[related] = self._read_parts(related)
        return self._parts[related]

    def _read_parts(self, related: str) -> list[Any]:
        manager = getattr(self.row, related)
        if related in getattr(self.row, "_prefetched_objects_cache", ()):
            return list(manager.all())
        parts = find_instances(manager.model, manager.field.attname, [self.row.pk])
        for part in parts:
            setattr(part, manager.field.name, self.row)
        return parts

    def shown_parts(self, related: str) -> list[Any]:
        """Those that are not retired."""
        return [part for part in self.parts(related) if not part.retired]

    def set_parts(self, related: str, parts: Sequence[models.Model]) -> None:
        """Put other rows in the list's place, in memory."""
        self._parts[related] = list(parts)
        self._written = [*(name for name in self._written if name != related), related]

    def shared_rows(self, model: type[Row], keys: Iterable[int | str | None], column: str = "pk") -> list[Row]:
        """The rows with these keys, of what other pages have too, such as figures; in the model's own order.

        They are read once for this copy: trees that are built of it before and after it was set in memory agree in
        them. None is no key.
        """
        wanted = frozenset(key for key in keys if key is not None)
        question = model, column, wanted
        if question not in self._shared:
            self._shared[question] = find_instances(model, column, wanted)
        return self._shared[question]

    @property
    def written_lists(self) -> list[str]:
        """Related names of the lists that were set in memory, in the order in which they were."""
        return list(self._written)
