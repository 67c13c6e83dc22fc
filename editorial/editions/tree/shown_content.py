"""What readers see of a tree, as JSON to compare: where it is equal, they see the same. Pure functions."""

from typing import Any

from . import inline
from .nodes import NOTE, Node


def whole_content(root: Node) -> Any:
    """All that a page says: its blocks without their ids, and without what tells of the edition alone."""
    words = {name: inline.comparable(words) for name, words in root.words.items() if name != NOTE and words}
    return [root.type, dict(root.facts), words, [whole_content(child) for child in root.children]]


def words_content(node: Node, *names: str) -> list[str | inline.Runs]:
    """These words of a block as they stand within another page: without citations and links within the site."""
    return [_standing_alone(node.words.get(name, "")) for name in names]


def _standing_alone(words: str | inline.Runs) -> str | inline.Runs:
    if isinstance(words, str):
        return inline.comparable(words)
    shown = [run for run in words if "cite" not in run and "asserts" not in run]
    runs = [{key: run[key] for key in run if key not in ("document", "block")} for run in shown]
    return inline.comparable(runs)
