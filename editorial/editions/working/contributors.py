"""Who contributed to what would be frozen, and what each wrote, told from saves and from the writers of each text.

A row may hold words of every language, and may be shown on many pages (a topic, a figure): so only what somebody
changed in the words of this language, or in what is no word, makes them a contributor here.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Min, QuerySet
from django.utils import timezone

from editorial.accounts.models import User

from ..compiled_questions import DOCUMENT, LANGUAGE, ROW, find_rows
from ..fields import Slot
from ..kinds import Kind, kind_of
from ..models import Contribution, Document, Edition
from ..section_names import find_section_ids
from ..tree import inline
from ..tree.nodes import Tree
from ..tree.units import Place, find_units
from ..working_copy import WorkingCopy
from .text_writers import Writers

Signed = Mapping[Place, str | inline.Runs | None]
Blocks = dict[int, set[str]]  # {key of a user: ids of the blocks that they had a hand in}
NewPart = tuple[str, models.Model, str]  # (node id, row, the language of which all its words count, or "")


def find_contributors(
    document: Document, tree: Tree, base: Edition | None, copy: WorkingCopy | None = None
) -> list[dict[str, Any]]:
    """Everyone who may not sign this tree, and why: [{"id", "name", "saves", "since", "until", "blocks"}], by id.

    They are those who changed anything in this language since the base was frozen ("saves" of theirs, the first and the
    last on the ISO dates "since" and "until"); those who wrote words that the tree has and the base has not, whenever
    that was (a section that was retired comes back with its writer); and, in the source language, those who made or
    changed the parts that are new in it or whose facts are. "blocks" are the ids of the sections in which theirs stand,
    or of blocks that stand in none; empty where nothing of theirs is left as they wrote it.

    Call it after the tree was read; `copy` is the working copy of which it was made, read under the document's lock.
    What it costs does not depend on how many they are, or on their saves.
    """
    language = tree.language
    saves = _count_saves(document, language, base)
    blocks: Blocks = {user_id: set() for user_id in saves}
    kind = kind_of(document)
    signed = base.tree if base else None
    old_words = {unit.place: unit.source for unit in find_units(signed)} if signed else {}
    new_words = {unit.place: unit.source for unit in find_units(tree)}
    changed = {place: old_words.get(place) for place, words in new_words.items() if old_words.get(place) != words}
    all_slots = list(kind.slots(copy or kind.read_copy(document)))
    slots = changed_slots(all_slots, language, changed)
    new_parts: list[NewPart] = []
    if language == settings.SOURCE_LANGUAGE:
        new_parts = _find_new_parts(kind, document, all_slots, tree, signed, blocks)
    writers = Writers(slots, [row for _node_id, row, _words in new_parts], language, changed)
    for slot in slots:
        for (node_id, _word), user_ids in writers.of_slot(slot).items():
            _add(blocks, user_ids, node_id)
    for node_id, row, words_of in new_parts:
        _add(blocks, writers.of_row(row, words_of), node_id)
    users, sections = User.objects.in_bulk(blocks), find_section_ids(tree)
    return [
        {
            "id": user_id,
            "name": users[user_id].name,
            **saves.get(user_id, {"saves": 0}),
            "blocks": sorted({sections[node_id] for node_id in blocks[user_id] if node_id in sections}),
        }
        for user_id in sorted(blocks)
    ]


def _count_saves(document: Document, language: str, base: Edition | None) -> dict[int, dict[str, Any]]:
    """{key of a user: how many saves of theirs changed something since the base, and when}. One query."""
    after = base.last_contribution if base else 0
    return {
        user_id: {
            "saves": saves,
            "since": timezone.localdate(first).isoformat(),
            "until": timezone.localdate(last).isoformat(),
        }
        for user_id, saves, first, last in find_rows(_ask_saves, document=document.pk, language=language, row=after)
    }


def _ask_saves() -> QuerySet[Contribution, Any]:
    contributions = Contribution.objects.filter(document=DOCUMENT, language=LANGUAGE, pk__gt=ROW).order_by()
    return contributions.values_list("user_id").annotate(Count("pk"), Min("made_at"), Max("made_at"))


def _find_new_parts(
    kind: Kind, document: Document, slots: list[Slot], tree: Tree, signed: Tree | None, blocks: Blocks
) -> list[NewPart]:
    """The parts that are new in the tree, or whose facts are; who made such otherwise than by saving a row is added."""
    old = {node.id: node.facts for node in signed.walk()} if signed else {}
    new = {node.id for node in tree.walk() if old.get(node.id) != node.facts}
    _add(blocks, {user.pk for user in kind.makers(document, new)})
    # Of a part that is new, words that were typed again since count as well: nobody signed any of it.
    return [
        (node_id, row, "" if node_id in old else tree.language)
        for node_id, row in kind.parts(slots, tree.root)
        if node_id in new
    ]


def _add(blocks: Blocks, user_ids: Iterable[int], *node_ids: str) -> None:
    for user_id in user_ids:
        blocks.setdefault(user_id, set()).update(node_ids)


def changed_slots(slots: Iterable[Slot], language: str, signed: Signed) -> list[Slot]:
    """Those in which words of these places stand now."""
    return [slot for slot in slots if signed.keys() & slot.read(language).keys()]
