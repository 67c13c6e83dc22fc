"""The trees of verified editions, for readers.

Reading a tree from its bytes takes longer than finding out that these are what was signed. A tree follows from its
bytes alone and is never changed, so a few that were read are kept by their digest, such as the words that stand on
every page; each time the bytes come from the database and are held against the digest first.
"""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

from editorial.editions.models import CorruptEdition
from editorial.editions.models.addresses import resolve_old_trees
from editorial.editions.tree.links import find_links
from editorial.editions.tree.nodes import Tree, UnreadableTree, from_bytes

from .record_rows import EditionRow

# Of canonical bytes; as objects they take five times as much memory.
KEPT_BYTES = 1_000_000


class _ReadTree(NamedTuple):
    tree: Tree
    names_addresses: bool  # whether it may link to pages by their addresses, which lead elsewhere as pages move
    size: int  # bytes


class KeptTrees:
    """Trees by the digests of their bytes; those that were asked for longest ago make room for others."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size, self._lock = limit, 0, Lock()
        self._trees: OrderedDict[str, _ReadTree] = OrderedDict()

    def read(self, edition: EditionRow) -> _ReadTree:
        """The tree of an edition whose bytes fit its digest. Raises UnreadableTree."""
        digest = edition.content_digest
        with self._lock:
            if digest in self._trees:
                self._trees.move_to_end(digest)
                return self._trees[digest]
        tree = from_bytes(edition.content)
        links = find_links(tree.root).values()
        read = _ReadTree(tree, any(run.get("link", "").startswith("/") for run in links), len(edition.content))
        with self._lock:
            if digest not in self._trees:
                self._trees[digest] = read
                self._size += read.size
            while self._size > self._limit:
                _digest, oldest = self._trees.popitem(last=False)
                self._size -= oldest.size
        return read

    def trees(self) -> dict[str, Tree]:
        """{digest: tree} of those that are kept."""
        with self._lock:
            return {digest: read.tree for digest, read in self._trees.items()}

    def clear(self) -> None:
        with self._lock:
            self._trees.clear()
            self._size = 0


kept_trees = KeptTrees(KEPT_BYTES)


def read_trees(editions: Sequence[EditionRow]) -> list[Tree]:
    """The trees of editions whose bytes fit their digests, in the same order.

    Two queries when some of them link to pages by their addresses, else none. Raises CorruptEdition for bytes that this
    program cannot read.
    """
    try:
        read = [kept_trees.read(edition) for edition in editions]
    except UnreadableTree as error:
        raise CorruptEdition("An edition cannot be read.") from error
    resolved = iter(resolve_old_trees([one.tree for one in read if one.names_addresses]))
    return [next(resolved) if one.names_addresses else one.tree for one in read]
