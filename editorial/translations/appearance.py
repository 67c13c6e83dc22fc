"""How a unit will look: its section as readers will see it, with what is typed in it; a bounded part of the page."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from editorial.editions.freezing import Words
from editorial.editions.tree import html
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.tree.units import Place, Unit, find_units, reading_order, translate_tree
from editorial.reading.presenters import number_references

AROUND = 1  # blocks that are shown before and after the one that the unit is in


def render_unit(source: Tree, unit: Unit, words: Words, language: str) -> SafeString:
    """HTML of the blocks around a unit in its language; `words` are those of the working copy with what is typed.

    What is not translated yet is marked, in that language.
    """
    with override(language):
        mark = _("[not translated yet]")
        missing = {other.place: mark for other in find_units(source) if not words.get(other.place)}
        tree = translate_tree(source, {**words, **missing}, language)
        path = _path(tree.root, unit.node.id)
        layout = html.Layout(numbers=number_references(tree.root))
        if not path:
            return SafeString("")
        outer = next((number for number, node in enumerate(path) if node.type in ("table", "list")), len(path) - 1)
        around = path[outer - 1].children if outer else ()
        here = next((number for number, node in enumerate(around) if node in path), -1)
        if here < 0:
            return _own_words(path[-1], unit.place, layout)
        shown = [_narrowed(node, path) for node in around[max(0, here - AROUND) : here + AROUND + 1]]
        return format_html_join(
            "", "{}", ((_block(node, unit, layout, is_open=node.id == path[outer].id),) for node in shown)
        )


def _path(node: Node, key: str) -> list[Node]:
    """The blocks from the root to the one with this id."""
    if node.id == key:
        return [node]
    below = next((path for child in node.children if (path := _path(child, key))), None)
    return [node, *below] if below else []


def _narrowed(node: Node, path: Sequence[Node]) -> Node:
    """A list or a table with no more than what stands around the open one of its parts, and the head of its columns."""
    keys = {part.id for part in path}
    here = next((number for number, part in enumerate(node.children) if part.id in keys), -1)
    if node.type not in ("list", "table") or here < 0:
        return node
    first = max(0, here - AROUND)
    head = node.children[:1] if node.type == "table" and first else ()
    start = {"start": node.attrs.get("start", 1) + first} if node.attrs.get("ordered") else {}
    return replace(node, attrs={**node.attrs, **start}, children=(*head, *node.children[first : here + AROUND + 1]))


def _block(node: Node, unit: Unit, layout: html.Layout, *, is_open: bool) -> SafeString:
    shown = html.render_blocks([node], layout=layout) or _own_words(node, unit.place if is_open else None, layout)
    return format_html('<div class="open-block" data-open>{}</div>', shown) if is_open else shown


def _own_words(node: Node, place: Place | None, layout: html.Layout) -> SafeString:
    """The words of a block that templates lay out: the open one, or all of its own."""
    names = sorted((name for name in node.words if node.words[name]), key=reading_order)
    chosen = [name for name in names if place is None or (node.id, name) == place]
    return format_html_join("", "<p>{}</p>", ((html.render_words(node.words[name], layout=layout),) for name in chosen))
