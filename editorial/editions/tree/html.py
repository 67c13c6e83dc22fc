"""Blocks of the tree as HTML: pure functions, the same for the public page and every preview."""

from collections.abc import Mapping, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from . import inline
from .nodes import Node


def blocks(nodes: Sequence[Node], *, level: int = 3, numbers: Mapping[str, int] | None = None) -> SafeString:
    """HTML of prose blocks. `level` is that of a subheading (2 to 6), `numbers` gives each reference key its number."""
    return mark_safe("".join(_block(node, level, numbers or {}) for node in nodes))  # noqa: S308 (escaped below)


def words(value, *, numbers: Mapping[str, int] | None = None) -> SafeString:
    """HTML of one field's words."""
    return mark_safe(inline.to_html(value, cite=lambda key: _cite(key, numbers or {})))  # noqa: S308 (escaped there)


def _cite(key: str, numbers: Mapping[str, int]) -> str:
    number = numbers.get(key)
    if number is None:  # the freeze refuses this; an unknown key is dropped rather than shown as code
        return ""
    return f'<sup class="cite"><a href="#ref-{escape(key)}">[{number}]</a></sup>'


def _block(node: Node, level: int, numbers: Mapping[str, int]) -> str:
    text = words(node.words.get("text", ""), numbers=numbers)
    inner = "".join(_block(child, level, numbers) for child in node.children)
    if node.type == "list":
        tag = "ol" if node.attrs.get("ordered") else "ul"
        return f"<{tag}>{inner}</{tag}>"
    if node.type == "item":
        return f"<li>{text}{inner}</li>"
    if node.type == "subheading":
        return f'<h{level} id="{escape(node.id)}">{text}</h{level}>'
    return f"<p>{text}</p>"
