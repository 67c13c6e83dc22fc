"""Paragraphs that were joined, split or cut otherwise, with and without changed words. Pure functions."""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from .nodes import Node, Tree

SPLIT, JOINED, RECUT = "split", "joined", "recut"
TYPES = frozenset({"paragraph", "item", "subheading"})
MOST = 2_500  # pairs of blocks that stand where something changed; among more, nobody looks

MOST_EDITED = 400  # the same where words changed too
LONGEST_RUN = 4  # blocks that one was split into or joined from, where words of it changed too
ALIKE = 0.7  # how much of the words of both sides are the same, from 0 to 1
KEPT = 0.5  # how much of each block is: a paragraph that was put beside another did not come from a split

Tokens = list[str]
Parts = list[tuple[str, str]]  # as `diff.word_parts` tells them
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


def find_edited_cuts(
    old: Tree, new: Tree, pairs: Mapping[str, str], read_tokens: Callable[[Node], Tokens], known: Container[str]
) -> Iterator[tuple[str, Run]]:
    """(how, run) of neighbours where one block was split, or several were joined, and words of them changed too.

    `known` are ids of blocks that `find_regrouped` tells of. All words of a run's blocks before are compared with all
    of its blocks now: no block of a run has its pair outside it.
    """
    homes = {pairs.get(node.id): node for node in old.walk() if node.children}
    came_from = {key: was for was, key in pairs.items()}

    def is_whole(run: Run) -> bool:
        was, now = ({block.id for block in blocks} for blocks in run)
        return all(pairs.get(key, key) in now or key not in pairs for key in was) and all(
            key not in came_from or came_from[key] in was for key in now
        )

    for node in new.walk():
        home = homes.get(node.id)
        if not home or not node.children or home.children == node.children:
            continue
        before, after = (
            [block for block in blocks if block.id not in known and _is_text(block)]
            for blocks in (home.children, node.children)
        )
        tokens = _changed_tokens(before, after, read_tokens)
        used: set[int] = set()
        for how, run in _edited_runs(home.children, node.children, tokens):
            blocks = {id(block) for side in run for block in side}
            if not used & blocks and is_whole(run):
                used |= blocks
                yield how, run


def _changed_tokens(
    before: Sequence[Node], after: Sequence[Node], read_tokens: Callable[[Node], Tokens]
) -> dict[int, Tokens]:
    """{id(block): its words} of those that do not stand on the other side as well; {} of too many."""
    was, now = ({id(block): read_tokens(block) for block in blocks} for blocks in (before, after))
    same = set(map(tuple, was.values())) & set(map(tuple, now.values()))
    was, now = ({key: words for key, words in side.items() if tuple(words) not in same} for side in (was, now))
    return was | now if len(was) * len(now) <= MOST_EDITED else {}


def _edited_runs(old: Sequence[Node], new: Sequence[Node], tokens: Mapping[int, Tokens]) -> Iterator[tuple[str, Run]]:
    for one in old:
        for run in _neighbours(new, tokens) if id(one) in tokens else ():
            if one.type == run[0].type and _are_alike([one], run, tokens):
                yield SPLIT, ([one], run)
    for one in new:
        for run in _neighbours(old, tokens) if id(one) in tokens else ():
            if one.type == run[0].type and _are_alike(run, [one], tokens):
                yield JOINED, (run, [one])


def _neighbours(blocks: Sequence[Node], tokens: Mapping[int, Tokens]) -> Iterator[Sequence[Node]]:
    """Each run of several blocks of words of one type, the longest first: what is left out of it was not split off."""
    for count in range(LONGEST_RUN, 1, -1):
        for start in range(len(blocks) - count + 1):
            run = blocks[start : start + count]
            if all(id(block) in tokens and block.type == run[0].type for block in run):
                yield run


def _are_alike(old: Sequence[Node], new: Sequence[Node], tokens: Mapping[int, Tokens]) -> bool:
    before, after = ([word for block in blocks for word in tokens[id(block)]] for blocks in (old, new))
    enough = ALIKE * (len(before) + len(after)) / 2
    # As many as can be the same are asked for first, as that is cheap.
    if not enough or min(len(before), len(after)) < enough or (Counter(before) & Counter(after)).total() < enough:
        return False
    matches = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    if sum(match.size for match in matches) < enough:
        return False
    kept = [{place for match in matches for place in range(match[side], match[side] + match.size)} for side in (0, 1)]
    return all(_is_kept(blocks, tokens, places) for blocks, places in zip((old, new), kept, strict=True))


def _is_kept(blocks: Sequence[Node], tokens: Mapping[int, Tokens], kept: Container[int]) -> bool:
    start = 0
    for block in blocks:
        size = len(tokens[id(block)])
        if sum(place in kept for place in range(start, start + size)) < max(1, KEPT * size):
            return False
        start += size
    return True


def join_texts(texts: Sequence[str]) -> str:
    """The words of neighbours as one text, as somebody would join them: Chinese without a space."""
    joined = ""
    for text in texts:
        is_wide = joined[-1:] >= "\u2e80" or text[:1] >= "\u2e80"
        joined += text if is_wide or not joined else f" {text}"
    return joined


def cut_parts(parts: Parts, texts: Sequence[str], without: str) -> list[Parts]:
    """What became of each of these texts, in the parts of all of them together, as `join_texts` joins them.

    `without` is the status that the side of the texts has not: "removed" of those now. What it has of the other side
    stands with the text before it.
    """
    ends = [len(join_texts(texts[: count + 1])) for count in range(len(texts))]
    pieces: list[Parts] = [[] for _text in texts]
    place = number = 0
    for status, text in parts:
        if status == without:
            pieces[number].append((status, text))
            continue
        while text:
            while number + 1 < len(texts) and place >= ends[number]:
                number += 1
            size = ends[number] - place if number + 1 < len(texts) else len(text)
            is_first = not any(piece_status != without for piece_status, _text in pieces[number])
            piece = text[:size].lstrip() if is_first else text[:size]
            pieces[number] += [(status, piece)] if piece else []
            place, text = place + len(text[:size]), text[size:]
    return pieces


def _is_text(node: Node) -> bool:
    return node.type in TYPES and not node.children
