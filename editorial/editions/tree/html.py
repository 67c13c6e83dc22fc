"""Blocks of the tree as HTML: pure functions, the same for the public page and every preview."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from . import inline, tables
from .addresses import is_page_link
from .nodes import Node


class LinkTarget(Protocol):
    """Where a link within the site leads. `opens` is the id of what opens in place; "" where a page is loaded."""

    @property
    def url(self) -> str: ...

    @property
    def opens(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Layout:
    """What a page gives its words: each reference's number, and where each link within the site leads.

    Targets are found by the stored form of the link. A target has a `url` and, where its words open in place, the id of
    what `opens`. A link within the site that has no target is left out: its words stand alone.
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[str, LinkTarget] = field(default_factory=dict)

    def cite(self, key: str) -> str:
        number = self.numbers.get(key)
        if number is None:  # the freeze refuses this; an unknown key is dropped rather than shown as code
            return ""
        return f'<sup class="cite"><a href="#ref-{escape(key)}">[{number}]</a></sup>'

    def link(self, html: str, address: str) -> str:
        target = self.links.get(address)
        if target is None:
            return html if is_page_link(address) else inline.as_link(html, address)
        if target.opens:
            opens = escape(target.opens)
            return f'<button type="button" class="word" popovertarget="{opens}">{html}</button>'
        return inline.as_link(html, target.url)


PLAIN = Layout()
STACKED_FROM = 3  # columns of a table whose rows become cards where it has no room
# For screen readers and for who copies a page, who get no raised digits: 10^9, and never 109. In a text from right to
# left it must not part the digits, which would change places.
POWER = '<bdo class="power" dir="ltr">^</bdo>'
BLOCKS = ("paragraph", "subheading", "list", "item", "table")
# A short name with a hyphen, such as PD-L1, MSI-H or G-CSF: half of it at the end of a line says something else.
_NAME = re.compile(r"\b(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{1,5}-[A-Z0-9]{1,4}\b")

# A word that opens in place is a button, after which a line may end: what closes its sentence must not begin the next.
_CLOSED_WORD = re.compile(
    r'(<button type="button" class="word"(?:(?!</button>).)*</button>)([.,;:!?)\]»”،؛؟。，；：！？）]+)', re.DOTALL
)


def keep_names_whole(text: str) -> SafeString:
    """Escaped text, where names with a hyphen stay on one line; for the eye alone, their letters are as they were."""
    html = escape(text)
    whole = _NAME.sub(r'<span class="unbroken">\g<0></span>', html) if "-" in html else html
    return SafeString(whole)


def render_blocks(nodes: Sequence[Node], *, level: int = 3, layout: Layout = PLAIN) -> SafeString:
    """HTML of prose blocks; `level` is that of a subheading (2 to 6). What else stands among them is for templates."""
    return SafeString("".join(_block(node, level, layout) for node in nodes if node.type in BLOCKS))


def render_words(value: str | inline.Runs, *, layout: Layout = PLAIN) -> SafeString:
    """HTML of one field's words."""
    html = inline.to_html(
        value, cite=layout.cite, link=layout.link, text=keep_names_whole, power=POWER, fact=lambda fact: ""
    )
    return SafeString(_CLOSED_WORD.sub(r'<span class="unbroken">\1\2</span>', html) if "<button" in html else html)


def render_typed_words(value: str | inline.Runs) -> SafeString:
    """HTML of one field's words with citations and links as people type them, for those who work on them."""
    return SafeString(inline.to_html(value))


def _block(node: Node, level: int, layout: Layout) -> str:
    if node.type == "table":
        return _table(node, layout)
    text = render_words(node.words.get("text", ""), layout=layout)
    inner = "".join(_block(child, level, layout) for child in node.children)
    if node.type == "list":
        start = f' start="{int(node.attrs["start"])}"' if "start" in node.attrs else ""
        return f"<ol{start}>{inner}</ol>" if node.attrs.get("ordered") else f"<ul>{inner}</ul>"
    if node.type == "item":
        return f"<li>{text}{inner}</li>"
    if node.type == "subheading":
        level = min(level + node.attrs.get("level", 3) - 3, 6)
        return f'<h{level} id="{escape(node.id)}">{text}</h{level}>'
    return f"<p>{text}</p>"


def _table(table: Node, layout: Layout) -> str:
    """In a region that scrolls by itself, which can be focused and is called as the table is.

    Where a style sheet makes cards of its rows, `data-label` heads what stands in one.
    """
    caption_id = f"caption-{escape(table.id)}"
    caption = render_words(table.words.get("caption", ""), layout=layout)
    name = f'aria-labelledby="{caption_id}"' if caption else f'aria-label="{escape(gettext("Table"))}"'
    has_head = table.attrs["header"] in (tables.HEADER_ROW, tables.HEADER_BOTH)
    stacks = has_head and len(table.attrs["columns"]) >= STACKED_FROM
    labels = tables.column_names(table) if stacks else []
    rows = [_table_row(table, place, labels, layout) for place in range(len(table.children))]
    head = f"<thead>{rows.pop(0)}</thead>" if has_head and rows else ""
    return (
        f'<div class="table{" table-stacks" if stacks else ""}" role="region" tabindex="0" {name}><table>'
        + (f'<caption id="{caption_id}">{caption}</caption>' if caption else "")
        + f"{head}<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _table_row(table: Node, place: int, labels: Sequence[str], layout: Layout) -> str:
    cells = []
    for column, cell in enumerate(table.children[place].children):
        text = render_words(cell.words.get("text", ""), layout=layout)
        label = f' data-label="{escape(labels[column])}"' if labels and place else ""
        if not tables.is_header(table, place, column):
            cells.append(f"<td{label}>{text}</td>")
        elif place == 0 and table.attrs["header"] != tables.HEADER_COLUMN:
            cells.append(f'<th scope="col">{text}</th>')
        else:
            cells.append(f'<th scope="row"{label}>{text}</th>')
    return f"<tr>{''.join(cells)}</tr>"
