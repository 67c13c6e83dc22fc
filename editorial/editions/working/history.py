"""The history of a working copy, readable, language by language; and bringing back one text in one language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from ..blockers import Blocked
from ..kinds import Slot, kind_of
from ..models import Document, UnitState
from ..tree import diff
from .conflicts import as_lines
from .copies import editing, save_row


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text as somebody saved it, with what changed since the time before."""

    slot: Slot
    language: str
    history_id: int
    at: datetime
    by: str
    reason: str
    parts: list[tuple[str, str]]
    is_current: bool

    @property
    def label(self) -> str:
        row = self.slot.row
        return f"{row._meta.verbose_name}: {row._meta.get_field(self.slot.field).verbose_name}"


def changes(document: Document, language: str, limit: int = 200) -> list[TextChange]:
    """The newest changes of the document's words in one language, newest first. No other language shows."""
    found: list[TextChange] = []
    for slot in kind_of(document).slots(document):
        found += _of_slot(slot, language)
    return sorted(found, key=lambda change: (change.at, change.history_id), reverse=True)[:limit]


def _of_slot(slot: Slot, language: str) -> Iterator[TextChange]:
    name = slot.column(language)
    current = slot.value(language)
    before = ""
    for row in slot.row.history.order_by("history_date", "history_id"):
        value = getattr(row, name) or ""
        if value != before:
            parts = diff.word_parts(as_text(slot, before), as_text(slot, value))
            reason = row.history_change_reason or ""
            yield TextChange(
                slot, language, row.history_id, row.history_date, row.history_user_name, reason, parts, value == current
            )
            before = value


def as_text(slot: Slot, value: str) -> str:
    """The text of a field as a person compares it."""
    return as_lines(value) if slot.form == "prose" else value


def restore(
    document: Document, *, model: str, row_id: int, field: str, language: str, history_id: int, user, token: int
) -> None:
    """Bring one earlier text of one field in one language back, as a new revision; nothing else is touched.

    Whoever wrote that text counts as a contributor again (see writers.py), and a translation's units have to be checked
    again.
    Raises Blocked or Stale.
    """
    with editing(document, language, user=user, token=token, note=_("restored")) as locked:
        slot = _slot(locked, model, row_id, field)
        past = slot.row.history.filter(history_id=history_id).first()
        if past is None:
            raise Blocked([_("That text is no longer there to restore.")])
        name = slot.column(language)
        setattr(slot.row, name, getattr(past, name) or "")
        reason = _("restored the text of %(day)s") % {"day": f"{past.history_date:%Y-%m-%d %H:%M}"}
        save_row(slot.row, user=user, reason=reason, only={name})
        if language != settings.SOURCE_LANGUAGE:
            ids = [place[0] for place in slot.read(language)]
            UnitState.objects.filter(document=locked, language=language, node_id__in=ids).delete()


def _slot(document: Document, model: str, row_id: int, field: str) -> Slot:
    for slot in kind_of(document).slots(document):
        if (slot.row._meta.model_name, slot.row.pk, slot.field) == (model, row_id, field):
            return slot
    raise Blocked([_("That text is no longer there to restore.")])
