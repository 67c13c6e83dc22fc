"""The trees of verified editions, for readers."""

from collections.abc import Sequence

from editorial.editions.models.addresses import resolve_old_trees
from editorial.editions.tree.nodes import Tree, from_bytes


def read_trees(contents: Sequence[bytes]) -> list[Tree]:
    return resolve_old_trees([from_bytes(bytes(content)) for content in contents])
