"""Laying the tree's words out in templates."""

from datetime import date

from django import template
from django.utils.dateparse import parse_date
from django.utils.html import format_html

from editorial.editions.tree import html
from editorial.editions.tree.nodes import Node

register = template.Library()


def _layout(context) -> html.Layout:
    return html.Layout(context.get("numbers") or {}, context.get("links") or {})


@register.filter
def words(node: Node, name: str):
    """One field's words as HTML, without citation numbers (for those, use {% words %})."""
    return html.words(node.words.get(name, ""))


@register.simple_tag(takes_context=True, name="words")
def words_tag(context, node: Node, name: str):
    """One field's words as HTML, with the page's citation numbers and links."""
    return html.words(node.words.get(name, ""), layout=_layout(context))


@register.filter
def unbroken(text: str):
    """A plain text as HTML, where names such as PD-L1 stay on one line."""
    return html.unbroken(text)


@register.filter
def plain(node: Node, name: str) -> str:
    """One field's words as text."""
    return node.plain(name)


@register.filter
def children(node: Node, type_: str) -> list[Node]:
    """The direct children of one type."""
    return node.of_type(type_)


@register.filter
def iso_date(value: str) -> date | None:
    """A date from the tree, to be written as the reader's language does; None for anything else."""
    return parse_date(value or "")


@register.filter
def at(mapping, key):
    """The value at a key; None where there is none."""
    return (mapping or {}).get(key)


@register.simple_tag(takes_context=True)
def prose(context, nodes, level: int = 3):
    """Blocks as HTML; subheadings are of this level."""
    return html.blocks(nodes, level=level, layout=_layout(context))


@register.simple_tag(takes_context=True)
def site_word(context, slug: str, key: str, otherwise: str = ""):
    """A signed phrase of site words, marked with its language where that is not the reader's.

    `otherwise`, in the reader's language, stands in where the phrase is not signed in it: only for words that say
    nothing about medicine.
    """
    found = context["site_words"].phrase(slug, key) if context.get("site_words") else None
    if found is None or (found.is_foreign and otherwise):
        return otherwise
    if found.is_foreign:
        return format_html('<span lang="{}" dir="{}">{}</span>', found.lang, found.dir, found.text)
    return found.text


@register.simple_tag(takes_context=True)
def site_text(context, slug: str) -> dict | None:
    """Signed site words as a whole: `root` and `page`; None where they are not signed."""
    return context["site_words"].text(slug) if context.get("site_words") else None
