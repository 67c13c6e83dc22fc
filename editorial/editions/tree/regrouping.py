"""Paragraphs that were joined, split or cut otherwise while no word of them changed. Pure functions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from .nodes import Node, Tree

SPLIT, JOINED, RECUT = "split", "joined", "recut"
TYPES = frozenset({"paragraph", "item", "subheading"})
MOST = 2_500  # pairs of blocks that stand where something changed; among more, nobody looks

Tokens = list[str]
Run = tuple[Sequence[Node], Sequence[Node]]  # blocks before and now that say the same together


def find_regrouped(
    old: Tree, new: Tree, pairs: Mapping[str, str], read_tokens: Callable[[Node], Tokens]
) -> tuple[dict[str, str], dict[str, str]]:
    """({id of a block in `old`: how its words were cut anew}, the same of blocks in `new`).

    `pairs` maps ids of blocks that are in both, `read_tokens` tells the words of a block. Only neighbours within one
    block are looked at.
    """
    homes = {pairs.get(node.id): node for node in old.walk() if node.children}
    was: dict[str, str] = {}
    now: dict[str, str] = {}
    for node in new.walk():
        home = homes.get(node.id)
        for before, after in _runs(home.children, node.children, read_tokens) if home and node.children else ():
            how = SPLIT if len(before) == 1 else JOINED if len(after) == 1 else RECUT
            was |= dict.fromkeys((block.id for block in before), how)
            now |= dict.fromkeys((block.id for block in after), how)
    return was, now


def _runs(old: Sequence[Node], new: Sequence[Node], read_tokens: Callable[[Node], Tokens]) -> Iterator[Run]:
    if old == new:
        return
    before, after = ([(node.type, tuple(read_tokens(node))) for node in blocks] for blocks in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "replace" and (i2 - i1) * (j2 - j1) <= MOST:
            yield from _runs_between(old[i1:i2], new[j1:j2], read_tokens)


def _runs_between(old: Sequence[Node], new: Sequence[Node], read_tokens: Callable[[Node], Tokens]) -> Iterator[Run]:
    first_new = 0
    first_old = 0
    while first_old < len(old):
        for start in range(first_new, len(new)):
            if lengths := _same_words(old[first_old:], new[start:], read_tokens):
                yield old[first_old : first_old + lengths[0]], new[start : start + lengths[1]]
                first_old, first_new = first_old + lengths[0] - 1, start + lengths[1]
                break
        first_old += 1


def _same_words(
    old: Sequence[Node], new: Sequence[Node], read_tokens: Callable[[Node], Tokens]
) -> tuple[int, int] | None:
    """(number of blocks before, now) of the shortest runs at the beginning of both that say the same in all.

    None where there are none, or where one block stands for one.
    """
    if not (_is_text(old[0]) and _is_text(new[0]) and old[0].type == new[0].type):
        return None
    before, after, old_count, new_count = read_tokens(old[0]), read_tokens(new[0]), 1, 1
    while before and after and before != after:
        if len(before) < len(after):
            more, tokens, place = old, before, old_count
            is_beginning = after[: len(before)] == before
            old_count += 1
        else:
            more, tokens, place = new, after, new_count
            is_beginning = before[: len(after)] == after
            new_count += 1
        if not is_beginning or place >= len(more) or not _is_text(more[place]) or more[place].type != old[0].type:
            return None
        tokens += read_tokens(more[place])
    return (old_count, new_count) if before == after and before and old_count + new_count > 2 else None


def _is_text(node: Node) -> bool:
    return node.type in TYPES and not node.children
