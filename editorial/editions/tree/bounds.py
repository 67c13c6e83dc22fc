"""How long and how deeply nested a text may be, told before any parser or check reads it.

Parsers and checks take a time that grows with what they read, and some recurse. These scans go over a text once.
"""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

LONGEST_TEXT = 200_000  # characters of one text
LONGEST_PAGE = 500_000  # characters of all texts of a page together
DEEPEST = 50  # levels of elements in one text
MOST_ELEMENTS = 2_000  # in one text

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
# Elements that parsers carry over the end of a block, and open again in the next one.
_FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
# Elements in which a tag is text.
_RAW = frozenset({
    "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp",
})  # fmt: skip
_CLOSE_PARAGRAPH = frozenset({
    "p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "blockquote", "pre", "table", "hr",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\t\n\f\r />]*)|[!?/])")
_SPACE = re.compile(r"[\t\n\f\r ]*")
_BEFORE_NAME = re.compile(r"[\t\n\f\r /]*")
_NAME = re.compile(r"=?[^\t\n\f\r />=]*[\t\n\f\r ]*")
_UNQUOTED = re.compile(r"[^\t\n\f\r >]*")


def text_blockers(text: str, *, is_html: bool = False) -> Iterator[str]:
    """Why a text that was typed cannot be read, in the editor's words."""
    if len(text) > LONGEST_TEXT:
        yield _(
            "This text has %(count)d characters, and a text can have at most %(most)d. Split it into several sections."
        ) % {"count": len(text), "most": LONGEST_TEXT}
    elif is_html:
        elements, levels = measure_html(text)
        if levels > DEEPEST:
            yield _too_deep()
        elif elements > MOST_ELEMENTS:
            yield _(
                "This text has more than %(most)d paragraphs, links and formatted words. Split it into several "
                "sections, or paste it again as plain text."
            ) % {"most": MOST_ELEMENTS}


def depth_blockers(html: str) -> Iterator[str]:
    """The same of HTML that may be stored, which is as long as it is."""
    if measure_html(html)[1] > DEEPEST:
        yield _too_deep()


def page_blockers(texts: Iterable[str]) -> Iterator[str]:
    """Why all texts of a page together cannot be read."""
    count = sum(map(len, texts))
    if count > LONGEST_PAGE:
        yield _(
            "This page has %(count)d characters, and a page can have at most %(most)d. Move a part of it to a page of "
            "its own."
        ) % {"count": count, "most": LONGEST_PAGE}


def _too_deep() -> str:
    return _(
        "The formatting of this text is nested more than %(most)d levels deep. Paste it again as plain text, then "
        "format it here."
    ) % {"most": DEEPEST}


def measure_html(html: str) -> tuple[int, int]:
    """(elements, levels) of HTML; one pass, which ends where it is deeper than DEEPEST.

    Levels are never fewer than a parser makes of it. Of tags that do not match they may be more: only an end tag that
    surely closes something counts.
    """
    blocks: list[str] = []
    formatting: list[tuple[str, int]] = []  # with the number of blocks that each was opened in
    elements = levels = place = 0
    while levels <= DEEPEST and (found := _TAG.search(html, place)):
        place, name = found.end(), (found[2] or "").lower()
        if not name:
            place, is_certain = _after_comment(html, found.start())
            if not is_certain or not _RAW.isdisjoint(blocks):
                # It may end earlier, or be no comment: what stands in it may open elements, and surely closes none.
                elements_inside = len(_TAG.findall(html, found.end(), place))
                elements += elements_inside
                formatting += [("", 0)] * min(elements_inside, DEEPEST + 1)
                levels = len(blocks) + len(formatting)
            continue
        place = _after_attributes(html, place)
        if found[1]:
            _close(name, blocks, formatting)
        else:
            elements += 1
            _open(name, blocks, formatting)
        levels = len(blocks) + len(formatting)
    return elements, levels


def _open(name: str, blocks: list[str], formatting: list[tuple[str, int]]) -> None:
    if name in _CLOSE_PARAGRAPH and blocks and blocks[-1] == "p":
        blocks.pop()
    if name == "li" and blocks and blocks[-1] == "li":
        blocks.pop()
    if name in _CELLS and blocks and blocks[-1] in _CELLS:
        blocks.pop()
    if name in _FORMATTING:
        formatting.append((name, len(blocks)))
    elif name not in _VOID:
        blocks.append(name)


def _close(name: str, blocks: list[str], formatting: list[tuple[str, int]]) -> None:
    if name in _FORMATTING:
        if (name, len(blocks)) in formatting:
            formatting.remove((name, len(blocks)))
        return
    if name in _CLOSE_PARAGRAPH:
        while blocks and blocks[-1] in ("p", "li") and name != blocks[-1] and name in blocks:
            blocks.pop()
    if blocks and blocks[-1] == name:
        blocks.pop()


def _after_comment(html: str, start: int) -> tuple[int, bool]:
    """(where a comment or the like ends, whether every parser says so)."""
    sign = next((sign for sign in ("<!--", "<![CDATA[") if html.startswith(sign, start)), "<")
    end_sign = {"<!--": "-->", "<![CDATA[": "]]>", "<": ">"}[sign]
    end = html.find(end_sign, start + len(sign))
    end = len(html) if end < 0 else end + len(end_sign)
    is_odd = html.startswith((">", "->"), start + 4) or html.find("--!>", start, end) >= 0
    return end, sign == "<" or (sign == "<!--" and not is_odd)


def _after_attributes(html: str, place: int) -> int:
    """Where the tag ends whose name ends at `place`; a ">" in a quoted value does not end it."""
    while True:
        place = _skip(_BEFORE_NAME, html, place)
        if place >= len(html) or html[place] == ">":
            return place + 1
        place = _skip(_NAME, html, place)
        if html[place : place + 1] != "=":
            continue
        place = _skip(_SPACE, html, place + 1)
        quote = html[place : place + 1]
        if quote in ('"', "'") and quote:
            end = html.find(quote, place + 1)
            place = len(html) if end < 0 else end + 1
        else:
            place = _skip(_UNQUOTED, html, place)


def _skip(pattern: re.Pattern[str], html: str, place: int) -> int:
    """Where what the pattern matches ends; it may be nothing."""
    found = pattern.match(html, place)
    return found.end() if found else place
