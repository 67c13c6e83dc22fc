"""Where a block stands, as people call it: the section's heading, the subheading above it, or the list it is in."""

from collections.abc import Iterator, Mapping

from django.utils.text import capfirst

from .kinds import Kind
from .labels import BLOCK_LABELS, block_label
from .tree.nodes import Node, Tree

SEPARATOR = " › "


def name_sections(kind: Kind, *trees: Tree) -> dict[str, tuple[str, ...]]:
    """{id of a block: headings from the outside in}; of a block that is in several trees, as the last one has it.

    Empty where it stands in the page itself, such as a title.
    """
    lists = _list_names(kind)
    return {key: path for tree in trees for key, path in _paths(tree.root, lists, ())}


def _list_names(kind: Kind) -> Mapping[str, str]:
    """{type of a block that only holds others: what the writing form calls it}"""
    parts = {part.related.replace("_", "-"): str(part.heading) for part in kind.fields.parts}
    prose = {
        words.around: capfirst(str(kind.model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # a field of words
        for name, words in kind.fields.words.items()
        if words.around
    }
    return {**parts, **prose, **{name: str(BLOCK_LABELS[name]) for name in ("references", "topics")}}


def _paths(node: Node, lists: Mapping[str, str], path: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    heading = node.plain("heading") or lists.get(node.type, "")
    inside = (*path, heading) if heading else path
    yield node.id, inside if node.plain("heading") else path
    below = inside
    for child in node.children:
        if child.type == "subheading":
            is_lower = child.attrs.get("level", 3) > 3
            below = (*inside, *(below[len(inside) : len(inside) + 1] if is_lower else ()), child.plain("text"))
            yield child.id, below[:-1]
        else:
            yield from _paths(child, lists, below)


def block_place(kind: Kind, node: Node, sections: Mapping[str, tuple[str, ...]]) -> str:
    """For example "When to call › Fever"; for a block of the page itself what sort it is."""
    return SEPARATOR.join(sections.get(node.id, ())) or block_label(kind, node)


def find_section_ids(tree: Tree) -> dict[str, str]:
    """{id of a block: id of the innermost block with a heading that it stands in, or its own}."""
    found: dict[str, str] = {}

    def add(node: Node, section_id: str) -> None:
        section_id = node.id if node.plain("heading") else section_id
        found[node.id] = section_id or node.id
        for child in node.children:
            add(child, section_id)

    add(tree.root, "")
    return found
