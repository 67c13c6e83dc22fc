"""Foreign HTML as a tree of elements, and what every part of an import asks of them."""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib import constants
from html5lib._tokenizer import HTMLTokenizer
from html5lib.html5parser import HTMLParser

from ..tree.inline import RAISED, raised_text

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol", "menu", "dir")
CELLS = ("td", "th")
# Elements that words before and after them stand apart from.
BLOCKS = frozenset({
    *HEADINGS, *LISTS, *CELLS, "address", "article", "aside", "blockquote", "body", "caption", "center", "col",
    "colgroup", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "frameset", "header", "hgroup", "hr", "legend", "li", "listing", "main", "nav", "optgroup", "option", "p",
    "plaintext", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "xmp",
})  # fmt: skip
_CELL_TAGS = frozenset({*CELLS, "tr", "caption", "tbody", "thead", "tfoot"})
_BLOCK_DISPLAYS = frozenset({"block", "list-item", "table", "table-row", "table-cell", "flex", "grid"})
_SPACE = re.compile(r"[ \t\r\n\f]+")


class _Tokenizer(HTMLTokenizer):  # type: ignore[misc]  # published without types
    """html5lib's, without comments, and with a space before each cell: outside any table a cell's tag is ignored."""

    def __iter__(self) -> Iterator[dict[str, object]]:
        starts, comments = constants.tokenTypes["StartTag"], constants.tokenTypes["Comment"]
        for token in super().__iter__():
            if token["type"] == starts and token["name"] in _CELL_TAGS:
                yield {"type": constants.tokenTypes["SpaceCharacters"], "data": " "}
            if token["type"] != comments:
                yield token


class _Parser(HTMLParser):  # type: ignore[misc]
    def mainLoop(self) -> None:
        self.tokenizer.__class__ = _Tokenizer
        super().mainLoop()


def parse_html(html: str) -> Element:
    """The tree of a fragment or a whole page; its names have no namespace and are lower case. Comments are left out."""
    builder = html5lib.getTreeBuilder("etree")
    root: Element = _Parser(builder, namespaceHTMLElements=False).parseFragment(html, container="div")
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2].lower()
    return root


def replace_children(parent: Element, text_instead: Callable[[Element], str | None]) -> None:
    """Put text in the place of children; None keeps one. What follows a child stays."""
    last: Element | None = None
    kept: list[Element] = []
    texts = [parent.text or ""]

    def close() -> None:
        if last is None:
            parent.text = "".join(texts)
        else:
            last.tail = "".join(texts)

    for child in list(parent):
        text, tail = text_instead(child), child.tail or ""
        if text is not None:
            texts += [text, tail]
            continue
        close()
        kept.append(child)
        last, texts = child, [tail]
    close()
    parent[:] = kept


def is_block(element: Element, display: str = "") -> bool:
    """Whether words before and after it stand apart."""
    return element.tag in BLOCKS or display in _BLOCK_DISPLAYS


def shown_words(element: Element) -> str:
    """The words of an element on one line."""
    return _SPACE.sub(" ", "".join(_texts(element))).strip()


def _texts(element: Element) -> Iterator[str]:
    if element.tag in RAISED:  # 10⁹ is not 109, in the list of changes neither; raised letters are hard to read there
        text = "".join(element.itertext())
        yield text if any(map(str.isalpha, text)) else raised_text(text, str(element.tag))
        return
    apart = " " if element.tag in BLOCKS or element.tag == "br" else ""
    yield apart + (element.text or "")
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield apart
