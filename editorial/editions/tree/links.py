"""What a tree rests on besides itself: pieces of other documents, and documents that its words lead to.

A piece is a block {"type": "piece", "attrs": {"document": 17, "piece": "approvals"}}: the key of a document, and the
name that its kind gives to one of its pieces.
"""

from collections.abc import Iterator

from . import inline
from .nodes import Node

PIECE = "piece"


def find_pieces(root: Node) -> Iterator[Node]:
    """Every piece, in reading order."""
    return (node for node in root.walk() if node.type == PIECE)


def piece_node(block_id: str, document_id: int, name: str) -> Node:
    """The block for one piece of a document."""
    return Node(PIECE, block_id, {"document": document_id, "piece": name})


def find_links(root: Node) -> dict[str, inline.Run]:
    """{stored form of a link: a run that has it}, in the order of their first use."""
    found: dict[str, inline.Run] = {}
    for node in root.walk():
        for address, run in find_own_links(node).items():
            found.setdefault(address, run)
    return found


def find_own_links(node: Node) -> dict[str, inline.Run]:
    """The same of the block's own words alone."""
    found: dict[str, inline.Run] = {}
    for words in node.words.values():
        for run in () if isinstance(words, str) else words:
            if address := inline.address(run):
                found.setdefault(address, run)
    return found


def find_linked_documents(root: Node) -> set[int]:
    """Keys of the documents that words lead to."""
    return {run["document"] for run in find_links(root).values() if "document" in run}


def find_shown_pieces(root: Node) -> dict[int, set[str]]:
    """{key of a document: names of its pieces that the tree shows, and "" where words lead to it}."""
    shown: dict[int, set[str]] = {}
    for node in find_pieces(root):
        shown.setdefault(node.attrs["document"], set()).add(node.attrs["piece"])
    for document in find_linked_documents(root):
        shown.setdefault(document, set()).add("")
    return shown
