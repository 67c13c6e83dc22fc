"""How words stand in a foreign text, from elements and styles: bold, raised, linked, in a symbol font."""

import re
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from ..tree.addresses import mend_address
from .elements import BLOCKS, HEADINGS
from .report import Change, Report
from .styles import Declared
from .symbols import symbol_font

_STRONG = frozenset({"b", "strong"})
_EM = frozenset({"i", "em", "cite", "dfn", "var"})
_SPACED = frozenset({"pre", "listing", "xmp", "plaintext"})
_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|em|ex|rem|%|cm|mm|in)")
_BLOCK_LINK = re.compile(r"#[a-z]-[a-z2-9]{8}")


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for the words of an element."""

    marks: frozenset[str] = frozenset()
    link: str = ""
    font: str = ""  # a symbol font
    is_anchor: bool = False
    keeps_lines: bool = False
    is_heading: bool = False


def enter(context: Context, element: Element, style: Declared, report: Report) -> Context:
    """The context within an element; tells of links and underlining that do not come along."""
    tag = str(element.tag)
    marks = set(context.marks)
    if tag in _STRONG:
        marks.add("strong")
    if tag in _EM:
        marks.add("em")
    _set_weight(marks, style)
    if context.is_heading or tag in HEADINGS:
        marks.discard("strong")
    if height := _height(tag, style):
        marks = (marks - {"sub", "sup"}) | {height}
    # A link is underlined anyway, and Word underlines what was inserted.
    if not context.is_anchor and "msoins" not in element.get("class", "").lower().split():
        _tell_underlined(element, style, report)
    font = context.font
    if families := element.get("face", "") if tag == "font" else _families(style):
        font = symbol_font(families)
    if symbols := style.get("mso-symbol-font-family"):
        font = symbol_font(symbols)
    space = style.get("white-space", "")
    keeps = tag in _SPACED or (space.startswith(("pre", "break-spaces")) if space else context.keeps_lines)
    link = _target(element, report) if tag == "a" else context.link
    return replace(
        context, marks=frozenset(marks), link=link, font=font, keeps_lines=keeps,
        is_anchor=context.is_anchor or tag == "a",
        is_heading=context.is_heading or tag in HEADINGS,
    )  # fmt: skip


def _set_weight(marks: set[str], style: Declared) -> None:
    """Weight and slant from styles; they overrule the element that they stand on, as Google's wrapper does."""
    font = style.get("font", "")
    weight, slant = style.get("font-weight", ""), style.get("font-style", "")
    if font:
        weight = weight or ("bold" if re.search(r"\bbold(er)?\b|\b[6-9]00\b", font) else "normal")
        slant = slant or ("italic" if re.search(r"\b(italic|oblique)\b", font) else "normal")
    if weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600):
        marks.add("strong")
    elif weight in ("normal", "lighter") or weight.isdigit():
        marks.discard("strong")
    if slant.startswith(("italic", "oblique")):
        marks.add("em")
    elif slant == "normal":
        marks.discard("em")


def _height(tag: str, style: Declared) -> str:
    """ "sup" or "sub"; "" on the line."""
    if tag in BLOCKS:
        return ""
    align, variant = style.get("vertical-align", ""), style.get("font-variant-position", "")
    if align in ("super", "sub"):
        return "sup" if align == "super" else "sub"
    if variant in ("super", "sub"):
        return "sup" if variant == "super" else "sub"
    for value in (style.get("mso-text-raise", ""), align):
        if (match := _LENGTH.fullmatch(value)) and float(match[1]):
            return "sub" if float(match[1]) < 0 else "sup"
    return tag if tag in ("sub", "sup") else ""


def _families(style: Declared) -> str:
    if families := style.get("font-family"):
        return families
    # The shorthand ends with the families, after the size.
    match = re.search(r"\d\S*\s+(.+)$", style.get("font", ""))
    return match[1] if match else ""


def _tell_underlined(element: Element, style: Declared, report: Report) -> None:
    decoration = style.get("text-decoration-line", "") + style.get("text-decoration", "")
    is_link = element.tag == "a" or any(child.tag == "a" for child in element)
    if element.tag in ("u", "mark") or ("underline" in decoration and element.tag not in HEADINGS and not is_link):
        report.add(Change.UNDERLINED)


def _target(element: Element, report: Report) -> str:
    """Where a link leads, as it was given; "" where no link may lead there."""
    given = re.sub(r"[\t\r\n]", "", element.get("href", "")).strip().replace(" ", "%20")
    if not given:
        return ""
    address = mend_address(given)
    if not address or address.startswith("#"):  # to a place of the page that it comes from
        report.add(Change.LINK, given)
        return ""
    if address.startswith("https://www.") and given.lower().startswith("www."):
        report.add(Change.LINK_MENDED, given)
    return address
