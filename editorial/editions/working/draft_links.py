"""Which documents a draft leads to: kept with every save, from its links and from what its rows name."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models

from ..fields import PROSE, read_prose
from ..kinds import kind_of
from ..models import Document, DraftLink
from ..tree.links import find_linked_documents
from ..working_copy import WorkingCopy


def keep_draft_links(copy: WorkingCopy, language: str) -> None:
    """Make the links those of the draft as it is saved now. Called inside `editing`, in its transaction."""
    now = set(_linked_documents(copy, language)) - {copy.document.pk}
    links = DraftLink.objects.filter(document=copy.document, language=language)
    before = set(links.values_list("target", flat=True))
    if gone := before - now:
        links.filter(target__in=gone).delete()
    if new := now - before:
        known = Document.objects.filter(pk__in=new).values_list("pk", flat=True)
        DraftLink.objects.bulk_create(
            DraftLink(document=copy.document, language=language, target_id=key) for key in sorted(known)
        )


def _linked_documents(copy: WorkingCopy, language: str) -> Iterator[int]:
    kind = kind_of(copy.document)
    for slot in kind.slots(copy):
        is_shown = not getattr(slot.row, "retired", False)
        if is_shown and slot.form == PROSE and (value := slot.value(language)):
            for node in read_prose(value):
                yield from find_linked_documents(node)
    if language == settings.SOURCE_LANGUAGE:
        rows = [copy.row, *(row for part in kind.fields.parts for row in copy.shown_parts(part.related))]
        for row in rows:
            yield from _named_documents(row)


def _named_documents(row: models.Model) -> Iterator[int]:
    for field in row._meta.concrete_fields:
        if field.related_model is Document and (key := getattr(row, field.attname)):
            yield key
