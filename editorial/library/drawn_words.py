"""The words that are drawn in a drawing, and the proof that every reader sees them.

Two readers of one page must not read two doses because one of them prefers a dark screen. So each text is drawn with
and without its paint, in every look that a reader can have: where that makes no difference, the words are hidden.
"""

import tempfile
import unicodedata
from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from io import BytesIO
from math import sqrt
from typing import Any
from xml.etree.ElementTree import Element, tostring

import resvg_py
from django.utils.translation import gettext as _
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image, ImageChops

from .svg_styles import SCHEME, Look, Rule, find_looks, sheet_in

MOST = 60  # texts in one drawing, each of which is drawn several times
AREA = 250_000  # pixels of the pictures that are compared, about
FEWEST = 12  # of those pixels for a text that can be read at all
VISIBLE = 0.5  # of a text's pixels, at least, that nothing may cover
CONTRAST = 40  # of 255: how far the color of a text is from what is behind it
GROUNDS = {"light": "#ffffff", "dark": "#0f1715"}  # the page behind the drawing, as in static/css/site.css
TEXTS = {"text", "tspan"}
FONT = "Box"
UNPAINTED, PAINTED = "fill:none;stroke:none", "fill:#000;stroke:none"


class HiddenWords(ValueError):
    """Words that some reader would not see; the message says which, and what to do about it."""


def find_words(root: Element) -> list[str]:
    """What each <text> of a cleaned drawing says, in the order in which they are drawn."""
    texts = (" ".join("".join(element.itertext()).split()) for element in root.iter("text"))
    return [text for text in texts if text]


def refuse_hidden_words(root: Element, rules: list[Rule]) -> None:
    """Raises HiddenWords when a text of a cleaned drawing does not show in some look, and ValueError when resvg fails.

    `rules` are those of its style sheets.
    """
    words = {place: text for place, element in enumerate(root.iter()) if (text := _own_text(element))}
    if len(words) > MOST:
        raise HiddenWords(
            _("The drawing has more than %(count)s texts. Simplify it, or upload it as a PNG file.") % {"count": MOST}
        )
    if not words:
        return
    root = _with_plain_letters(root)
    looks = list(find_looks(rules))
    whole = [_drawn(root, look, rules) for look in looks]
    count = sum(1 for _element in root.iter())
    nothing = [UNPAINTED] * count
    blank = _drawn(_restyled(root, nothing), looks[0], rules)
    for owner, text in words.items():
        alone = _restyled(root, [*nothing[:owner], PAINTED, *nothing[owner + 1 :]])
        size = _count_differences(blank, _drawn(alone, looks[0], rules))
        without = _restyled(root, [UNPAINTED if place == owner else None for place in range(count)])
        for look, picture in zip(looks, whole, strict=True):
            visible = _count_differences(picture, _drawn(without, look, rules))
            if size < FEWEST or visible < size * VISIBLE:
                raise _hidden(text, look)


def _own_text(element: Element) -> str:
    """What an element draws in its own style: its text, and what stands between and after its children."""
    if element.tag not in TEXTS:
        return ""
    return " ".join(" ".join([element.text or "", *(child.tail or "" for child in element)]).split())


def _hidden(text: str, look: Look) -> HiddenWords:
    shown = {"text": text[:60]}
    if look[SCHEME] == "dark":
        return HiddenWords(
            _(
                "The words “%(text)s” in the drawing cannot be seen on a dark screen. Every reader must see the same "
                "words: change their color, or draw a background behind them."
            )
            % shown
        )
    return HiddenWords(
        _(
            "The words “%(text)s” in the drawing cannot be seen. Every reader must see the same words: take them out, "
            "or change their color, size or place."
        )
        % shown
    )


def _restyled(root: Element, styles: Sequence[str | None]) -> Element:
    """A copy in which each part has the style given for its place in the drawing, or its own where that is None."""
    copy = deepcopy(root)
    for element, css in zip(copy.iter(), styles, strict=True):
        if css is not None and element.tag not in ("svg", "g", "defs", "style"):
            _set_style(element, css)
    return copy


def _with_plain_letters(root: Element) -> Element:
    """A copy in which every letter of any script is one that the font below has."""
    copy = deepcopy(root)
    for element in copy.iter():
        if element.tag in TEXTS:
            element.text = _plain_letters(element.text)
            for child in element:
                child.tail = _plain_letters(child.tail)
            _set_style(element, f"font-family:{FONT}")
    return copy


def _set_style(element: Element, css: str) -> None:
    """`css`, a few declarations, instead of what the element's own style says of them."""
    names = {part.split(":")[0] for part in css.split(";")}
    kept = [part for part in element.get("style", "").split(";") if part and part.split(":")[0] not in names]
    element.set("style", ";".join([*kept, css]))


def _plain_letters(text: str | None) -> str | None:
    """An "x" for each letter; accents, joiners and other marks stand on the letter before them."""
    shown = [letter for letter in text or "" if letter.isspace() or unicodedata.category(letter)[0] not in "MC"]
    return "".join(letter if letter.isspace() else "x" for letter in shown)


def _drawn(root: Element, look: Look, rules: list[Rule]) -> Image.Image:
    """The drawing as a reader with this look sees it, on the page's ground."""
    copy = deepcopy(root)
    for sheet in copy.iter("style"):
        sheet.text = ""
    for sheet in list(copy.iter("style"))[:1]:
        sheet.text = sheet_in(look, rules)
    width, height = float(root.get("width", 1)), float(root.get("height", 1))
    png = resvg_py.svg_to_bytes(
        svg_string=tostring(copy, encoding="unicode"),
        background=GROUNDS[look[SCHEME]],
        zoom=min(4.0, sqrt(AREA / (width * height))),
        skip_system_fonts=True,
        font_files=[_font().name],
    )
    return Image.open(BytesIO(png)).convert("RGB")


def _count_differences(one: Image.Image, other: Image.Image) -> int:
    """Pixels whose color differs so much that a person sees it."""
    bands = ImageChops.difference(one, other).split()
    largest = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return sum(largest.histogram()[CONTRAST:])


@cache
def _font() -> Any:
    """A file with a font in which "x" is a box: a server need not have any font, and no script needs its own."""
    builder = FontBuilder(1000, isTTF=True)
    pen = TTGlyphPen(None)
    corners = [(50, 0), (50, 700), (550, 700), (550, 0)]
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    empty: Any = TTGlyphPen(None).glyph()
    builder.setupGlyphOrder([".notdef", "space", "x"])
    builder.setupCharacterMap({ord(" "): "space", ord("x"): "x"})
    builder.setupGlyf({".notdef": empty, "space": empty, "x": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "space": (300, 0), "x": (600, 50)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": FONT, "styleName": "Regular", "psName": FONT})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    file = tempfile.NamedTemporaryFile(suffix=".ttf")  # noqa: SIM115  # there for as long as this process
    builder.save(file)
    file.flush()
    return file
