"""What a tree rests on besides itself: pieces of other documents, and pages of this site that its words lead to.

A piece is a block {"type": "piece", "attrs": {"document": 17, "piece": "approvals"}}: the key of a document, and the
name that its kind gives to one of its pieces. A link within the site has no language: "/glossary/pd-l1/".
"""

import re
from collections.abc import Iterator

from django.conf import settings

from .nodes import Node

PIECE = "piece"
_INTERNAL = re.compile(r"/([a-z-]+)/([-a-zA-Z0-9_]+)/(?:#.*)?")


def parse_internal_link(link: str) -> tuple[str, str] | None:
    """(path of a kind, slug) of a link within the site; None for any other, also one that names its language."""
    match = _INTERNAL.fullmatch(link)
    return (match[1], match[2]) if match and match[1] not in dict(settings.LANGUAGES) else None


def find_pieces(root: Node) -> Iterator[Node]:
    """Every piece, in reading order."""
    return (node for node in root.walk() if node.type == PIECE)


def piece_node(block_id: str, document_id: int, name: str) -> Node:
    """The block for one piece of a document."""
    return Node(PIECE, block_id, {"document": document_id, "piece": name})


def find_internal_links(root: Node) -> dict[str, tuple[str, str]]:
    """{link: (path, slug)} of every link that may lead within the site, in the order of their first use."""
    links = (
        run["link"]
        for node in root.walk()
        for words in node.words.values()
        if not isinstance(words, str)
        for run in words
        if "link" in run
    )
    return {link: place for link in links if (place := parse_internal_link(link))}
