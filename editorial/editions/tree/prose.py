"""Between the editor's HTML and blocks of the tree.

Rich text is sanitised by nh3, parsed by html5lib into the few blocks that we know, and everything else falls
away. What is stored is written out again from those blocks, so the database never holds foreign markup.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from itertools import takewhile
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import nh3

from editorial.text_hygiene import clean_html

from ..blockers import refuse_if
from . import bounds, inline, tables
from .addresses import mend_address
from .nodes import Node, new_id

# The fields of words of each block of prose.
FIELDS = {
    "paragraph": ("text",), "subheading": ("text",), "item": ("text",), "cell": ("text",), "table": ("caption",),
}  # fmt: skip

_SUBHEADINGS = {"h1": 3, "h2": 3, "h3": 3, "h4": 4, "h5": 4, "h6": 4}  # with the level that each becomes
_CONTAINERS = {"div", "blockquote"}
_BLOCKS = {"p", *_SUBHEADINGS, "ul", "ol", "li", *tables.TAGS, *_CONTAINERS}
_CLEANER = nh3.Cleaner(
    tags=_BLOCKS | {*inline.MARKS, "a", "br"},
    attributes={
        "a": {"href"},
        **{tag: {"data-id"} for tag in _BLOCKS - _CONTAINERS},
        "ol": {"data-id", "start"},
        **{tag: {"data-id", "colspan", "rowspan"} for tag in ("td", "th")},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)
# Texts whose blocks are remembered, and the characters of the longest one: a few megabytes at most.
KEPT, LONGEST_KEPT = 256, 10_000
_START = re.compile(r"[0-9]{1,4}")
DEEPEST = 12  # levels of elements; what is nested deeper becomes one paragraph


def sanitise(html: str) -> str:
    """Only the allowed elements, attributes and characters; scripts and styles go with their content."""
    return clean_html(_CLEANER.clean(html))


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
    return _leveled(_blocks(_read(html)))


def typed_blockers(html: str) -> Iterator[str]:
    """Why HTML that was typed cannot be kept as it is, in the editor's words. Raises Blocked as `parse` does."""
    if "<table" in html.lower():
        yield from tables.table_blockers(_read(html))


def _read(html: str) -> Element:
    refuse_if(bounds.depth_blockers(html))
    clean = sanitise(html)
    refuse_if(bounds.depth_blockers(clean))
    root: Element = html5lib.parseFragment(clean, treebuilder="etree", namespaceHTMLElements=False)
    return root


def _leveled(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """The same, where no subheading of level 4 comes before the first one of level 3."""
    subheadings = [node for block in blocks for node in block.walk() if node.type == "subheading"]
    early = {id(node) for node in takewhile(lambda node: "level" in node.attrs, subheadings)}

    def raised(node: Node) -> Node:
        if id(node) in early:
            return replace(node, attrs={})
        return replace(node, children=tuple(map(raised, node.children))) if node.children else node

    return tuple(map(raised, blocks)) if early else blocks


def _blocks(element: Element, depth: int = 0, marks: frozenset[str] = frozenset(), link: str = "") -> tuple[Node, ...]:
    """The block children of an element; loose inline text between them is gathered into paragraphs."""
    nodes: list[Node] = []
    loose: inline.Runs = inline.marked(element.text or "", marks, link)

    def flush() -> None:
        nonlocal loose
        if words := inline.normalise(loose):
            nodes.append(Node("paragraph", "", words={"text": words}))
        loose = []

    for child in element:
        if child.tag in _BLOCKS:
            flush()
            nodes.extend(_block(child, depth + 1, marks, link))
        elif any(below.tag in _BLOCKS for below in child.iter()):  # what is bold or linked over several blocks
            flush()
            nodes.extend(_blocks(child, depth + 1, *_within(child, marks, link)))
        else:
            loose += _inline(child, marks, link)
        loose += inline.marked(child.tail or "", marks, link)
    flush()
    return tuple(nodes)


def _block(element: Element, depth: int, marks: frozenset[str], link: str) -> tuple[Node, ...]:
    if depth > DEEPEST:
        words = inline.normalise(_flat_content(element))
        return (Node("paragraph", "", words={"text": words}),) if words else ()
    block_id = element.get("data-id", "")
    if element.tag in ("ul", "ol"):
        items = _items(element, depth, marks, link)
        return (Node("list", block_id, _list_attrs(element), children=items),) if items else ()
    if element.tag == "table":
        table = tables.read_table(element, lambda cell: _joined(_blocks(cell, depth + 2, marks, link)))
        return (table if table.children or table.id else _caption_paragraph(table),) if table else ()
    if element.tag in _SUBHEADINGS:
        text = inline.plain(inline.normalise(_flat_content(element)))
        attrs = {"level": 4} if _SUBHEADINGS[element.tag] == 4 else {}
        return (Node("subheading", block_id, attrs, {"text": text}),) if text else ()
    if element.tag == "p":
        words = inline.normalise(_inline_content(element, marks, link))
        return (Node("paragraph", block_id, words={"text": words}),) if words else ()
    return _blocks(element, depth, marks, link)  # div, blockquote, a stray li


def _list_attrs(element: Element) -> dict[str, Any]:
    start = element.get("start", "")
    if element.tag == "ol" and _START.fullmatch(start) and int(start) != 1:
        return {"ordered": True, "start": int(start)}
    return {"ordered": element.tag == "ol"}


def _caption_paragraph(table: Node) -> Node:
    return Node("paragraph", "", words={"text": inline.from_text(table.plain("caption"))})


def _items(element: Element, depth: int, marks: frozenset[str], link: str) -> tuple[Node, ...]:
    """The items of a list. What pasted lists have between them becomes an item, or a part of the one before."""
    items: list[Node] = []
    for text, child in _pieces(element):
        loose = inline.normalise(inline.marked(text, marks, link))
        if loose:
            items.append(Node("item", "", words={"text": loose}))
        if child is None:
            continue
        if child.tag == "li":
            items.extend(_item(child, depth, marks, link))
            continue
        # As deep as in the item that it will be read in.
        blocks = _block(child, depth + 2, marks, link) if child.tag in _BLOCKS else ()
        words = [] if blocks else inline.normalise(_flat_content(child, marks, link))
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


def _item(element: Element, depth: int, marks: frozenset[str], link: str) -> tuple[Node, ...]:
    return _as_item(element.get("data-id", ""), _blocks(element, depth + 1, marks, link))


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


def _flat_content(element: Element, marks: frozenset[str] = frozenset(), link: str = "") -> inline.Runs:
    """The same of an element in which blocks may stand: what stood in two of them stays apart."""
    runs = inline.marked(element.text or "", marks, link)
    for child in element:
        if child.tag in _BLOCKS:
            runs += [{"text": " "}, *_flat_content(child, marks, link), {"text": " "}]
        elif child.tag == "br":
            runs.append({"break": True})
        else:
            runs += _flat_content(child, *_within(child, marks, link))
        runs += inline.marked(child.tail or "", marks, link)
    return runs


def _inline(element: Element, marks: frozenset[str], link: str) -> inline.Runs:
    if element.tag == "br":
        return [{"break": True}]
    return _inline_content(element, *_within(element, marks, link))


def _within(element: Element, marks: frozenset[str], link: str) -> tuple[frozenset[str], str]:
    """(marks, link) of what stands in an element. What is raised within what is lowered is raised, and the reverse."""
    if mark := inline.MARKS.get(element.tag):
        marks = (marks - {*inline.RAISED} if mark in inline.RAISED else marks) | {mark}
    if element.tag == "a" and (address := mend_address(element.get("href", ""))):
        link = address
    return marks, link


def write(blocks: tuple[Node, ...]) -> str:
    """The HTML that is stored and given to the editor; ids as data-id. parse(write(blocks)) gives them back."""
    return "".join(_written(block) for block in blocks)


def _written(block: Node) -> str:
    if block.type == "table":
        return tables.write_table(block)
    mark = f' data-id="{escape(block.id)}"' if block.id else ""
    text = inline.to_html(block.words.get("text", ""))
    if block.type == "list":
        tag = "ol" if block.attrs.get("ordered") else "ul"
        start = f' start="{block.attrs["start"]}"' if "start" in block.attrs else ""
        return f"<{tag}{mark}{start}>{write(block.children)}</{tag}>"
    if block.type == "item":
        own = f"<p>{text}</p>" if text else ""
        return f"<li{mark}>{own}{write(block.children)}</li>"
    tag = f"h{block.attrs.get('level', 3)}" if block.type == "subheading" else "p"
    return f"<{tag}{mark}>{text}</{tag}>"


def find_words(blocks: tuple[Node, ...]) -> Iterator[tuple[Node, str]]:
    """(block, field's name) of every text in blocks of prose, in reading order: text, and a table's caption."""
    for block in blocks:
        for node in block.walk():
            yield from ((node, name) for name in FIELDS.get(node.type, ()) if node.words.get(name))


def comparable(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """The blocks for comparing, as `inline.comparable` has their words."""
    return tuple(
        replace(
            block,
            words={name: inline.comparable(words) for name, words in block.words.items()},
            children=comparable(block.children),
        )
        for block in blocks
    )


def rich_words(html: str) -> inline.Runs:
    """The words of one unit from an editor that may have made several blocks of it: joined by breaks."""
    return _joined(parse(html))


def _joined(blocks: tuple[Node, ...]) -> inline.Runs:
    runs: inline.Runs = []
    for node, name in find_words(blocks):
        words = node.words[name]
        runs += ([{"break": True}] if runs else []) + ([{"text": words}] if isinstance(words, str) else words)
    return inline.normalise(runs)


def unit_block(place: tuple[str, str], words: str | inline.Runs) -> Node:
    """One unit as a translation is stored: flat, because the structure is its source's."""
    block_id, name = place
    if name == "caption":
        return tables.captioned(block_id, inline.plain(words))
    return Node("subheading" if isinstance(words, str) else "paragraph", block_id, words={name: words})


def with_fresh_ids(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """The same blocks, where each that has no id gets a fresh one."""
    return tuple(_with_fresh_id(block) for block in blocks)


def _with_fresh_id(block: Node) -> Node:
    if block.type == "table":
        return tables.with_ids(block, block.id, [row.id for row in block.children], block.attrs["columns"])
    return replace(block, id=block.id or new_id(), children=with_fresh_ids(block.children))
