"""SVG made safe to show: what is allowed is written anew, and anything else refuses the whole drawing.

The list is short on purpose. Without script, links, styles from elsewhere and foreign content a drawing can do no harm;
without `use` and patterns a small file cannot unfold into a drawing that stops a browser.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from . import drawn_words, svg_styles

SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 512 * 1024  # bytes
ELEMENTS, DEPTH, SIDE = 5000, 30, 10_000

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"}
ALLOWED = SHAPES | {"svg", "g", "defs", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "style"}
# Words in a drawing are read by nobody and translated by nobody: they belong into the alternative text.
LEFT_OUT = {"title", "desc", "metadata"}
WITH_TEXT = {"text", "tspan", "style"}

ATTRIBUTES = {
    "id", "class", "style", "transform", "viewBox", "preserveAspectRatio", "x", "y", "x1", "y1", "x2", "y2", "cx",
    "cy", "r", "rx", "ry", "fx", "fy", "width", "height", "d", "points", "dx", "dy", "pathLength", "offset",
    "gradientUnits", "gradientTransform", "spreadMethod", "clipPathUnits", "textLength", "lengthAdjust", "fill",
    "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "color", "opacity", "stop-color", "stop-opacity",
    "clip-path", "clip-rule", "display", "visibility", "paint-order", "vector-effect", "shape-rendering",
    "text-rendering", "font-family", "font-size", "font-style", "font-weight", "font-variant", "text-anchor",
    "dominant-baseline", "alignment-baseline", "letter-spacing", "word-spacing", "writing-mode", "direction",
}  # fmt: skip
ATTRIBUTES_LEFT_OUT = {
    "version", "baseProfile", "role", "aria-label", "aria-labelledby", "aria-hidden", "focusable",
    "{http://www.w3.org/XML/1998/namespace}space", "{http://www.w3.org/XML/1998/namespace}lang",
}  # fmt: skip

# CSS reaches out of a file by functions, by at-rules, or by either of them written in escapes.
_FUNCTION = re.compile(r"([\w-]+)\s*\(")
_FUNCTIONS = {
    "rgb", "rgba", "hsl", "hsla", "matrix", "translate", "translatex", "translatey", "scale", "scalex",
    "scaley", "rotate", "skewx", "skewy",
}  # fmt: skip
_OWN_PART = re.compile(r"""url\(\s*(["']?)#[\w-]+\1\s*\)""", re.IGNORECASE)
_MEDIA = re.compile(r"@media\s*(?:screen\s+and\s*)?\(\s*prefers-(?:color-scheme|contrast)\s*:\s*[a-z-]+\s*\)\s*\{")


class UnsafeSvg(ValueError):
    """Not a drawing that can be shown; the message says what to do about it."""


def looks_like_xml(content: bytes) -> bool:
    """Whether this can only be meant as XML: it starts with a "<" in one of XML's encodings."""
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<"))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing written anew, the size of its viewBox, and the words that are drawn in it, in their order."""

    content: bytes
    width: int
    height: int
    words: list[str]


def clean_svg(content: bytes) -> Drawing:
    """What is allowed of a drawing. Raises UnsafeSvg, also where a reader would not see all of its words."""
    if len(content) > LARGEST:
        raise UnsafeSvg(_("The drawing is larger than 512 kB. Simplify it, or upload it as a PNG file."))
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnsafeSvg(_("The drawing declares a DOCTYPE or entities. Save it without, as “plain SVG”.")) from error
    except (ParseError, ValueError, LookupError) as error:
        raise _unreadable() from error
    if root.tag != f"{SVG}svg":
        raise UnsafeSvg(_("The file is XML, but no SVG drawing. Upload a PNG, JPEG, WebP or SVG file."))
    width, height = _size(root)
    rules: list[svg_styles.Rule] = []
    cleaned = _anew(root, 0, rules)
    elements = list(cleaned.iter())
    if len(elements) > ELEMENTS:
        raise UnsafeSvg(_("The drawing has too many parts. Simplify it, or upload it as a PNG file."))
    if not any(element.tag in SHAPES for element in elements):
        raise UnsafeSvg(_("There is nothing in the drawing. Choose another file."))
    cleaned.attrib = {"xmlns": SVG.strip("{}"), **cleaned.attrib, "width": str(width), "height": str(height)}
    try:
        drawn_words.refuse_hidden_words(cleaned, rules)
    except drawn_words.HiddenWords as error:
        raise UnsafeSvg(str(error)) from error
    except ValueError as error:  # of resvg, which reads less than browsers do
        raise _unreadable() from error
    return Drawing(tostring(cleaned, encoding="utf-8"), width, height, drawn_words.find_words(cleaned))


def _unreadable() -> UnsafeSvg:
    return UnsafeSvg(_("The file is no readable SVG. Open the drawing, save it as “plain SVG”, and upload that."))


def _size(root: Element) -> tuple[int, int]:
    try:
        _x, _y, width, height = (float(number) for number in re.split(r"[\s,]+", root.get("viewBox", "").strip()))
    except ValueError:
        width = height = math.nan
    if not (1 <= width <= SIDE and 1 <= height <= SIDE):
        raise UnsafeSvg(_("The drawing has no usable viewBox, so its size is not known. Save it with a viewBox."))
    return round(width), round(height)


def _anew(old: Element, depth: int, rules: list[svg_styles.Rule]) -> Element:
    name = old.tag.removeprefix(SVG)
    if name not in ALLOWED or (name == "svg" and depth):
        shown = name.rpartition("}")[2][:40]
        raise UnsafeSvg(_("The drawing has a part that is not allowed: <%(name)s>. Take it out.") % {"name": shown})
    if depth > DEPTH:
        raise UnsafeSvg(_("The drawing is nested too deeply. Ungroup its parts, or upload it as a PNG file."))
    new = Element(name, dict(_attributes(old)))
    if name in WITH_TEXT:
        new.text = old.text
    if name == "style":
        _refuse_reaching_out(old.text or "", is_sheet=True)
        new.text = _clean_sheet(old.text or "", rules)
    for child in old:
        if isinstance(child.tag, str) and child.tag.removeprefix(SVG) not in LEFT_OUT:
            kept = _anew(child, depth + 1, rules)
            if name in WITH_TEXT:
                kept.tail = child.tail
            new.append(kept)
    return new


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name in ATTRIBUTES_LEFT_OUT:
            continue
        if name not in ATTRIBUTES:
            shown = {"attribute": name.rpartition("}")[2][:40], "name": element.tag.removeprefix(SVG)}
            raise UnsafeSvg(
                _(
                    "The drawing has an attribute that is not allowed: %(attribute)s of <%(name)s>. Take it out, or "
                    "save the drawing as “plain SVG”."
                )
                % shown
            )
        if name != "id":
            _refuse_reaching_out(value)
        yield name, svg_styles.read_declarations(value) if name == "style" else value


def _clean_sheet(css: str, rules: list[svg_styles.Rule]) -> str:
    """A sheet written anew; what it says is added to `rules`."""
    try:
        read = svg_styles.read_sheet(css)
    except svg_styles.RefusedStyle as error:
        raise UnsafeSvg(str(error)) from error
    rules += read
    return svg_styles.write_sheet(read)


def _refuse_reaching_out(css: str, *, is_sheet: bool = False) -> None:
    """Refuse CSS that could load something or hide what it does. Attributes may name a part of the drawing itself.

    Comments count like the rest: telling them from strings that look like comments would take a parser.
    """
    rest = _MEDIA.sub("{", css) if is_sheet else _OWN_PART.sub(" ", css)
    functions = {name.lower() for name in _FUNCTION.findall(rest)} - _FUNCTIONS
    if functions or any(sign in rest for sign in ("\\", "@", "<")):
        raise UnsafeSvg(
            _("A style in the drawing could reach out of it: “%(style)s”. Use plain colors and no url() or @import.")
            % {"style": " ".join(css.split())[:60]}
        )
