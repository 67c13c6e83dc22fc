"""Saving the parts of a working copy (sections, points, references) from the rows of a form."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from editorial.accounts.languages import column

from ..blockers import Blocked
from ..tree import align, prose
from .copies import save_row


def set_words(row: models.Model, field: str, value: str, *, form: str = "plain") -> None:
    """Set one translated field in the source language. Prose is sanitised and keeps its blocks' ids."""
    name = f"{field}_{column(settings.SOURCE_LANGUAGE)}"
    if form == "prose":
        value = prose.write(align.keep_ids(prose.parse(getattr(row, name) or ""), prose.parse(value)))
    elif form == "plain":
        value = " ".join(value.split())
    if value or getattr(row, name):  # an empty column stays as empty as it was: null and "" are no change
        setattr(row, name, value)


def set_fields(row: models.Model, values: Mapping, *, words: Mapping[str, str]) -> None:
    """Set fields of a row; `words` maps those that are translated to their form. An "id" is no field."""
    for name, value in values.items():
        if name in words:
            set_words(row, name, value, form=words[name])
        elif name != "id":
            setattr(row, name, value)


def save_parts(
    parent: models.Model, related: str, rows: Iterable[dict], *, words: Mapping[str, str], user, reason: str
) -> None:
    """Save an ordered list of parts of `parent`, in the order given.

    Each row is a dict of the part's fields; "id" is the key of an existing part or None; "retired" True takes it off
    the page but keeps its words, in every language. `words` maps translated fields to their form. Parts that `rows`
    does not name keep their words, and their place after the part that they follow. Raises Blocked for an id that is
    not this parent's.
    """
    manager = getattr(parent, related)
    existing = {part.pk: part for part in manager.all()}
    rows = list(rows)
    if any(data.get("id") and data["id"] not in existing for data in rows):
        raise Blocked([_("A part of this page is no longer there. Open the page again.")])
    written = [
        existing[data["id"]] if data.get("id") else manager.model(**{manager.field.name: parent}) for data in rows
    ]
    for part, data in zip(written, rows, strict=True):
        set_fields(part, data, words=words)
    for order, part in enumerate(_with_others(written, existing.values()) if written else ()):
        part.order = order
        save_row(part, user=user, reason=reason)


def _with_others(written: list, existing: Iterable) -> list:
    """The parts in their new order, and each of the others after the part that it followed."""
    placed, last = list(written), None
    for part in existing:
        if part not in placed:
            placed.insert(placed.index(last) + 1 if last else 0, part)
        last = part
    return placed
