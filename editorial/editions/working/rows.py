"""Setting the words and parts of a working copy in memory from what was typed, and saving them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from editorial.accounts.languages import source_column
from editorial.accounts.models import User
from editorial.text_hygiene import clean_line, clean_text

from ..blockers import Blocked, refuse_if
from ..fields import PLAIN, PROSE, PartFields, RowFields, is_same_text, read_prose
from ..importing.typed_html import read_typed_html
from ..kinds import Row, kind_of
from ..tree import align, bounds, prose
from ..tree.addresses import link_blockers
from ..working_copy import WorkingCopy
from .copies import save_row, save_rows


def set_words(row: models.Model, field: str, value: str, *, form: str = PLAIN) -> None:
    """Set one translated field in the source language, without characters that cannot be seen.

    Where at most the sort of its white space differs, the field stays as it is.
    Prose is read as typed_html.py says, sanitised, and keeps its blocks' ids. Raises Blocked for what is too long, too
    deeply nested, or linked to what nothing can lead to.
    """
    if form == PROSE:
        value = read_typed_html(value or "").html
        if value == (getattr(row, source_column(field)) or ""):
            return  # nobody typed in it: what was saved once is not read again with every other text
    refuse_if(bounds.text_blockers(value or "", is_html=form == PROSE))
    name = source_column(field)
    stored = getattr(row, name) or ""
    if form == PROSE:
        refuse_if([*prose.typed_blockers(value), *link_blockers(value)])
        value = prose.write(align.keep_ids(read_prose(stored), read_prose(value)))
    else:
        value = clean_line(value) if form == PLAIN else clean_text(value)
    if not is_same_text(stored, value, form):  # null stays null, and a no-break space that somebody set stays too
        setattr(row, name, value)


def set_fields(row: models.Model, values: Mapping[str, Any], fields: RowFields) -> None:
    """Set fields of a row: words as they are declared, all others as they are. An "id" is no field."""
    for name, value in values.items():
        if name in fields.words:
            set_words(row, name, value, form=fields.words[name].form)
        elif name != "id":
            set_column(row, name, value)


def set_column(row: models.Model, name: str, value: Any) -> None:
    """Set a field that holds no words of a page. Text is cleaned; where only white space differs it stays as it was."""
    if isinstance(value, str):
        value, stored = clean_text(value), getattr(row, name)
        if isinstance(stored, str) and is_same_text(stored, value):
            return
    setattr(row, name, value)


def write_parts(copy: WorkingCopy, fields: PartFields, rows: Iterable[Row]) -> None:
    """Set an ordered list of parts in memory, in the order given; `save_copy` saves them.

    Each row is a dict of the part's fields; "id" is the key of an existing part or None; "retired" True takes it off
    the page but keeps its words, in every language. Parts that `rows` does not name keep their words, and their place
    after the part that they follow. Raises Blocked for an id that is not this page's, or
    that is named twice.
    """
    rows = list(rows)
    if not rows:
        return
    existing = {part.pk: part for part in copy.parts(fields.related)}
    if any(data.get("id") and data["id"] not in existing for data in rows):
        raise Blocked([_("A part of this page no longer exists. Open the page again.")])
    keys = [data["id"] for data in rows if data.get("id")]
    if len(keys) != len(set(keys)):
        raise Blocked([_("A part of this page was sent twice. Open the page again.")])
    manager = getattr(copy.row, fields.related)
    written = [
        existing[data["id"]] if data.get("id") else manager.model(**{manager.field.name: copy.row}) for data in rows
    ]
    for part, data in zip(written, rows, strict=True):
        set_fields(part, data, fields)
    parts = _with_others(written, existing.values())
    for order, part in enumerate(parts):
        part.order = order
    copy.set_parts(fields.related, parts)


def save_copy(copy: WorkingCopy, *, user: User, reason: str) -> int:
    """Save the row and every list that was set in memory, each with its history. Called inside `editing`.

    Returns how many rows had changed.
    """
    slots = kind_of(copy.document).slots(copy)
    refuse_if(bounds.page_blockers(slot.value(settings.SOURCE_LANGUAGE) for slot in slots))
    count = int(save_row(copy.row, user=user, reason=reason))
    return count + sum(save_rows(copy.parts(related), user=user, reason=reason) for related in copy.written_lists)


def _with_others(written: list[Any], existing: Iterable[Any]) -> list[Any]:
    """The parts in their new order, and each of the others after the part that it followed."""
    placed, last = list(written), None
    for part in existing:
        if part not in placed:
            placed.insert(placed.index(last) + 1 if last else 0, part)
        last = part
    return placed
