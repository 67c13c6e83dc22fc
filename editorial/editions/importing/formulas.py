"""Formulas (MathML) as text: powers and indices raised and lowered, a fraction with a slash."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

Piece = tuple[str, str]  # (text, "sup", "sub" or "")

_RAISED = {"msup": ("", "sup"), "msub": ("", "sub"), "msubsup": ("", "sub", "sup"), "mmultiscripts": ("", "sub", "sup")}
_OVER = {"mover": ("", "sup"), "munder": ("", "sub"), "munderover": ("", "sub", "sup")}


def formula_pieces(element: Element, mark: str = "") -> Iterator[Piece]:
    """The text of a formula, in order."""
    tag = str(element.tag)
    places = _RAISED.get(tag) or _OVER.get(tag)
    if places:
        for place, child in enumerate(element):
            yield from formula_pieces(child, places[min(place, len(places) - 1)] or mark)
    elif tag == "mfrac" and len(element) == 2:
        over, under = ("".join(text for text, _mark in formula_pieces(part)).strip() for part in element)
        yield f"{_bracketed(over)}/{_bracketed(under)}", mark
    elif tag in ("msqrt", "mroot"):
        parts = ["".join(text for text, _mark in formula_pieces(part)).strip() for part in element]
        if tag == "mroot" and len(parts) == 2:
            yield parts[1], "sup"
            parts = parts[:1]
        yield f"√({' '.join(parts)})", mark
    else:
        yield element.text or "", mark
        is_row = tag in ("mtr", "mtable", "mtd")
        for child in element:
            yield from formula_pieces(child, mark)
            yield (child.tail or "") + (" " if is_row else ""), mark


def _bracketed(text: str) -> str:
    return text if text.isalnum() else f"({text})"
