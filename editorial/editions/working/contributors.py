"""Who contributed to what would be frozen, and what each of them wrote, told from saves and from the history of rows.

A row may hold words of every language, and may be shown on many pages (a topic, a figure): so only what somebody
changed in the words of this language, or in what is no word, makes them a contributor here.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Min
from django.utils import timezone
from modeltranslation.translator import translator

from editorial.accounts.languages import all_languages, column
from editorial.accounts.models import User

from ..fields import Slot
from ..kinds import Kind, kind_of
from ..models import Contribution, Document, Edition
from ..section_names import find_section_ids
from ..tree import inline
from ..tree.nodes import Tree
from ..tree.units import Place, digest_words, find_units
from ..working_copy import WorkingCopy
from .row_history import Histories

Signed = Mapping[Place, str | inline.Runs | None]
Blocks = dict[int, set[str]]  # {key of a user: ids of the blocks that they had a hand in}
NewPart = tuple[str, models.Model, str]  # (node id, row, the language of which all its words count, or "")
ORDER = "order"  # the column that says where a part stands


def find_contributors(document: Document, tree: Tree, base: Edition | None) -> list[dict[str, Any]]:
    """Everyone who may not sign this tree, and why: [{"id", "name", "saves", "since", "until", "blocks"}], by id.

    They are those who changed anything in this language since the base was frozen ("saves" of theirs, the first and the
    last on the ISO dates "since" and "until"); those who wrote words that the tree has and the base has not, whenever
    that was (a section that was retired comes back with its writer); and, in the source language, those who made or
    changed the parts that are new in it or whose facts are. "blocks" are the ids of the sections in which theirs stand,
    or of blocks that stand in none; empty where nothing of theirs is left as they wrote it.

    Call it after the tree was read. The number of queries does not depend on how many they are, or on their saves.
    """
    language = tree.language
    saves = _count_saves(document, language, base)
    blocks: Blocks = {user_id: set() for user_id in saves}
    kind = kind_of(document)
    signed = base.tree if base else None
    old_words = {unit.place: unit.source for unit in find_units(signed)} if signed else {}
    new_words = {unit.place: unit.source for unit in find_units(tree)}
    changed = {place: old_words.get(place) for place, words in new_words.items() if old_words.get(place) != words}
    copy = kind.read_copy(document)
    slots = changed_slots(kind.slots(copy), language, changed)
    new_parts: list[NewPart] = []
    if language == settings.SOURCE_LANGUAGE:
        new_parts = _find_new_parts(kind, copy, tree, signed, blocks)
    histories = Histories([*(slot.row for slot in slots), *(row for _node_id, row, _words in new_parts)])
    for slot in slots:
        for (node_id, _word), user_ids in find_writers(slot, language, changed, histories).items():
            _add(blocks, user_ids, node_id)
    for node_id, row, words_of in new_parts:
        _add(blocks, find_makers(row, histories, words_of), node_id)
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
    contributions = Contribution.objects.filter(
        document=document, language=language, pk__gt=base.last_contribution if base else 0
    )
    rows = contributions.order_by().values("user_id").annotate(Count("pk"), Min("made_at"), Max("made_at"))
    return {
        row["user_id"]: {
            "saves": row["pk__count"],
            "since": timezone.localdate(row["made_at__min"]).isoformat(),
            "until": timezone.localdate(row["made_at__max"]).isoformat(),
        }
        for row in rows
    }


def _find_new_parts(kind: Kind, copy: WorkingCopy, tree: Tree, signed: Tree | None, blocks: Blocks) -> list[NewPart]:
    """The parts that are new in the tree, or whose facts are; who made such otherwise than by saving a row is added."""
    old = {node.id: node.facts for node in signed.walk()} if signed else {}
    new = {node.id for node in tree.walk() if old.get(node.id) != node.facts}
    _add(blocks, {user.pk for user in kind.makers(copy.document, new)})
    # Of a part that is new, words that were typed again since count as well: nobody signed any of it.
    return [
        (node_id, row, "" if node_id in old else tree.language) for node_id, row in kind.parts(copy) if node_id in new
    ]


def _add(blocks: Blocks, user_ids: Iterable[int], *node_ids: str) -> None:
    for user_id in user_ids:
        blocks.setdefault(user_id, set()).update(node_ids)


def changed_slots(slots: Iterable[Slot], language: str, signed: Signed) -> list[Slot]:
    """Those in which words of these places stand now."""
    return [slot for slot in slots if signed.keys() & slot.read(language).keys()]


def find_makers(row: models.Model, histories: Histories, words_of: str = "") -> set[int]:
    """Keys of the users who made a row, or changed what is no word in it (a figure's file, a section's care level).

    With `words_of`, a language, those who changed any of its words in that too, also such as stand there no more. Where
    a part stands among others is the page's: who moved it saved the page.
    """
    names = list(_columns(row, words_of))
    people, before = set(), None
    for past in histories.of(row):
        state = [getattr(past, name) for name in names]
        if state != before:
            people.add(past.history_user_id)
        before = state
    return people


def _columns(row: models.Model, words_of: str) -> Iterator[str]:
    """The columns of a row's history that hold no words, or words in this language."""
    words: set[str] = set()
    if type(row) in translator.get_registered_models():
        fields = translator.get_options_for_model(type(row)).all_fields
        words = {
            *fields,
            *(f"{name}_{column(code)}" for name in fields for code in all_languages() if code != words_of),
        }
    for field in row._meta.concrete_fields:
        if field.name not in words and field.name != ORDER:
            yield field.attname


def find_writers(slot: Slot, language: str, signed: Signed, histories: Histories) -> dict[Place, set[int]]:
    """{place: keys of the users whose words stand there now and did not when the place was last signed}.

    `signed` maps each place to the words that were signed there, or None where nothing was: then everyone who had a
    hand in the words at that place counts. An earlier text that comes back comes back with those who wrote it.
    `histories` are those of the rows, among them the slot's.
    """
    name = slot.column(language)
    writers: dict[Place, set[int]] = {place: set() for place in signed}
    texts: dict[Place, dict[str, set[int]]] = {place: {} for place in signed}
    before: dict[Place, str | inline.Runs] = {}
    value_before: Any = ""
    for past in histories.of(slot.row):
        value = getattr(past, name) or ""
        if value == value_before:
            continue
        words = {place: inline.comparable(text) for place, text in slot.parse(value).items()}
        for place, known in signed.items():
            if words.get(place) == before.get(place):
                continue
            if known is not None and words.get(place) == inline.comparable(known):
                writers[place] = set()  # signed words again: what was written in between is gone
                continue
            text = digest_words(words.get(place, ""))
            writers[place] = texts[place].get(text, writers[place]) | {past.history_user_id}
            texts[place][text] = writers[place]
        before, value_before = words, value
    return writers
