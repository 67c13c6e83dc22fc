"""Stable ids: the editor drops them, so they are re-attached on save by aligning old and new blocks.

A block keeps its id when a person would call it the same: unchanged, moved, edited, or the larger part of a split
or a merge. A block that was written anew gets a fresh id, never a neighbour's: an id that stayed on other words
would let an old translation pass for the new ones'.

Each field is aligned alone. A block that somebody moves to another field gets a fresh id there, and is found again by
its content: see `counterparts`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

import rfc8785

from . import inline
from .nodes import Node, Tree, new_id
from .tables import with_ids

ENOUGH = 0.5  # the least likeness, from 0 to 1, at which two blocks count as one that was edited
# Where more pairs than MANY would have to be compared, only blocks that stand NEAR each other are.
MANY, NEAR = 40_000, 20
# A paragraph that moved and was edited is known again where it has so many words and is so much alike.
WORDS_TO_KNOW, MOVED, MOST_MOVES = 6, 0.75, 2_500
_NOT_TEXTS = frozenset({"list", "table", "row", "cell"})  # blocks whose ids follow from those of others
_WITHIN_TABLE = frozenset({"row", "cell"})
_CELL_END = "\n"  # in no text
_TOKEN = re.compile(r"[㐀-鿿豈-﫿]|\w+")


def keep_ids(old: tuple[Node, ...], new: tuple[Node, ...]) -> tuple[Node, ...]:
    """`new` with ids taken from `old` where the blocks are the same, and fresh ids elsewhere.

    Ids that stand in `new` already are ignored: a pasted block may carry another's.
    """
    old_texts, new_texts = (
        [node for block in blocks for node in block.walk() if node.type not in _NOT_TEXTS] for blocks in (old, new)
    )
    pairs = _pair([_text(node) for node in old_texts], [_text(node) for node in new_texts])
    ids = {id(new_texts[j]): old_texts[i].id for i, j in pairs.items()}
    tables = keep_table_ids(old, new)
    return _with_list_ids(old, tuple(_with_text_ids(block, ids, tables) for block in new))


def keep_table_ids(old: tuple[Node, ...], new: tuple[Node, ...]) -> dict[int, Node]:
    """{id() of a table in `new`: the same with ids from the one in `old` that it was, and fresh ones elsewhere}.

    Rows are paired by their words, then columns by theirs in the rows that stayed: so a column keeps its id where
    rows came, went and moved.
    """
    old_tables, new_tables = (
        [node for block in blocks for node in block.walk() if node.type == "table"] for blocks in (old, new)
    )
    pairs = _pair(
        [_table_text(table) for table in old_tables], [_table_text(table) for table in new_tables], _table_likeness
    )
    origins = {j: old_tables[i] for i, j in pairs.items()}
    return {id(table): _with_table_ids(origins.get(place), table) for place, table in enumerate(new_tables)}


def _with_table_ids(old: Node | None, new: Node) -> Node:
    if old is None:
        return with_ids(new, "", [""] * len(new.children), [""] * len(new.attrs["columns"]))
    row_pairs = _pair(
        [_row_text(row) for row in old.children], [_row_text(row) for row in new.children], _cell_likeness
    )
    stayed = sorted((j, i) for i, j in row_pairs.items())
    column_pairs = _pair(
        _column_texts(old, [old.children[i] for _j, i in stayed]),
        _column_texts(new, [new.children[j] for j, _i in stayed]),
        _cell_likeness,
    )
    rows = {j: old.children[i].id for i, j in row_pairs.items()}
    columns = {j: old.attrs["columns"][i] for i, j in column_pairs.items()}
    return with_ids(
        new,
        old.id,
        [rows.get(place, "") for place in range(len(new.children))],
        [columns.get(place, "") for place in range(len(new.attrs["columns"]))],
    )


def _table_text(table: Node) -> str:
    return _CELL_END.join([table.plain("caption"), *map(_row_text, table.children)])


def _table_likeness(a: str, b: str) -> float:
    """0 to 1; at least ENOUGH of two that are called the same."""
    likeness = _text_likeness(a, b)
    caption = a.partition(_CELL_END)[0]
    return max(likeness, ENOUGH + likeness / 10) if caption and caption == b.partition(_CELL_END)[0] else likeness


def _row_text(row: Node) -> str:
    return _CELL_END.join(map(_text, row.children))


def _cell_likeness(a: str, b: str) -> float:
    """0 to 1: of two rows or two columns, the share of cells that both have where one has more than the other."""
    one, two = (Counter(cell for cell in text.split(_CELL_END) if cell) for text in (a, b))
    small = min(one.total(), two.total())
    return max((one & two).total() / small, _text_likeness(a, b)) if small else 0.0


def _column_texts(table: Node, rows: list[Node]) -> list[str]:
    return [_CELL_END.join(_text(row.children[place]) for row in rows) for place in range(len(table.attrs["columns"]))]


def match_blocks(old: Tree, new: Tree) -> dict[str, str]:
    """{id in `old`: id in `new`} of the blocks of both: those with one id, then those that say exactly the same.

    One to one, in reading order where several say the same.
    """
    was, now = ({node.id for node in tree.walk()} for tree in (old, new))
    fresh: dict[bytes, list[Node]] = defaultdict(list)
    for node in new.walk():
        if node.id not in was and node.type not in _WITHIN_TABLE and (said := block_content(node)):
            fresh[said].append(node)
    pairs = {key: key for key in was & now}
    for node in old.walk():
        if node.id in now or node.type in _WITHIN_TABLE or not (found := fresh.get(block_content(node))):
            continue
        other = found.pop(0)
        pairs[node.id] = other.id
        if node.type == "table":  # what stands in it is the same, place by place
            pairs |= {one.id: two.id for one, two in zip(node.walk(), other.walk(), strict=True)}
    return pairs


def match_edited_moves(old: Tree, new: Tree, pairs: Mapping[str, str]) -> dict[str, str]:
    """{id in `old`: id in `new`} of paragraphs that went to another block of the page and were edited on the way.

    For comparing alone: nothing that was said of the one holds for the other. `pairs` are those of `match_blocks`.
    """
    was, now = ({child.id: node for node in tree.walk() for child in node.children} for tree in (old, new))
    taken = set(pairs.values())
    gone = {node.id: _tokens(_text(node)) for node in old.walk() if node.id not in pairs and _can_move(node)}
    come = {node.id: _tokens(_text(node)) for node in new.walk() if node.id not in taken and _can_move(node)}
    if len(gone) * len(come) > MOST_MOVES:
        return {}
    candidates = [
        (-score, one, other)
        for one, words in gone.items()
        for other, new_words in come.items()
        if min(words.total(), new_words.total()) >= WORDS_TO_KNOW
        and pairs.get(was[one].id) != now[other].id
        and (score := _likeness(words, new_words)) >= MOVED
    ]
    moves: dict[str, str] = {}
    for _score, one, other in sorted(candidates):
        if one not in moves and other not in moves.values():
            moves[one] = other
    return moves


def _can_move(node: Node) -> bool:
    return node.type == "paragraph" and not node.children


def follow_block(node: Node, steps: Iterable["TreeStep"], *, is_there: bool = True) -> tuple[Node, bool]:
    """(a block as the last tree with it says it, whether the tree after all steps has it).

    `is_there` tells whether the tree before the first step has it. One that was gone is back with its id, or with
    exactly its words among the blocks that are new.
    """
    for step in steps:
        key = step.pairs.get(node.id) if is_there else step.back(node)
        is_there = key is not None
        node = node if key is None else step.blocks[key]
    return node, is_there


class TreeStep:
    """From one tree to the next."""

    def __init__(self, old: Tree, new: Tree):
        self.pairs = match_blocks(old, new)
        self.blocks = {node.id: node for node in new.walk()}
        self._old = {node.id for node in old.walk()}

    def back(self, node: Node) -> str | None:
        """The id of a block that `old` has not."""
        said = block_content(node)
        fresh = (
            key for key, other in self.blocks.items() if key not in self._old and said and block_content(other) == said
        )
        return node.id if node.id in self.blocks else next(fresh, None)


def block_content(node: Node) -> bytes:
    """What a block says, without its id: type, facts and words; of a block without words, with all below it.

    Empty where it says nothing.
    """
    said = _content(node)
    return rfc8785.dumps(said) if any(said[1:]) else b""


def _content(node: Node) -> list[Any]:
    words = {name: text for name, text in node.words.items() if text}
    below = [] if words and node.type != "table" else [_content(child) for child in node.children]
    return [node.type, words, below, dict(node.facts)]


def _text(node: Node) -> str:
    return inline.typed_text(inline.comparable(node.words.get("text", "")))


def _text_likeness(a: str, b: str) -> float:
    return _likeness(_tokens(a), _tokens(b))


def _pair(old: list[str], new: list[str], likeness: Callable[[str, str], float] | None = None) -> dict[int, int]:
    """{index in old: index in new}, one to one: equal in place, then equal but moved, then alike."""
    pairs: dict[int, int] = {}
    for start_old, start_new, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        pairs.update({start_old + k: start_new + k for k in range(size)})
    taken = set(pairs.values())
    for i, text in enumerate(old):
        moved = next((j for j, other in enumerate(new) if j not in taken and other == text), None)
        if i not in pairs and moved is not None:
            pairs[i] = moved
            taken.add(moved)
    rest_old = {i: _tokens(text) for i, text in enumerate(old) if i not in pairs}
    rest_new = {j: _tokens(text) for j, text in enumerate(new) if j not in taken}

    def score_of(i: int, j: int) -> float:
        return likeness(old[i], new[j]) if likeness else _likeness(rest_old[i], rest_new[j])

    candidates = [
        (-score, abs(i - j), i, j)
        for i in rest_old
        for j in rest_new
        if (len(rest_old) * len(rest_new) <= MANY or abs(i - j) <= NEAR) and (score := score_of(i, j)) >= ENOUGH
    ]
    for _score, _distance, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _tokens(text: str) -> Counter[str]:
    return Counter(_TOKEN.findall(text.casefold()))


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    """0 to 1: the share of common tokens; at least ENOUGH where one holds nearly all of the other."""
    small, large = sorted((a.total(), b.total()))
    if not small:
        return 0.0
    common = (a & b).total()
    likeness = 2 * common / (small + large)
    if small >= 3 and common / small >= 0.8:
        return max(likeness, ENOUGH + likeness / 10)
    return likeness


def _with_text_ids(node: Node, ids: dict[int, str], tables: dict[int, Node]) -> Node:
    if node.type == "table":
        return tables[id(node)]
    children = tuple(_with_text_ids(child, ids, tables) for child in node.children)
    if node.type == "list":
        return replace(node, id="", children=children)
    return replace(node, id=ids.get(id(node)) or new_id(), children=children)


def _with_list_ids(old: tuple[Node, ...], new: tuple[Node, ...]) -> tuple[Node, ...]:
    """A list is the old one from which most of its items come."""
    home = {item.id: node.id for block in old for node in block.walk() if node.type == "list" for item in node.children}
    taken: set[str] = set()

    def named(node: Node) -> Node:
        if node.type == "table":
            return node
        list_id = node.id
        if node.type == "list":
            origins = Counter(home[item.id] for item in node.children if item.id in home)
            list_id = next((origin for origin, _n in origins.most_common() if origin not in taken), "") or new_id()
            taken.add(list_id)
        return replace(node, id=list_id, children=tuple(named(child) for child in node.children))

    return tuple(named(block) for block in new)
