"""Who wrote which words, told from the history of the rows that hold them."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..fields import Slot
from ..tree import inline
from ..tree.units import Place, digest_words
from .row_history import Histories

Signed = Mapping[Place, str | inline.Runs | None]


def changed_slots(slots: Iterable[Slot], language: str, signed: Signed) -> list[Slot]:
    """Those in which words of these places stand now."""
    return [slot for slot in slots if signed.keys() & slot.read(language).keys()]


def find_writers(slot: Slot, language: str, signed: Signed, histories: Histories) -> set[int]:
    """Keys of the users whose words stand at these places now and did not when the places were last signed.

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
    return set().union(*writers.values())
