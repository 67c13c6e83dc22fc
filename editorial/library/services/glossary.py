"""Writing glossary entries, through `editing` like every working copy."""

from django.db import transaction
from django.utils.translation import gettext as _

from editorial.editions.models import Document
from editorial.editions.working.copies import create_document, editing, save_row
from editorial.editions.working.rows import set_fields

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


def save_glossary_entry(document: Document, *, user, token: int | None, reason: str = "", **fields) -> GlossaryEntry:
    """Save the source language; `fields` may hold title, short and body. Raises Blocked or WorkingCopyChanged."""
    with editing(document, "en", user=user, token=token, note=reason):
        entry = GlossaryEntry.objects.get(document=document)
        set_fields(entry, fields, words=WORDS)
        save_row(entry, user=user, reason=reason)
        return entry
