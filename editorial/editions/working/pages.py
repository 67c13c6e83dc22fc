"""Making, typing and saving a page in the source language: the same for every kind, from what it declares."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from editorial.accounts.models import User

from ..blockers import refuse_if
from ..kinds import Row, kind_named, kind_of
from ..models import Document
from ..working_copy import WorkingCopy
from .copies import create_document, editing
from .rows import save_copy, set_fields, write_parts


def create_page(
    kind: str, slug: str, title: str, *, user: User, parts: Mapping[str, Iterable[Row]] | None = None, **fields: Any
) -> Any:
    """A new page with its title, and what else is given of its fields and parts. Returns the kind's row.

    Raises Blocked when the address is or was another's, and as `write_page`.
    """
    with transaction.atomic():
        document = create_document(kind, slug, user=user)
        with editing(document, settings.SOURCE_LANGUAGE, user=user, token=0, note=_("created")) as opened:
            opened.saved = copy = WorkingCopy(document, kind_named(kind).model(document=document))
            write_page(copy, fields={"title": title, **fields}, **(parts or {}))
            save_copy(copy, user=user, reason=_("created"))
            return copy.row


def write_page(copy: WorkingCopy, *, fields: Mapping[str, Any] | None = None, **parts: Iterable[Row]) -> None:
    """Set the source language of a page in memory.

    `fields` are the content's own, `parts` rows of `write_parts` by related name; what is not named stays. Raises
    Blocked, with all that stands in the way, and TypeError for a list that the kind does not have.
    """
    kind = kind_of(copy.document)
    rows = {part.related: list(parts.get(part.related, ())) for part in kind.fields.parts}
    if unknown := parts.keys() - rows.keys():
        raise TypeError(f"A page of this kind has no {', '.join(sorted(unknown))}.")
    set_fields(copy.row, fields or {}, kind.fields)
    rows = kind.clean_rows(copy, rows)
    refuse_if(kind.save_blockers(copy, rows))
    for part in kind.fields.parts:
        write_parts(copy, part, rows[part.related])


def save_page(document: Document, *, user: User, token: int | None, reason: str = "", **typed: Any) -> Any:
    """Save the source language: `typed` is what `write_page` takes. Returns the kind's row.

    Raises Blocked or WorkingCopyChanged.
    """
    with editing(document, settings.SOURCE_LANGUAGE, user=user, token=token, note=reason) as opened:
        opened.saved = copy = kind_of(opened.document).read_copy(opened.document)
        write_page(copy, **typed)
        opened.is_changed = save_copy(copy, user=user, reason=reason) > 0
        return copy.row
