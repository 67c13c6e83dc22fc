"""Writing a translation's words, unit by unit, into the fields where their kind keeps them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db import models

from editorial.accounts.models import User
from editorial.text_hygiene import clean_line

from ..blockers import refuse_if
from ..fields import Slot
from ..importing.typed_html import read_typed_html
from ..kinds import kind_of
from ..models import Document, Edition, UnitState
from ..models.addresses import resolve_links, show_html_addresses
from ..tree import bounds, inline, prose
from ..tree.addresses import link_blockers
from ..tree.units import Place, Unit, find_units
from .copies import editing, save_columns
from .unit_states import UnitNote, keep_target_digests, mark_units_checked


def write_translation(
    document: Document,
    language: str,
    words: Mapping[Place, str],
    *,
    source: Edition,
    user: User,
    token: int | None,
    checked: Iterable[Place] = (),
    reason: str = "",
    origin: str = UnitState.Origin.PERSON,
    needs_work: Collection[Place] = (),
) -> None:
    """Save what a translator typed: {place: text, or HTML for a rich unit of prose}.

    Units whose words are new or changed, and those in `checked`, count as checked against `source`, the signed
    edition that they were translated from, but for those that are said to need work. Where nothing but spaces changed,
    what was checked stays so, and what was not does not become so. Raises Blocked or WorkingCopyChanged.
    """
    with editing(document, language, user=user, token=token, note=reason) as opened:
        filled = fill_translation(opened.document, language, words, source=source, checked=checked)
        count = save_columns(filled.changed_columns, user=user, reason=reason)
        note = UnitNote(opened.document, language, source, user, origin)
        is_checked = mark_units_checked(note, filled.checked, filled.words, needs_work)
        keep_target_digests(note, filled.respaced, filled.words)
        opened.is_changed = is_checked or count > 0


@dataclass(frozen=True, slots=True)
class FilledTranslation:
    """A working copy with the words of one language set in memory, and what saving them would write.

    `changed_columns` are (row, names of its columns that changed); `checked`, what would count as checked, is
    {place: digest of the source words}. `words` are all words that the copy then has in this language; `respaced`,
    where only the spaces of words changed, says which they were.
    """

    changed_columns: list[tuple[models.Model, set[str]]]
    checked: dict[Place, str]
    words: dict[Place, str | inline.Runs]
    respaced: dict[Place, str | inline.Runs] = field(default_factory=dict)


def fill_translation(
    document: Document,
    language: str,
    words: Mapping[Place, str],
    *,
    source: Edition,
    checked: Iterable[Place] = (),
) -> FilledTranslation:
    """Read a working copy and set these words in it, as `write_translation` does, without saving anything.

    Raises Blocked for words that are too long or too deeply nested to be read.
    """
    refuse_if(bounds.page_blockers(words.values()))
    refuse_if(blocker for text in words.values() for blocker in bounds.text_blockers(text))
    units = {unit.place: unit for unit in find_units(source.tree)}
    # Blocks of the signed source, by what they stand in: the working copy may have moved on without them.
    inside = {
        node.id: {(below.id, name) for below, name in prose.find_words(node.children)} for node in source.tree.walk()
    }
    done = {place: units[place].digest for place in checked if place in units}
    rows: dict[tuple[type, int], models.Model] = {}
    touched: dict[tuple[type, int], set[str]] = {}
    target_words: dict[Place, str | inline.Runs] = {}
    respaced: dict[Place, str | inline.Runs] = {}
    kind = kind_of(document)
    for slot in kind.slots(kind.read_copy(document)):
        # Slots of one row share it, so that it is saved once with all its fields.
        key = (type(slot.row), slot.row.pk)
        slot = replace(slot, row=rows.setdefault(key, slot.row))
        before = slot.read(language)
        changed = _write_slot(slot, language, words, units, inside.get(slot.node_id, set()))
        after = slot.read(language)
        if changed:
            touched.setdefault(key, set()).add(slot.column(language))
        spaced = {place for place in changed if is_respaced(before.get(place, ""), after.get(place, ""))}
        respaced |= {place: before[place] for place in spaced}
        done |= {place: units[place].digest for place in changed - spaced if place in units}
        target_words |= after
    columns = [(rows[key], names) for key, names in touched.items()]
    return FilledTranslation(columns, done, target_words, respaced)


def _write_slot(
    slot: Slot, language: str, words: Mapping[Place, str], units: Mapping[Place, Unit], signed: set[Place]
) -> set[Place]:
    """Set the slot's field from `words`; returns the places whose words changed. `signed` are those below its node."""
    before = slot.read(language)
    if slot.form == "prose":
        value = _prose_value(slot, before, words, units, signed)
    else:
        place = (slot.node_id, slot.word)
        if place not in words:
            return set()
        value = clean_line(words[place])
    after = slot.parse(value)
    changed = {place for place in {*before, *after} if not _is_same(after.get(place), before.get(place))}
    if changed:
        setattr(slot.row, slot.column(language), value)
    return changed


def _is_same(one: str | inline.Runs | None, other: str | inline.Runs | None) -> bool:
    """Whether nobody reads a difference between two texts of one place."""
    return inline.comparable(one or "") == inline.comparable(other or "")


def is_respaced(one: str | inline.Runs, other: str | inline.Runs) -> bool:
    """Whether two texts are the same but for their spaces; the empty one is like no other."""
    return bool(one) and bool(other) and _unspaced(one) == _unspaced(other)


def _unspaced(words: str | inline.Runs) -> inline.Runs:
    runs = [{"text": words}] if isinstance(words, str) else words
    bare = [{**run, "text": "".join(run["text"].split())} if "text" in run else run for run in runs]
    return inline.normalise(bare)


def _prose_value(
    slot: Slot,
    before: Mapping[Place, str | inline.Runs],
    words: Mapping[Place, str],
    units: Mapping[Place, Unit],
    signed: set[Place],
) -> str:
    """The field with its units: kept flat, a block a unit, because the structure is the source's, never this one's."""
    places = slot.read_source().keys() | before.keys() | signed
    texts = dict(before)
    for place in words.keys() & places:
        is_rich = place not in units or units[place].is_rich
        typed = read_typed_html(words[place], is_one_block=True).html if is_rich else words[place]
        refuse_if(bounds.text_blockers(typed, is_html=is_rich))
        refuse_if(link_blockers(typed) if is_rich else ())
        text = prose.rich_words(typed) if is_rich else clean_line(typed)
        if not _is_same(text, before.get(place)):
            texts[place] = text
    blocks = tuple(prose.unit_block(place, text) for place, text in texts.items() if text)
    return prose.write(resolve_links(blocks))


def typed_words(document: Document, language: str) -> dict[Place, str]:
    """What stands in the fields of a translator's form: text, or HTML for rich units of prose, with addresses."""
    result: dict[Place, str] = {}
    kind = kind_of(document)
    for slot in kind.slots(kind.read_copy(document)):
        for place, words in slot.read(language).items():
            is_html = slot.form == "prose" and not isinstance(words, str)
            result[place] = inline.to_html(words) if is_html else inline.typed_text(words)
    return dict(zip(result, show_html_addresses(*result.values()), strict=True))


def length_limits(document: Document, language: str) -> dict[Place, int]:
    """{place: the greatest number of characters} of plain fields that have a limit."""
    kind = kind_of(document)
    return {
        (slot.node_id, slot.word): limit
        for slot in kind.slots(kind.read_copy(document))
        if (limit := getattr(slot.row._meta.get_field(slot.column(language)), "max_length", None))
    }
