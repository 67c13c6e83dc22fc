"""What the style sheets and style attributes of a text say about each element: only what changes its meaning."""

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

import tinycss2

_MEANT = frozenset({
    "display", "visibility", "font", "font-weight", "font-style", "font-family", "font-size", "vertical-align",
    "text-decoration", "text-decoration-line", "background", "background-color", "white-space", "unicode-bidi",
    "list-style", "list-style-type", "margin-left", "font-variant-position", "mso-hide", "mso-list", "mso-element",
    "mso-special-character", "mso-text-raise", "mso-symbol-font-family", "mso-outline-level",
})  # fmt: skip
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:\.([\w-]+)|#([\w-]+))?", re.IGNORECASE)
LONGEST_SHEET = 200_000  # characters

Declared = Mapping[str, str]


class Styles:
    """The declarations of elements; of the sheets, the rules for one tag, class or id."""

    def __init__(self, sheets: Iterable[str] = ()):
        self._rules: dict[tuple[str, str, str], dict[str, str]] = {}  # by (tag, class, id)
        self._read: dict[str, dict[str, str]] = {}  # by style attribute
        for sheet in sheets:
            self._add_sheet(sheet[:LONGEST_SHEET])

    def of(self, element: Element) -> Declared:
        """{property: value}, both in lower case."""
        style = element.get("style", "")
        own = self._declarations(style) if style else {}
        if not self._rules:
            return own
        tag, classes, key = str(element.tag).lower(), element.get("class", "").split(), element.get("id", "")
        found: dict[str, str] = {}
        for rule in [(tag, "", ""), *(place for name in classes for place in (("", name, ""), (tag, name, "")))]:
            found |= self._rules.get(rule, {})
        if key:
            found |= self._rules.get(("", "", key), {}) | self._rules.get((tag, "", key), {})
        return found | own

    def _add_sheet(self, sheet: str) -> None:
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            meant = _meant(tinycss2.parse_blocks_contents(rule.content))
            if not meant:
                continue
            for selector in tinycss2.serialize(rule.prelude).split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if match and any(match.groups()):
                    place = ((match[1] or "").lower(), match[2] or "", match[3] or "")
                    self._rules.setdefault(place, {}).update(meant)

    def _declarations(self, style: str) -> dict[str, str]:
        if style not in self._read:
            self._read[style] = _meant(tinycss2.parse_blocks_contents(style))
        return self._read[style]


def _meant(nodes: Iterable[tinycss2.ast.Node]) -> dict[str, str]:
    found = {}
    for node in nodes:
        if node.type == "declaration" and node.lower_name in _MEANT:
            found[node.lower_name] = tinycss2.serialize(node.value).strip().lower()
    return found


def is_hidden(element: Element, style: Declared) -> bool:
    """Whether readers of the source did not see it."""
    size = style.get("font-size", "")
    return (
        "hidden" in element.attrib
        or style.get("display", "").startswith("none")
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("mso-hide", "none") not in ("none", "screen")
        or (bool(size) and re.fullmatch(r"0(\.0+)?(px|pt|em|rem|%)?", size) is not None)
    )


def is_struck(element: Element, style: Declared) -> bool:
    """Whether it is crossed out, or was deleted while changes were tracked."""
    decoration = style.get("text-decoration-line", "") + " " + style.get("text-decoration", "")
    classes = element.get("class", "").lower().split()
    return element.tag in ("del", "s", "strike") or "line-through" in decoration or "msodel" in classes
