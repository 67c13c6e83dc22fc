"""Lists that a program wrote as a row of paragraphs or small lists: put together again as lists within lists.

Word writes each item as a paragraph with its level in a style and its number as text; Word in the browser writes each
item as a list of its own; Google Docs writes the lists of all levels one after the other when it saves a page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from .elements import shown_words
from .report import Change, Report
from .styles import Declared, Styles

_LEVEL = re.compile(r"\blevel(\d+)\b")
_NUMBER = re.compile(r"\(?((?:\d+\.)*)(\d+)[.):]*")
_LETTERS = re.compile(r"\(?([a-z]{1,6})[.)]+", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[ivxlc])(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
# A bullet or number that is text, with the wide space that Word puts after it.
_TYPED_MARKER = re.compile(r"\s*([·•o§▪‣–*-]|\(?\d{1,3}[.)]|\(?[a-z]{1,4}[.)])(?=[ \t\r\n]*\u00a0)[\s\u00a0]+")
_BULLET = re.compile(r"[^\w\s]?|[o§Øqvn]")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_INDENT = 36.0  # points; what Word moves a level in by


@dataclass(frozen=True, slots=True)
class _Item:
    level: int  # from 1
    is_ordered: bool
    number: int | None  # None: the one after the item before
    element: Element  # a paragraph, or a list item


def gather_lists(root: Element, styles: Styles, report: Report) -> None:
    """Put lists together below this element, in place."""
    children: list[Element] = []
    items: list[_Item] = []
    for child in list(root):
        found = list(_items(child, styles, report, goes_on=bool(items)))
        if not found:
            gather_lists(child, styles, report)
            children += [*_nested(items), child]
            items = []
            continue
        for item in found:
            gather_lists(item.element, styles, report)
        items += found
        if (child.tail or "").strip():  # words that stand between two items end the list
            lists = _nested(items)
            lists[-1].tail = child.tail
            children += lists
            items = []
    root[:] = [*children, *_nested(items)]


def _items(child: Element, styles: Styles, report: Report, *, goes_on: bool) -> Iterator[_Item]:
    classes = child.get("class", "")
    if child.tag == "p":
        yield from _word_items(child, styles, report, goes_on)
    elif "ListContainerWrapper" in classes and len(child) == 1 and child[0].tag in ("ul", "ol"):
        yield from _list_items(child[0], None)
    elif child.tag in ("ul", "ol") and (match := re.search(r"\blst-kix_\S+-(\d)\b", classes)):
        yield from _list_items(child, int(match[1]) + 1)


def _list_items(element: Element, level: int | None) -> Iterator[_Item]:
    start = _whole(element.get("start", ""))
    for child in element:
        if child.tag == "li":
            own = level or _whole(child.get("data-aria-level", "")) or 1
            yield _Item(own, element.tag == "ol", start, child)
            start = None


def _word_items(paragraph: Element, styles: Styles, report: Report, goes_on: bool) -> Iterator[_Item]:
    style = styles.of(paragraph)
    match = _LEVEL.search(style.get("mso-list", ""))
    is_listed = paragraph.get("class", "").startswith("MsoListParagraph")
    if not match and not is_listed:
        return
    level = int(match[1]) if match else _indent_level(style)
    marker = _take_marker(paragraph, styles) or _take_typed_marker(paragraph, is_listed)
    if not marker and not match:
        if goes_on:
            paragraph.set("data-goes-on", "")  # a further paragraph of the item before
            yield _Item(level, False, None, paragraph)
        return
    is_ordered, number, is_same = _read_marker(marker)
    if not is_same:
        if is_ordered:
            report.add(Change.LETTERED, marker)
        else:  # it says something: it stays, as the first word of the item
            paragraph.text = f"{marker} {paragraph.text or ''}"
    yield _Item(level, is_ordered, number, paragraph)


def _read_marker(marker: str) -> tuple[bool, int | None, bool]:
    """(is ordered, its number, whether a list of ours shows the same)."""
    if not marker or _BULLET.fullmatch(marker):
        return False, None, True
    if match := _NUMBER.fullmatch(marker):
        if len(match[2]) > 4:  # no list of ours begins so late
            return False, None, False
        return True, int(match[2]), not match[1]
    if match := _LETTERS.fullmatch(marker):
        return True, _letter_number(match[1].lower()), False
    return False, None, False


def _letter_number(letters: str) -> int | None:
    if len(letters) > 1 or letters in "ivx":
        if _ROMAN.fullmatch(letters):
            values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in letters]
            pairs = zip(values, [*values[1:], 0], strict=True)
            return sum(-value if value < after else value for value, after in pairs)
        return None
    return ord(letters) - ord("a") + 1


def _take_marker(paragraph: Element, styles: Styles) -> str:
    """The bullet or number that Word marks as one; it is taken out."""
    for parent in paragraph.iter():
        for place, child in enumerate(parent):
            if styles.of(child).get("mso-list", "") == "ignore":
                marker = shown_words(child).replace("\u00a0", " ").strip()
                if place:
                    parent[place - 1].tail = (parent[place - 1].tail or "") + (child.tail or "")
                else:
                    parent.text = (parent.text or "") + (child.tail or "")
                parent.remove(child)
                return marker
    return ""


def _take_typed_marker(paragraph: Element, is_listed: bool) -> str:
    match = _TYPED_MARKER.match("".join(paragraph.itertext())) if is_listed else None
    if match is None:
        return ""
    left = match.end()
    for element, name in _text_places(paragraph):
        text = getattr(element, name) or ""
        setattr(element, name, text[left:])
        left -= min(left, len(text))
        if not left:
            break
    return match[1]


def _text_places(element: Element) -> Iterator[tuple[Element, str]]:
    """Where the text of an element is kept, in order: (element, "text" or "tail")."""
    yield element, "text"
    for child in element:
        yield from _text_places(child)
        yield child, "tail"


def _indent_level(style: Declared) -> int:
    match = re.fullmatch(r"(\d*\.?\d+)(pt|in|cm|mm|px)", style.get("margin-left", ""))
    return max(1, round(float(match[1]) * _POINTS[match[2]] / _INDENT)) if match else 1


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text.strip()) else None


def _nested(items: list[_Item]) -> list[Element]:
    """The lists of the highest level, each with its deeper ones inside."""
    lists: list[Element] = []
    open_lists: list[tuple[int, Element, int]] = []  # (level, list, number of its last item)
    for item in items:
        if "data-goes-on" in item.element.attrib and open_lists:
            open_lists[-1][1][-1].append(_without_tail(item.element))
            continue
        while open_lists and open_lists[-1][0] > item.level:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == item.level:
            _level, current, last = open_lists[-1]
            is_next = item.number is None or item.number == last + 1
            if (current.tag == "ol") != item.is_ordered or (item.is_ordered and not is_next):
                open_lists.pop()
        if not open_lists or open_lists[-1][0] < item.level:
            start = item.number if item.number is not None else 1
            made = Element("ol" if item.is_ordered else "ul", {"start": str(start)} if item.is_ordered else {})
            if open_lists:
                open_lists[-1][1][-1].append(made)
            else:
                lists.append(made)
            open_lists.append((item.level, made, start - 1))
        level, current, last = open_lists.pop()
        open_lists.append((level, current, last + 1))
        _append(current, item.element)
    return lists


def _append(made: Element, element: Element) -> None:
    if element.tag == "li":
        made.append(_without_tail(element))
    else:
        SubElement(made, "li").append(_without_tail(element))


def _without_tail(element: Element) -> Element:
    element.tail = None
    return element
