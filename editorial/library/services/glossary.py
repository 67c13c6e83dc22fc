"""Writing glossary entries, through `editing` like every working copy."""

from django.db import transaction
from django.utils.translation import gettext as _

from editorial.editions.kinds import kind_of
from editorial.editions.models import Document
from editorial.editions.working.copies import create_document, editing, save_row
from editorial.editions.working.rows import save_copy, set_fields
from editorial.editions.working_copy import WorkingCopy

from ..models import GlossaryEntry

WORDS = {"title": "plain", "short": "plain", "body": "prose"}


def create_glossary_entry(slug: str, title: str, *, user, short: str = "", body: str = "") -> GlossaryEntry:
    """A new entry. Raises Blocked when the address is taken."""
    with transaction.atomic():
        document = create_document("glossary", slug, user=user)
        entry = GlossaryEntry(document=document)
        with editing(document, "en", user=user, token=0, note=_("created")):
            set_fields(entry, {"title": title, "short": short, "body": body}, words=WORDS)
            save_row(entry, user=user, reason=_("created"))
        return entry


def write_glossary_entry(copy: WorkingCopy, **fields: str) -> None:
    """Set the source language in memory; `fields` may hold title, short and body."""
    set_fields(copy.row, fields, words=WORDS)


def save_glossary_entry(
    document: Document, *, user, token: int | None, reason: str = "", **fields: str
) -> GlossaryEntry:  # fmt: skip
    """Save the source language; for `fields` see `write_glossary_entry`. Raises Blocked or WorkingCopyChanged."""
    with editing(document, "en", user=user, token=token, note=reason) as locked:
        copy = kind_of(locked).read_copy(locked)
        write_glossary_entry(copy, **fields)
        save_copy(copy, user=user, reason=reason)
        return copy.row
