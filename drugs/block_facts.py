"""The facts of a monograph's approvals, doses and boxed warnings: what a translation must not be silent about.

Facts are what is not words. A boxed warning has no other facts than its words, so these are compared, without their
citations. Pure functions.
"""

from typing import Any

from editorial.editions.kind_answers import BlockKey
from editorial.editions.tree.nodes import Node

from .presenters import MARKERS

LISTS = ("boxed-warnings", "approvals", "doses")
_DECISION = ("kind", "pathway", "on", "announced")  # of an event: not who verified it when, nor by which source
_CUTOFF = ("name", "comparison", "cutoff", "unit")


def find_block_facts(root: Node) -> dict[BlockKey, Any]:
    """{(list, block id): what the block states}; what it names on the page is part of that."""
    named = {node.id: node for part in root.of_type("biomarkers", "products") for node in part.children}
    return {(part.id, node.id): _facts(node, named) for part in root.of_type(*LISTS) for node in part.children}


def _facts(node: Node, named: dict[str, Node]) -> Any:
    match node.type:
        case "approval":
            decisions = sorted([event.attrs.get(name) or "" for name in _DECISION] for event in node.of_type("event"))
            return [dict(node.facts), decisions, [_named(node, name, named, *_CUTOFF) for name in MARKERS]]
        case "dose":
            return [dict(node.facts), _named(node, "product", named, "brand")]
        case _:
            return [dict(node.facts), node.plain("title"), node.plain("text")]


def _named(node: Node, attribute: str, named: dict[str, Node], *names: str) -> Any:
    """What is shown of the block that this attribute names; None of none."""
    block = named.get(node.attrs.get(attribute, ""))
    return block and [block.attrs.get(name) for name in names]
