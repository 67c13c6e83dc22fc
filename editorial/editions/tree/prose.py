"""Between the editor's HTML and blocks of the tree.

Rich text is sanitised by nh3, parsed by html5lib into the few blocks that we know, and everything else falls
away. What is stored is written out again from those blocks, so the database never holds foreign markup.
"""

import functools
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from xml.etree.ElementTree import Element

import html5lib
import nh3

from ..blockers import refuse_if
from . import bounds, inline
from .nodes import Node, new_id

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"}
_CLEANER = nh3.Cleaner(
    tags=_BLOCKS | {"strong", "b", "em", "i", "a", "br", "div", "blockquote"},
    attributes={"a": {"href"}, **{tag: {"data-id"} for tag in _BLOCKS}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)
_SUBHEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Texts whose blocks are remembered, and the characters of the longest one: a few megabytes at most.
KEPT, LONGEST_KEPT = 256, 10_000
DEEPEST = 12  # levels of elements; what is nested deeper becomes one paragraph


def sanitise(html: str) -> str:
    """Only the allowed elements and attributes; scripts and styles go with their content."""
    return _CLEANER.clean(html)


def parse(html: str) -> tuple[Node, ...]:
    """Blocks of the HTML, sanitised first. Ids come from data-id; a block without one has the id "".

    Text outside any block becomes a paragraph; empty blocks fall away. Raises Blocked, in words, for what is nested too
    deeply to be read.
    """
    if not html:
        return ()
    return _parse(html) if len(html) <= LONGEST_KEPT else _parse.__wrapped__(html)


@functools.lru_cache(maxsize=KEPT)
def _parse(html: str) -> tuple[Node, ...]:
    # Freezing a page, checking it and finding its contributors each read the same texts. Nobody changes a node.
    refuse_if(bounds.depth_blockers(html))
    clean = sanitise(html)
    refuse_if(bounds.depth_blockers(clean))
    root = html5lib.parseFragment(clean, treebuilder="etree", namespaceHTMLElements=False)
    return _blocks(root)


def _blocks(element: Element, depth: int = 0) -> tuple[Node, ...]:
    """The block children of an element; loose inline text between them is gathered into paragraphs."""
    nodes: list[Node] = []
    loose: inline.Runs = inline.marked(element.text or "", frozenset(), "")

    def flush() -> None:
        nonlocal loose
        if words := inline.normalise(loose):
            nodes.append(Node("paragraph", "", words={"text": words}))
        loose = []

    for child in element:
        if child.tag in _BLOCKS or child.tag in ("div", "blockquote"):
            flush()
            nodes.extend(_block(child, depth + 1))
        else:
            loose += _inline(child, frozenset(), "")
        loose += inline.marked(child.tail or "", frozenset(), "")
    flush()
    return tuple(nodes)


def _block(element: Element, depth: int) -> tuple[Node, ...]:
    if depth > DEEPEST:
        words = inline.from_text("".join(element.itertext()))
        return (Node("paragraph", "", words={"text": words}),) if words else ()
    block_id = element.get("data-id", "")
    if element.tag in ("ul", "ol"):
        items = _items(element, depth)
        return (Node("list", block_id, {"ordered": element.tag == "ol"}, children=items),) if items else ()
    if element.tag in _SUBHEADINGS:
        text = inline.plain(inline.normalise(_inline_content(element, frozenset(), "")))
        return (Node("subheading", block_id, words={"text": text}),) if text else ()
    if element.tag == "p":
        words = inline.normalise(_inline_content(element, frozenset(), ""))
        return (Node("paragraph", block_id, words={"text": words}),) if words else ()
    return _blocks(element, depth)  # div, blockquote, a stray li


def _items(element: Element, depth: int) -> tuple[Node, ...]:
    """The items of a list. What pasted lists have between them becomes an item, or a part of the one before."""
    items: list[Node] = []
    for text, child in _pieces(element):
        loose = inline.from_text(text)
        if loose:
            items.append(Node("item", "", words={"text": loose}))
        if child is None:
            continue
        if child.tag == "li":
            items.extend(_item(child, depth))
            continue
        blocks = _block(child, depth + 1) if child.tag in _BLOCKS or child.tag in ("div", "blockquote") else ()
        words = [] if blocks else inline.normalise(_inline(child, frozenset(), ""))
        if words:
            items.append(Node("item", "", words={"text": words}))
        elif blocks and items:
            items[-1] = replace(items[-1], children=(*items[-1].children, *blocks))
        elif blocks:
            items.extend(_as_item("", blocks))
    return tuple(items)


def _pieces(element: Element) -> Iterator[tuple[str, Element | None]]:
    """(text before it, child) of every child, and the text after the last one with None."""
    text = element.text or ""
    for child in element:
        yield text, child
        text = child.tail or ""
    yield text, None


def _item(element: Element, depth: int) -> tuple[Node, ...]:
    return _as_item(element.get("data-id", ""), _blocks(element, depth + 1))


def _as_item(block_id: str, blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """A list item: its first paragraph is its own text, the rest are its children."""
    if not blocks:
        return ()
    first, rest = blocks[0], blocks[1:]
    if first.type != "paragraph":
        return (Node("item", block_id, words={"text": []}, children=blocks),)
    return (Node("item", block_id, words=first.words, children=rest),)


def _inline_content(element: Element, marks: frozenset[str], link: str) -> inline.Runs:
    runs = inline.marked(element.text or "", marks, link)
    for child in element:
        runs += _inline(child, marks, link) + inline.marked(child.tail or "", marks, link)
    return runs


def _inline(element: Element, marks: frozenset[str], link: str) -> inline.Runs:
    if element.tag == "br":
        return [{"break": True}]
    if element.tag in inline.MARKS:
        marks |= {inline.MARKS[element.tag]}
    if element.tag == "a" and inline.is_safe_link(address := element.get("href", "")):
        link = address
    return _inline_content(element, marks, link)


def write(blocks: tuple[Node, ...]) -> str:
    """The HTML that is stored and given to the editor; ids as data-id. parse(write(blocks)) gives them back."""
    return "".join(_written(block) for block in blocks)


def _written(block: Node) -> str:
    mark = f' data-id="{escape(block.id)}"' if block.id else ""
    text = inline.to_html(block.words.get("text", ""))
    if block.type == "list":
        tag = "ol" if block.attrs.get("ordered") else "ul"
        return f"<{tag}{mark}>{write(block.children)}</{tag}>"
    if block.type == "item":
        own = f"<p>{text}</p>" if text else ""
        return f"<li{mark}>{own}{write(block.children)}</li>"
    tag = "h3" if block.type == "subheading" else "p"
    return f"<{tag}{mark}>{text}</{tag}>"


def rich_words(html: str) -> inline.Runs:
    """The words of one unit from an editor that may have made several blocks of it: joined by breaks."""
    runs: inline.Runs = []
    for block in parse(html):
        for node in block.walk():
            if node.words.get("text"):
                words = node.words["text"]
                runs += ([{"break": True}] if runs else []) + ([{"text": words}] if isinstance(words, str) else words)
    return inline.normalise(runs)


def with_fresh_ids(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """The same blocks, where each that has no id gets a fresh one."""
    return tuple(
        Node(block.type, block.id or new_id(), block.attrs, block.words, with_fresh_ids(block.children))
        for block in blocks
    )
