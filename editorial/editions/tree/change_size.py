"""How much a tree differs from the one before it, in words and sections. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from .diff import Change, compare_trees, count_changed_words
from .nodes import Node, Tree


@dataclass(frozen=True, slots=True)
class ChangeSize:
    """`words` is what a reviewer would read, of which `words_changed` are new, gone or others than before.

    A section is one of the page's top blocks with all that is in it; title and lead together count as one more.
    """

    words: int
    words_changed: int
    sections_changed: int


def measure_change(old: Tree | None, new: Tree, changes: Sequence[Change] | None = None) -> ChangeSize:
    """How much of `new` a reviewer of `old` has not read. A word put in another's place counts once.

    `changes` are those of `compare_trees`, where they were compared already.
    """
    found = compare_trees(old, new) if changes is None else changes
    sizes = [count_changed_words(parts) for change in found for parts in change.parts.values()]
    tops = _tops(new) | _gone(old, new)
    # A block with neither words nor attributes only holds others, and what it holds is told by itself.
    touched = {
        tops[key]
        for change in found
        for key in change.ids & tops.keys()
        if change.status == "moved" or (change.status != "same" and (change.parts or change.attrs))
    }
    return ChangeSize(
        words=sum(words for words, _changed in sizes),
        words_changed=sum(changed for _words, changed in sizes),
        sections_changed=len(touched),
    )


def _tops(tree: Tree) -> dict[str, str]:
    """{id of a block: id of the top block that it is in}."""

    def under(top: Node) -> dict[str, str]:
        return {node.id: top.id for node in top.walk()}

    found = {tree.root.id: tree.root.id}
    for top in tree.root.children:
        found |= under(top)
    return found


def _gone(old: Tree | None, new: Tree) -> dict[str, str]:
    kept = {node.id for node in new.walk()}
    return {key: top for key, top in _tops(old).items() if key not in kept} if old else {}
