"""The words of a page that rest on another one: sentences that lead to it, name it or claim something of what changed
there, blocks that show or repeat it.
"""

from collections.abc import Collection, Iterator

from editorial.checks.checked_pages import RunningText
from editorial.editions.kinds import kind_named
from editorial.editions.known_names import KnownNames
from editorial.editions.labels import piece_label
from editorial.editions.tree import inline
from editorial.editions.tree.links import PIECE
from editorial.editions.tree.nodes import Node, Tree

from .changed_claims import ChangedClaims

NO_NAMES = KnownNames([])
NO_CLAIMS = ChangedClaims()


def find_mentions(
    tree: Tree, document_id: int, names: KnownNames = NO_NAMES, claims: ChangedClaims = NO_CLAIMS
) -> list[str]:
    """What the page says, in reading order, where it leads to the document or names it; of a piece, which one it is.

    `names` are those of the document, `claims` those that a change of it may make wrong.
    """
    mentions = _Mentions(tree, document_id, names, claims)
    return list(dict.fromkeys(words for node in tree.walk() for words in mentions.within(node) if words))


def find_mentioning_block(
    tree: Tree, document_id: int, names: KnownNames = NO_NAMES, claims: ChangedClaims = NO_CLAIMS
) -> Node | None:
    """The first block that leads to the document, names it, shows or repeats it, or makes one of the claims."""
    mentions = _Mentions(tree, document_id, names, claims)
    return next((node for node in tree.walk() if any(mentions.within(node))), None)


class _Mentions:
    """What the blocks of one page say of a document."""

    def __init__(self, tree: Tree, document_id: int, names: KnownNames, claims: ChangedClaims):
        self.document_id = document_id
        self.names = names.in_language(tree.language)
        self.claims = claims.find(tree)
        # The attributes by which blocks of the page's kind name documents whose facts they repeat.
        self.repeats: Collection[str] = kind_named(tree.kind).attributes.document_keys

    def within(self, node: Node) -> Iterator[str]:
        if node.type == PIECE and node.attrs["document"] == self.document_id:
            yield piece_label(node.attrs["piece"])
        elif self.document_id in (node.attrs.get(name) for name in self.repeats):
            yield " ".join(filter(None, map(node.plain, node.words)))
        for name, words in node.words.items():
            linked = [
                inline.plain([run]).strip()
                for run in (() if isinstance(words, str) else words)
                if run.get("document") == self.document_id
            ]
            claimed = self.claims.get((node.id, name), [])
            if linked or claimed or any(self.names.find(inline.plain(words))):
                yield self._sentences(RunningText(node, name, words), [*linked, *filter(None, claimed)])

    def _sentences(self, text: RunningText, parts: list[str]) -> str:
        """Those with one of these parts or a name; where a sentence's end stands within one, all of them."""
        sentences = (
            sentence
            for sentence in text.sentences
            if any(words in sentence for words in parts) or any(self.names.find(sentence))
        )
        return " ".join(sentences) or text.plain
