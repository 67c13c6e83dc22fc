"""What changed between two trees, block by block and word by word. Pure functions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any

from . import inline
from .align import match_blocks, match_edited_moves
from .nodes import COLUMNS, Node, Tree
from .regrouping import cut_parts, find_edited_cuts, find_regrouped, join_texts
from .tables import column_names
from .units import reading_order

# The signs for marks in words that are compared: they belong to no text, and `formatted` makes them visible.
MARKS = {"em": "\ufdd0", "strong": "\ufdd1", "sub": "\ufdd3", "sup": "\ufdd4"}
END = "\ufdd2"
_BEGIN = "".join(MARKS.values())
_SIGNS = re.compile(f"[{_BEGIN}{END}]")
_RAISED = re.compile(f"[{_BEGIN}]*([{MARKS['sub']}{MARKS['sup']}])([^{_BEGIN}{END}]*){END}")
_RAISED_MARKS = {MARKS[mark]: mark for mark in inline.RAISED}
# Words with the space before them; Chinese by character. A word holds the signs around it.
_HAN = "㐀-鿿豈-﫿"
_TOKEN = re.compile(
    rf"\s*(?:[{_BEGIN}]+[{_HAN}]{END}|[{_HAN}]"
    rf"|(?:[{_BEGIN}]+[^\s{_HAN}{_BEGIN}{END}]+{END}|[^\s{_HAN}{_BEGIN}])+|[{_BEGIN}])|\s+"
)
_WORD = re.compile(rf"[{_HAN}]|[^\s{_HAN}]+")
NO_ADDRESSES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class EditedCut:
    """How a block was cut anew ("split" or "joined") while its words changed too: see regrouping.py.

    `parts` are those of the block's own words, compared with all that they came from or went into; `before` those of
    what the same block said before. `whole` are those of all the blocks together, which the first of them now carries
    for all, and the others do not.
    """

    how: str
    parts: list[tuple[str, str]]
    before: list[tuple[str, str]]
    whole: list[tuple[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One block's change. `status` is same, changed, added, removed or moved; `attrs` lists (name, old, new).

    `node` is the block as it is now, or was where it is gone; `old` as it was, None where it is new: its id is another
    one where the block came from another field. `is_moved` also says so of a block that was changed as well. `left` is
    the block that it stood in before, where that is not the one that it stands in now. `regrouped` says that it was
    "split", "joined" or "recut" with its neighbours, and that no word of them changed: see regrouping.py. `edited_cut`
    tells of a block that was split or joined and of which words changed as well.
    """

    status: str
    node: Node
    parts: dict[str, list[tuple[str, str]]]
    attrs: list[tuple[str, object, object]]
    old: Node | None = None
    is_moved: bool = False
    left: Node | None = None
    regrouped: str = ""
    edited_cut: EditedCut | None = None

    @property
    def ids(self) -> set[str]:
        """Its id now and its id before."""
        return {self.node.id} | ({self.old.id} if self.old else set())

    @property
    def is_only_formatting(self) -> bool:
        """Whether its words are the same but for what is bold or in italics."""
        return self.status == "changed" and not self.attrs and self.has_same_words

    @property
    def has_same_words(self) -> bool:
        """Whether no word of its own changed, and no link."""
        before, now = (
            ["".join(text for status, text in parts if status != without) for parts in self.parts.values()]
            for without in ("added", "removed")
        )
        return list(map(strip_mark_signs, before)) == list(map(strip_mark_signs, now))

    @property
    def alters(self) -> bool:
        """Whether a block that it stands or stood in says something else than before: order alone does not."""
        return self.status in ("added", "removed", "changed") or self.left is not None


def word_parts(old: str, new: str) -> list[tuple[str, str]]:
    """[("same" | "removed" | "added", text)]. Leaving out the added parts gives `old`; the removed ones, `new`."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if a == b:
        return [("same", "".join(a))] if a else []
    parts: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(a[i1:i2])))
        else:
            if i1 < i2:
                parts.append(("removed", "".join(a[i1:i2])))
            if j1 < j2:
                parts.append(("added", "".join(b[j1:j2])))
    return parts


def count_changed_words(parts: list[tuple[str, str]]) -> tuple[int, int]:
    """(words of the new text, words that changed) in what `word_parts` returned; Chinese by character."""
    words = changed = removed = 0
    for status, text in parts:
        size = sum(1 for token in _TOKEN.findall(text) if token.strip())
        if status == "removed":
            changed, removed = changed + size, size
            continue
        words += size
        if status == "added":
            changed += max(0, size - removed)
        removed = 0
    return words, changed


def comparable_text(words: str | inline.Runs, shown: Mapping[str, str] = NO_ADDRESSES) -> str:
    """The words as a reviewer compares them: links written out, and each word with signs for its marks.

    `shown` are addresses by the stored form of links, as `models.addresses.shown_addresses` finds them.
    """
    words = inline.comparable(words)
    if isinstance(words, str):
        return words
    pieces = []
    for run in words:
        text = run["text"] if "text" in run else inline.typed_text([run])
        if "marks" in run:
            text = _signed(text, "".join(MARKS[mark] for mark in run["marks"]))
        if "break" in run:
            text = " ↵ "
        if address := inline.address(run):
            text = f"{text} <{shown.get(address, address)}>"
        pieces.append(text)
    return "".join(pieces)


def _signed(text: str, signs: str) -> str:
    """Each word within its own signs, so that no part of a comparison begins or ends amid them."""
    return _WORD.sub(lambda word: f"{signs}{word[0]}{END}", text)


def strip_mark_signs(text: str) -> str:
    """What `comparable_text` made, without the signs for marks: 10 to the power of 9 is 10⁹."""
    return _SIGNS.sub("", _RAISED.sub(lambda found: inline.raised_text(found[2], _RAISED_MARKS[found[1]]), text))


def compare_trees(old: Tree | None, new: Tree, shown: Mapping[str, str] = NO_ADDRESSES) -> list[Change]:
    """Every block of both trees in the new one's order; removed blocks stand where they stood.

    `shown` are addresses of links, as in `comparable_text`.
    """
    pairs = match_blocks(old, new) if old else {}
    pairs |= match_edited_moves(old, new, pairs) if old else {}
    old_nodes = {pairs.get(node.id, node.id): node for node in old.walk()} if old else {}
    moves = _moves(old, new, pairs) if old else {}
    removed = _removed_after(old.root, pairs, moves) if old else {}
    was_cut, now_cut = find_regrouped(old, new, pairs, _read_tokens) if old else ({}, {})

    was_edited, now_edited = _edited_cuts(old, new, pairs, shown, {*was_cut, *now_cut}) if old else ({}, {})

    def gone_after(key: str) -> Iterator[Change]:
        for node in removed.get(key, []):
            change = _change(node, None, shown, regrouped=was_cut.get(node.id, ""))
            yield replace(change, edited_cut=was_edited.get(node.id))

    result = list(gone_after(""))
    for node in new.walk():
        before, cut = old_nodes.get(node.id), now_cut.get(node.id, "")
        change = _change(before, node, shown, node.id in moves, moves.get(node.id), cut)
        result.append(replace(change, edited_cut=now_edited.get(node.id)))
        result += gone_after(node.id)
    return result


def _edited_cuts(
    old: Tree, new: Tree, pairs: Mapping[str, str], shown: Mapping[str, str], known: set[str]
) -> tuple[dict[str, EditedCut], dict[str, EditedCut]]:
    """({id of a block in `old`: how it was cut}, the same of blocks in `new`)."""
    was: dict[str, EditedCut] = {}
    now: dict[str, EditedCut] = {}
    came_from = {key: was_id for was_id, key in pairs.items()}
    for how, run in find_edited_cuts(old, new, pairs, _read_tokens, known):
        before, after = ([comparable_text(node.words.get("text", ""), shown) for node in nodes] for nodes in run)
        whole = word_parts(join_texts(before), join_texts(after))
        for node, parts in zip(run[0], cut_parts(whole, before, "added"), strict=True):
            was[node.id] = EditedCut(how, parts, parts)
        for node, parts in zip(run[1], cut_parts(whole, after, "removed"), strict=True):
            old_cut = was.get(came_from.get(node.id, ""))
            now[node.id] = EditedCut(how, parts, old_cut.parts if old_cut else [])
        first = run[1][0].id
        now[first] = replace(now[first], whole=whole)
    return was, now


def _read_tokens(node: Node) -> list[str]:
    """The words of a block with its links, whatever is bold or in italics."""
    return _WORD.findall(strip_mark_signs(comparable_text(node.words.get("text", ""))))


def _moves(old: Tree, new: Tree, pairs: Mapping[str, str]) -> dict[str, Node | None]:
    """{id in `new` of a block that moved: the block that it left, None where it only changed places within one}.

    What stands within a block that moved did not move itself.
    """
    nodes = {node.id: node for node in old.walk()}
    home = {child.id: node for node in old.walk() for child in node.children}
    before = {key: nodes[was] for was, key in pairs.items()}
    moves: dict[str, Node | None] = {}
    for node in new.walk():
        paired = [child.id for child in node.children if child.id in before]
        stood_in = {key: home.get(before[key].id) for key in paired}
        stayed = [key for key in paired if (block := stood_in[key]) and pairs.get(block.id) == node.id]
        moves |= {key: stood_in[key] for key in paired if key not in stayed}
        order = [pairs.get(child.id) for child in before[node.id].children] if node.id in before else []
        if node.type != "row":  # where cells changed places, the table's columns did
            moves |= dict.fromkeys(_out_of_order([key for key in order if key in stayed], stayed))
    return moves


def _out_of_order(old_order: list[str], new_order: list[str]) -> set[str]:
    """Ids that are in both but not in the longest common run of both orders."""
    stayed: set[str] = set()
    if old_order == new_order:
        return set()
    for start, _other, size in SequenceMatcher(None, old_order, new_order, autojunk=False).get_matching_blocks():
        stayed.update(old_order[start : start + size])
    return set(new_order) - stayed


def _removed_after(root: Node, pairs: Mapping[str, str], moves: Mapping[str, Node | None]) -> dict[str, list[Node]]:
    """{id in the new tree of the block before that stayed, or "": blocks of the old tree that are gone}."""
    after: dict[str, list[Node]] = {}

    def visit(node: Node, anchor: str) -> str:
        key = pairs.get(node.id)
        if key is None:
            after.setdefault(anchor, []).append(node)
        inside = key or anchor
        for child in node.children:
            inside = visit(child, inside)
        return anchor if key in moves else inside

    visit(root, "")
    return after


def _change(
    old: Node | None,
    new: Node | None,
    shown: Mapping[str, str],
    is_moved: bool = False,
    left: Node | None = None,
    regrouped: str = "",
) -> Change:
    node = new or old
    assert node is not None  # noqa: S101 (one of the two is a block)
    names = dict.fromkeys(sorted([*(old.words if old else ()), *(new.words if new else ())], key=reading_order))
    texts = {
        name: _comparable_texts(old.words.get(name, "") if old else "", new.words.get(name, "") if new else "", shown)
        for name in names
    }
    attrs = list(_attrs(old.facts if old else {}, new.facts if new else {}))
    if old and new and new.type == old.type == "table":
        attrs += _columns(old, new)
    if old and new and old.type != new.type:
        attrs.append(("type", old.type, new.type))
    if old is None:
        status = "added"
    elif new is None:
        status = "removed"
    elif attrs or any(before != after for before, after in texts.values()):
        status = "changed"
    else:
        status = "moved" if is_moved else "same"
    parts = {name: word_parts(*pair) for name, pair in texts.items() if any(pair)}
    return Change(status, node, parts, attrs, old, is_moved, left, regrouped)


def _comparable_texts(old: str | inline.Runs, new: str | inline.Runs, shown: Mapping[str, str]) -> tuple[str, str]:
    text = comparable_text(new, shown)
    return (text if old == new else comparable_text(old, shown)), text


def _attrs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, object, object]]:
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before != after and not (_is_empty(before) and _is_empty(after)):
            yield name, before, after


def _is_empty(value: object) -> bool:
    return value is None or value is False or value == ""


def _columns(old: Node, new: Node) -> Iterator[tuple[str, object, object]]:
    """What the columns were and are called, where some came, went or changed places."""
    if old.id == new.id and old.attrs[COLUMNS] != new.attrs[COLUMNS]:
        yield COLUMNS, " | ".join(column_names(old)), " | ".join(column_names(new))


def condense_parts(parts: list[tuple[str, str]], around: int = 8, most: int = 60) -> list[tuple[str, str]]:
    """The parts in short: of what stayed the same some words beside each change, of a change at most so many words.

    A part of "left-out" stands for each stretch that is not told.
    """
    short: list[tuple[str, str]] = []
    for place, (status, text) in enumerate(parts):
        if status != "same":
            short += _ends(status, text, most, 0)
            continue
        before, after = around if place else 0, around if place + 1 < len(parts) else 0
        short += _ends(status, text, before, after)
    return short


def _ends(status: str, text: str, first: int, last: int) -> list[tuple[str, str]]:
    tokens = _TOKEN.findall(text)
    if len(tokens) <= first + last + 2:
        return [(status, text)]
    short = [(status, "".join(tokens[:first])), ("left-out", ""), (status, "".join(tokens[len(tokens) - last :]))]
    return [part for part in short if part[1] or part[0] == "left-out"]
