"""Bringing back words of a working copy as they were: one text, or all of one part, in one language."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.accounts.models import User

from ..blockers import Blocked
from ..fields import Slot
from ..kinds import kind_of
from ..models import Document, UnitState
from .conflicts import as_lines
from .copies import editing, save_columns
from .row_history import history_of


def as_text(form: str, value: str) -> str:
    """The text of a field as a person compares it; `form` as of a Slot."""
    return as_lines(value) if form == "prose" else value


def restore_words(
    document: Document, *, model: str, row_id: int, field: str, language: str, history_id: int, user: User, token: int
) -> None:
    """Bring one earlier text of one field in one language back, as a new revision; nothing else is touched.

    Without `field`, all words of that part in that language, as they were when the row was saved; its place, its level
    of care and the like stay. Whoever wrote that text counts as a contributor again (see contributors.py), and a
    translation's units have to be checked again. Raises Blocked or WorkingCopyChanged.
    """
    with editing(document, language, user=user, token=token, note=_("restored")) as opened:
        slots = _slots(opened.document, model, row_id, field)
        row = slots[0].row
        past = history_of(row).filter(history_id=history_id).first()
        if past is None:
            raise Blocked([_("That text can no longer be restored.")])
        changed = [slot for slot in slots if (getattr(past, slot.column(language)) or "") != slot.value(language)]
        if not changed:
            raise Blocked([_("That is already the current text.")])
        places = [place[0] for slot in changed for place in slot.read(language)]
        for slot in changed:
            name = slot.column(language)
            setattr(row, name, getattr(past, name) or "")
            places += [place[0] for place in slot.read(language)]
        since = date_format(timezone.localtime(past.history_date), "DATETIME_FORMAT")
        reason = _("restored the text of %(day)s") % {"day": since}
        save_columns([(row, {slot.column(language) for slot in changed})], user=user, reason=reason)
        if language != settings.SOURCE_LANGUAGE:
            UnitState.objects.filter(document=opened.document, language=language, node_id__in=places).delete()


def _slots(document: Document, model: str, row_id: int, field: str) -> list[Slot]:
    """Those of one row, which they share; with `field`, the one of that field."""
    kind = kind_of(document)
    slots = [
        slot
        for slot in kind.slots(kind.read_copy(document))
        if (slot.row._meta.model_name, slot.row.pk) == (model, row_id) and field in ("", slot.field)
    ]
    if not slots:
        raise Blocked([_("That text can no longer be restored.")])
    return [Slot(slots[0].row, slot.field, slot.node_id, slot.word, slot.form) for slot in slots]
