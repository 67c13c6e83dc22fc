"""What does not come along from a foreign text: each is taken out of it, and told with its words."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from .elements import BLOCKS, CELLS, replace_children, shown_words
from .report import Change, Report
from .styles import Declared, Styles, is_hidden, is_struck

_QUIET = frozenset({
    "style", "base", "link", "meta", "head", "basefont", "bgsound", "area", "param", "source", "track", "col",
    "colgroup", "command", "keygen", "annotation", "annotation-xml", "rp",
})  # fmt: skip
_PICTURES = frozenset({"img", "image", "imagedata"})
_MEDIA = frozenset({"iframe", "video", "audio", "object", "embed", "canvas", "applet", "frame", "noembed", "noframes"})
_CONTROLS = frozenset({"input", "select", "textarea", "button", "datalist", "isindex"})
_HIDDEN = frozenset({"template", "noscript"})
_APART = _PICTURES | _MEDIA | _CONTROLS | BLOCKS | {"svg"}  # words before and after it stay apart
# Where the marks of notes and comments lead, and where notes lead back to: Word, LibreOffice, Google Docs, web pages.
_COMMENT_MARK = re.compile(r"#(_msocom_\d+|cmnt\d+)$", re.IGNORECASE)
_NOTE_MARK = re.compile(
    r"#(_(ftn|edn)\d+|ftnt\d+|sd(footnote|endnote)\d+sym|cite_note-.+|(foot|end)?note[-:_]?\d+|fn[-:_]?\d+)$",
    re.IGNORECASE,
)
_WAY_BACK = re.compile(
    r"#(_(ftn|edn)ref\d+|_msoanchor_\d+|(ftnt|cmnt)_ref\d+|sd(footnote|endnote)\d+anc|cite_ref-.+"
    r"|(foot|end)?note[-_]?ref[-:_]?\d+|fnref[-:_]?\d+)$",
    re.IGNORECASE,
)
_COMMENT_BACK = re.compile(r"#(_msoanchor_\d+|cmnt_ref\d+)$", re.IGNORECASE)
_NOTE_HOLDERS = frozenset({"p", "li", "div", "aside", "dd"})


def leave_out(root: Element, styles: Styles, report: Report) -> None:
    """Take out of a tree what is struck, hidden, a note, a picture or no text, and tell of it."""

    def instead(child: Element) -> str | None:
        reason = _find_reason(child, styles.of(child))
        if reason is None:
            leave_out(child, styles, report)
            return None
        change, quote = reason
        if change:
            report.add(change, quote(child), is_mark=change in (Change.COMMENT, Change.NOTE) and child.tag == "a")
        if child.tag in CELLS:  # its place in the row stays
            _empty(child)
            return None
        return " " if child.tag in _APART else ""

    replace_children(root, instead)


def _empty(cell: Element) -> None:
    spans: dict[str, str] = {name: cell.attrib[name] for name in ("colspan", "rowspan") if name in cell.attrib}
    tail = cell.tail
    cell.clear()
    cell.attrib.update(spans)
    cell.tail = tail


Reason = tuple[Change | None, Callable[[Element], str]]


def _find_reason(element: Element, style: Declared) -> Reason | None:
    tag = str(element.tag)
    if tag in _QUIET:
        return (None, shown_words) if tag == "style" else _where_letters(element, Change.HIDDEN)
    if tag == "script":
        return Change.SCRIPT, lambda _element: ""
    if tag == "title":
        return (Change.TITLE if shown_words(element) else None), shown_words
    if tag in _PICTURES or tag == "svg":
        return Change.PICTURE, lambda picture: picture.get("alt") or picture.get("title") or shown_words(picture)
    if tag in _MEDIA:
        return Change.MEDIA, _media_words
    if tag in _CONTROLS:
        is_shown = tag != "input" or element.get("type", "").lower() != "hidden"
        return (Change.CONTROL if is_shown else None), _control_words
    if is_struck(element, style):
        return _where_words(element, Change.STRUCK)
    if is_hidden(element, style) or tag in _HIDDEN:
        return _where_words(element, Change.HIDDEN)
    return _find_note(element, style)


def _where_words(element: Element, change: Change) -> Reason:
    return (change if shown_words(element).strip("\u00a0 ") else None), shown_words


def _where_letters(element: Element, change: Change) -> Reason:
    """The same of what programs write for themselves: signs alone say nothing there."""
    return (change if any(map(str.isalnum, shown_words(element))) else None), shown_words


def _find_note(element: Element, style: Declared) -> Reason | None:
    kind = style.get("mso-element", "")
    if "mso-special-character" in style and "break" not in style["mso-special-character"]:
        return _where_letters(element, Change.NOTE)
    if kind in ("footnote-list", "endnote-list", "comment-list", "header", "footer"):
        return None if _has_notes(element) else _where_words(element, Change.NOTE)
    if kind == "comment":
        return _where_words(element, Change.COMMENT)
    if kind in ("footnote", "endnote"):
        return _where_words(element, Change.NOTE)
    address = element.get("href", "") if element.tag == "a" else ""
    classes = element.get("class", "").lower().split()
    if _COMMENT_MARK.search(address) or "msocomanchor" in classes:
        return Change.COMMENT, shown_words
    if address and (_NOTE_MARK.search(address) or element.get("role") == "doc-noteref"):
        return Change.NOTE, shown_words
    if element.tag in _NOTE_HOLDERS and (back := _way_back(element)) is not None:
        is_comment = _COMMENT_BACK.search(back.get("href", ""))
        return _where_words(element, Change.COMMENT if is_comment else Change.NOTE)
    return None


def _has_notes(element: Element) -> bool:
    return any("mso-element" in child.get("style", "") for child in element.iter() if child is not element)


def _way_back(element: Element) -> Element | None:
    """The link back to the text with which a note begins; None for what is no note, or holds several."""
    links = [link for link in element.iter("a") if _WAY_BACK.search(link.get("href", ""))]
    holders = [holder for holder in element.iter() if holder.tag in _NOTE_HOLDERS and holder is not element]
    if not links or any(link in set(holder.iter("a")) for holder in holders for link in links[1:]):
        return None
    return links[0] if shown_words(element).startswith(shown_words(links[0])) else None


def _media_words(element: Element) -> str:
    address = element.get("src") or element.get("data") or ""
    if address.startswith("data:"):
        address = ""
    return " ".join(filter(None, (address, element.get("title", ""), shown_words(element))))


def _control_words(element: Element) -> str:
    if element.get("type", "").lower() in ("password", "hidden"):
        return ""
    return " ".join(filter(None, (element.get("value", ""), element.get("placeholder", ""), shown_words(element))))
