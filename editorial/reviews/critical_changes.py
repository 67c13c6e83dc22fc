"""The changes that a patient may come to harm by: every number, unit, dose, date, comparison, negation, name, link,
telephone number and care level that is another one than before, wherever it stands.

One answer for two questions: what a reviewer is told first, and what is never a minor change.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from editorial.checks.critical_words import CriticalWord, Sort, find_critical_words
from editorial.editions.kinds import Kind
from editorial.editions.name_finder import NameFinder
from editorial.editions.tree.diff import Change, strip_mark_signs
from editorial.editions.tree.nodes import COLUMNS, NOTE, Node, Tree
from editorial.editions.tree.wording import is_typographic

from .attribute_values import FILES

MANY = 200  # words of one sort between two that stayed, of which it would take too long to tell which are the same
# Attributes that say how something is laid out, and of figures how large their files are.
LAYOUT = frozenset({COLUMNS, "type", "ordered", "header", "level", "decorative", "width", "height"})
_SHAPES = LAYOUT - {COLUMNS}  # a table's columns may have changed places
LINK_ATTRIBUTES = frozenset({"url", "licence_url", "document"})
# A word, what it is the same by on both sides (None where not all of it stayed), and the gap that it is of.
PlacedWord = tuple[CriticalWord, tuple[Sort, str, int] | None, int]
Parts = Sequence[tuple[str, str]]  # as `diff.word_parts` tells them


@dataclass(frozen=True, slots=True)
class CriticalChange:
    """What stood in one place before and stands there now; either is empty where nothing does.

    `attribute` is the name of the attribute that changed, `word` of the words; the other is "".
    """

    sort: Sort
    before: tuple[str, ...]
    after: tuple[str, ...]
    attribute: str = ""
    values: tuple[Any, Any] = ("", "")  # of an attribute
    word: str = ""


def is_only_typography(change: Change) -> bool:
    """Whether nobody reads another word in a block than before, nor anything elsewhere: see `tree.wording`.

    How it is laid out, and the note for readers, say nothing of the page. What was joined or split without a word
    changed says what it said.
    """
    if change.status == "same":
        return True
    if change.is_moved or change.left or change.edited_cut:
        return False
    if change.regrouped:
        return True
    if change.status in ("added", "removed") or any(name not in _SHAPES for name, *_values in change.attrs):
        return False
    return all(_is_same_wording(change, name) for name in change.parts if name != NOTE)


def _is_same_wording(change: Change, name: str) -> bool:
    """Whether a block is there on both sides, and a word of it says what it said."""
    old = change.old if change.status != "removed" else None
    return old is not None and is_typographic(old.words.get(name, ""), change.node.words.get(name, ""))


def find_critical_changes(
    kind: Kind, change: Change, language: str, names: NameFinder[object] | None = None
) -> list[CriticalChange]:
    """Those of one block, in the order of their sorts; `names` are those that the site knows.

    What only moved, or was joined or split without a word changed, is none, and so is typography. Where words changed
    as well, the first of the blocks now tells what changed in all of them.
    """
    cut = change.edited_cut
    if not cut and (change.status in ("same", "moved") or change.regrouped):
        return []
    found = [*_attribute_changes(kind, change, language), *_care_changes(kind, change)]
    words = change.parts
    if cut:
        words = {"text": cut.whole} if cut.whole else {}
    for name, parts in words.items():
        if not cut and _is_same_wording(change, name):
            continue
        found += (replace(critical, word=name) for critical in find_critical_words_changed(parts, language, names))
    order = list(Sort)
    return sorted(found, key=lambda critical: order.index(critical.sort))


def find_care_moves(old: Tree, changes: Sequence[Change]) -> Iterator[tuple[Change, CriticalChange]]:
    """(change, its care level before and now) of each block that went to a part of the page of another level.

    Its own words may be as they were.
    """
    new_root = next(change.node for change in changes if change.status != "removed")
    before, after = _care_levels(old.root, ""), _care_levels(new_root, "")
    for change in changes:
        if change.old and change.left and before[change.old.id] != after[change.node.id]:
            level, new_level = before[change.old.id], after[change.node.id]
            sides = [(name,) if name else () for name in (level, new_level)]
            yield change, CriticalChange(Sort.CARE, sides[0], sides[1], "care", (level, new_level))


def _care_levels(node: Node, around: str) -> dict[str, str]:
    """{id of a block: the care level of the advice that it is or stands in, "" of none}"""
    level = str(node.attrs.get("care") or around)
    levels = {node.id: level}
    for child in node.children:
        levels |= _care_levels(child, level)
    return levels


def find_critical_words_changed(
    parts: Parts, language: str, names: NameFinder[object] | None = None
) -> Iterator[CriticalChange]:
    """Those of one text, of which `parts` are what `diff.word_parts` tells."""
    before, after = _Side(parts, "added"), _Side(parts, "removed")
    words = before.place(find_critical_words(before.text, language, names, other=after.text))
    new_words = after.place(find_critical_words(after.text, language, names, other=before.text))
    stayed = {key for _word, key, _gap in words if key} & {key for _word, key, _gap in new_words if key}
    changed: dict[tuple[int, Sort], tuple[list[CriticalWord], list[CriticalWord]]] = {}
    for side, placed in enumerate((words, new_words)):
        for word, key, gap in placed:
            if key not in stayed:
                changed.setdefault((gap, word.sort), ([], []))[side].append(word)
    for (_gap, sort), (old, new) in sorted(changed.items(), key=lambda pair: pair[0][0]):
        yield from _compared(sort, old, new)


def _compared(sort: Sort, old: list[CriticalWord], new: list[CriticalWord]) -> Iterator[CriticalChange]:
    """What of the words between two that stayed is not the same on both sides, in the order in which it stands."""
    values, new_values = ([word.value for word in words] for words in (old, new))
    if len(old) * len(new) > MANY**2:
        yield CriticalChange(sort, tuple(word.written for word in old), tuple(word.written for word in new))
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, values, new_values, autojunk=False).get_opcodes():
        if tag != "equal":
            before, after = (tuple(word.written for word in words) for words in (old[i1:i2], new[j1:j2]))
            yield CriticalChange(sort, before, after)


class _Side:
    """One side of a comparison: its text, and which stretches of it the other side has too."""

    def __init__(self, parts: Parts, other: str) -> None:
        texts: list[str] = []
        # (start, end, place on the new side or None, number of the gap: of those that changed, or are before it)
        self._stretches: list[tuple[int, int, int | None, int]] = []
        place = new_place = gap = 0
        was_same = True
        for status, part in parts:
            text = strip_mark_signs(part)
            is_same = status == "same"
            if not is_same and was_same:
                gap += 1
            was_same = is_same
            if status != other:
                self._stretches.append((place, place + len(text), new_place if is_same else None, gap))
                texts.append(text)
                place += len(text)
            if status != "removed":
                new_place += len(text)
        self.text = "".join(texts)

    def place(self, words: list[CriticalWord]) -> list[PlacedWord]:
        placed: list[PlacedWord] = []
        starts = [start for start, *_rest in self._stretches]
        for word in words:
            start, end, new_start, gap = self._stretches[bisect_right(starts, word.start) - 1]
            if word.end <= end and new_start is not None:
                key = (word.sort, word.value, new_start + word.start - start)
                placed.append((word, key, gap))
            else:
                placed.append((word, None, gap + 1 if new_start is not None else gap))
        return placed


def _care_changes(kind: Kind, change: Change) -> Iterator[CriticalChange]:
    """A block that came under the advice on when to call, or left it, otherwise than by its care level."""
    if change.old and kind.is_care(change.old) != kind.is_care(change.node):
        for name, before, after in change.attrs:
            if name not in ("care", "type"):
                yield CriticalChange(Sort.CARE, (str(before),), (str(after),), name, (before, after))


def _attribute_changes(kind: Kind, change: Change, language: str) -> Iterator[CriticalChange]:
    for name, before, after in change.attrs:
        if name in LAYOUT:
            continue
        sort = _attribute_sort(kind, change, name, (before, after), language)
        if sort is not None:
            old, new = (() if value in (None, "") else (str(value),) for value in (before, after))
            yield CriticalChange(sort, old, new, name, (before, after))


def _attribute_sort(kind: Kind, change: Change, name: str, values: tuple[object, object], language: str) -> Sort | None:
    """What an attribute that changed is; None where nobody comes to harm by it."""
    if name == "care":
        return Sort.CARE
    if name in LINK_ATTRIBUTES or any(str(value).startswith(("http:", "https:")) for value in values):
        return Sort.LINK
    # What a picture shows may be another dose, and no program reads it.
    if change.node.type in kind.safety.fact_blocks or name == FILES:
        return Sort.FACT
    words = [word for value in values for word in find_critical_words(_plain(value), language)]
    return words[0].sort if words else None


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(map(_plain, value.values()))
    if isinstance(value, list | tuple):
        return " ".join(map(_plain, value))
    return "" if value is None or isinstance(value, bool) else str(value)
