"""Laying the tree's words out in templates."""

from datetime import date

from django import template
from django.utils.dateparse import parse_date

from ..tree import html
from ..tree.nodes import Node

register = template.Library()


@register.filter
def words(node: Node, name: str):
    """One field's words as HTML, without citation numbers (for those, use {% words %})."""
    return html.words(node.words.get(name, ""))


@register.simple_tag(takes_context=True, name="words")
def words_tag(context, node: Node, name: str):
    """One field's words as HTML, with the page's citation numbers."""
    return html.words(node.words.get(name, ""), numbers=context.get("numbers"))


@register.filter
def plain(node: Node, name: str) -> str:
    """One field's words as text."""
    return node.plain(name)


@register.filter
def iso_date(value: str) -> date | None:
    """A date from the tree, to be written as the reader's language does; None for anything else."""
    return parse_date(value or "")


@register.simple_tag(takes_context=True)
def prose(context, nodes, level: int = 3):
    """Blocks as HTML; subheadings are of this level."""
    return html.blocks(nodes, level=level, numbers=context.get("numbers"))
