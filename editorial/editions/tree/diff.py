"""What changed between two trees, block by block and word by word. Pure functions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from . import inline
from .nodes import Node, Tree

# Words with the space before them; Chinese by character.
_TOKEN = re.compile(r"\s*(?:[㐀-鿿豈-﫿]|[^\s㐀-鿿豈-﫿]+)|\s+")


@dataclass(frozen=True, slots=True)
class Change:
    """One block's change. `status` is same, changed, added, removed or moved; `attrs` lists (name, old, new)."""

    status: str
    node: Node
    parts: dict[str, list[tuple[str, str]]]
    attrs: list[tuple[str, object, object]]


def word_parts(old: str, new: str) -> list[tuple[str, str]]:
    """[("same" | "removed" | "added", text)]. Leaving out the added parts gives `old`; the removed ones, `new`."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
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


def counted(parts: list[tuple[str, str]]) -> tuple[int, int]:
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


def shown(words) -> str:
    """The words as a reviewer compares them: marks and links written out, so that a changed link is seen."""
    if isinstance(words, str):
        return words
    pieces = []
    for run in words:
        text = inline.typed([run])
        if "marks" in run:
            text = f"{'/'.join(run['marks'])}({text})"
        if "break" in run:
            text = " ↵ "
        if "link" in run:
            text = f"{text} <{run['link']}>"
        pieces.append(text)
    return "".join(pieces)


def changes(old: Tree | None, new: Tree) -> list[Change]:
    """Every block of both trees in the new one's order; removed blocks stand where they stood."""
    old_nodes = {node.id: node for node in old.walk()} if old else {}
    new_nodes = {node.id: node for node in new.walk()}
    moved = _moved([key for key in old_nodes if key in new_nodes], [key for key in new_nodes if key in old_nodes])
    old_home, new_home = _home(old), _home(new)
    moved |= {key for key in new_home.keys() & old_home.keys() if new_home[key] != old_home[key]}
    result: list[Change] = []
    removed = _removed_after(old_nodes, new_nodes)
    result += (_change(node, None, False) for node in removed.get("", []))
    for key, node in new_nodes.items():
        result.append(_change(old_nodes.get(key), node, key in moved))
        result += (_change(gone, None, False) for gone in removed.get(key, []))
    return result


def _home(tree: Tree | None) -> dict[str, str]:
    """{id: id of the block that it stands in}."""
    return {child.id: node.id for node in tree.walk() for child in node.children} if tree else {}


def _moved(old_order: list[str], new_order: list[str]) -> set[str]:
    """Ids that are in both but not in the longest common run of both orders."""
    stayed: set[str] = set()
    for start, _other, size in SequenceMatcher(None, old_order, new_order, autojunk=False).get_matching_blocks():
        stayed.update(old_order[start : start + size])
    return set(new_order) - stayed


def _removed_after(old_nodes: dict[str, Node], new_nodes: dict[str, Node]) -> dict[str, list[Node]]:
    """{id of the block before which survives, or "": blocks that are gone}."""
    after: dict[str, list[Node]] = {}
    anchor = ""
    for key, node in old_nodes.items():
        if key in new_nodes:
            anchor = key
        else:
            after.setdefault(anchor, []).append(node)
    return after


def _change(old: Node | None, new: Node | None, moved: bool) -> Change:
    node = new or old
    names = dict.fromkeys([*(old.words if old else ()), *(new.words if new else ())])
    texts = {
        name: (shown(old.words.get(name, "")) if old else "", shown(new.words.get(name, "")) if new else "")
        for name in names
    }
    attrs = list(_attrs(old.facts if old else {}, new.facts if new else {}))
    if old and new and old.type != new.type:
        attrs.append(("type", old.type, new.type))
    if old is None:
        status = "added"
    elif new is None:
        status = "removed"
    elif attrs or any(before != after for before, after in texts.values()):
        status = "changed"
    else:
        status = "moved" if moved else "same"
    parts = {name: word_parts(*pair) for name, pair in texts.items() if any(pair)}
    return Change(status, node, parts, attrs)


def _attrs(old: Mapping, new: Mapping) -> Iterator[tuple[str, object, object]]:
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if before != after and (before or after):
            yield name, before, after


def condensed(parts: list[tuple[str, str]], around: int = 8, most: int = 60) -> list[tuple[str, str]]:
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
    found = [(status, "".join(tokens[:first])), ("left-out", ""), (status, "".join(tokens[len(tokens) - last :]))]
    return [each for each in found if each[1] or each[0] == "left-out"]
