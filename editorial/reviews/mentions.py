"""The words of a page that rest on another one: sentences with a link to it, and blocks that show or repeat it."""

from collections.abc import Collection, Iterator

from editorial.checks.checked_pages import RunningText
from editorial.editions.kinds import kind_named
from editorial.editions.labels import piece_label
from editorial.editions.tree import inline
from editorial.editions.tree.links import PIECE
from editorial.editions.tree.nodes import Node, Tree

MOST = 5  # passages of one page that a list shows


def find_mentions(tree: Tree, document_id: int) -> list[str]:
    """What the page says, in reading order, where it names the document; of a piece, which one it is. At most MOST."""
    found: list[str] = []
    repeats = kind_named(tree.kind).attributes.document_keys
    for node in tree.walk():
        for words in _mentions_in(node, document_id, repeats):
            if words and words not in found:
                found.append(words)
            if len(found) == MOST:
                return found
    return found


def find_mentioning_block(tree: Tree, document_id: int) -> Node | None:
    """The first block that names the document, shows a part of it or repeats what it says."""
    repeats = kind_named(tree.kind).attributes.document_keys
    return next((node for node in tree.walk() if any(_mentions_in(node, document_id, repeats))), None)


def _mentions_in(node: Node, document_id: int, repeats: Collection[str]) -> Iterator[str]:
    """`repeats` are the attributes by which blocks of the page's kind name documents whose facts they repeat."""
    if node.type == PIECE and node.attrs["document"] == document_id:
        yield piece_label(node.attrs["piece"])
    elif document_id in (node.attrs.get(name) for name in repeats):
        yield " ".join(filter(None, map(node.plain, node.words)))
    for name, words in node.words.items():
        if isinstance(words, str):
            continue
        linked = [inline.plain([run]).strip() for run in words if run.get("document") == document_id]
        if linked:
            sentences = RunningText(node, name, words).sentences
            with_link = [sentence for sentence in sentences if any(text in sentence for text in linked)]
            yield " ".join(with_link) or inline.plain(words)
