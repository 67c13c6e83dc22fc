"""Writing a translation's words, unit by unit, into the fields where their kind keeps them."""

from collections.abc import Iterable, Mapping

from django.db import models

from editorial.accounts.languages import column

from ..kinds import Slot, kind_of
from ..models import Document, Edition
from ..tree import inline, prose
from ..tree.nodes import Node
from ..tree.words import Place, units
from .copies import contribute, editing, mark_checked, save_row


def write_words(
    document: Document,
    language: str,
    words: Mapping[Place, str],
    *,
    source: Edition,
    user,
    token: int | None,
    checked: frozenset[Place] = frozenset(),
    reason: str = "",
) -> None:
    """Save what a translator typed: {place: text, or HTML for a unit of prose}.

    Units whose words are new or changed, and those in `checked`, count as checked against `source`, the signed
    edition that they were translated from. Raises Blocked or Stale.
    """
    with editing(document, language, user=user, token=token, note=reason) as locked:
        digests = {unit.place: unit.digest for unit in units(source.tree)}
        done = {place: digests[place] for place in checked & digests.keys()}
        rows = {}
        for slot in kind_of(locked).slots(locked):
            # Slots of one row share it, so that it is saved once with all its fields.
            slot = Slot(rows.setdefault((type(slot.row), slot.row.pk), slot.row), *_rest(slot))
            changed = _write_slot(slot, language, words)
            done |= {place: digests[place] for place in changed & digests.keys()}
        for row in rows.values():
            save_words(locked, row, language, writers=[user], user=user, reason=reason)
        mark_checked(locked, language, done)


def save_words(document: Document, row: models.Model, language: str, *, writers: Iterable, user, reason: str) -> bool:
    """Save a row whose words in one language changed; False when they had not.

    `writers` count as contributors of the document, and of every other one whose words this row holds.
    """
    if not save_row(row, user=user, reason=reason):
        return False
    others = [each for each in kind_of(document).sharing(row) if each.pk != document.pk]
    for each in [document, *others]:
        for writer in writers:
            contribute(each, language, writer, reason)
    return True


def _rest(slot: Slot) -> tuple:
    return slot.field, slot.node_id, slot.word, slot.form


def _write_slot(slot: Slot, language: str, words: Mapping[Place, str]) -> set[Place]:
    """Set the slot's field from `words`; returns the places whose words changed."""
    before = slot.read(language)
    if slot.form == "prose":
        source_ids = [node.id for block in prose.parse(slot.value("en")) for node in block.walk()]
        known = dict(before)
        for (node_id, word), html in words.items():
            if word == "text" and node_id in {*source_ids, *(place[0] for place in before)}:
                known[node_id, word] = prose.rich_words(html)
        # Kept flat, a paragraph a unit: the structure is the source's, never this field's.
        blocks = tuple(
            Node("paragraph", node_id, words={"text": runs}) for (node_id, _w), runs in known.items() if runs
        )
        value = prose.write(blocks)
    else:
        place = (slot.node_id, slot.word)
        if place not in words:
            return set()
        value = " ".join(words[place].split())
    setattr(slot.row, f"{slot.field}_{column(language)}", value)
    after = slot.read(language)
    return {place for place in after if after[place] != before.get(place)}


def typed_words(document: Document, language: str) -> dict[Place, str]:
    """What stands in the fields of a translator's form: text, or HTML for units of prose."""
    result: dict[Place, str] = {}
    for slot in kind_of(document).slots(document):
        for place, words in slot.read(language).items():
            result[place] = inline.to_html(words) if slot.form == "prose" else inline.typed(words)
    return result
