"""Styles of a drawing: what they may say, and what they come to in each look that a reader can have.

Only what resvg draws as browsers do is kept, so that what was seen to be there when the drawing was checked is what
readers see. A media query may change colors and nothing else: it could swap one dose for another otherwise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import tinycss2
from django.utils.translation import gettext as _

COLORS = {"color", "fill", "stroke", "stop-color"}
PROPERTIES = COLORS | {
    "clip-path", "clip-rule", "display", "dominant-baseline", "fill-opacity", "fill-rule", "font-family", "font-size",
    "font-style", "font-variant", "font-weight", "letter-spacing", "opacity", "paint-order", "shape-rendering",
    "stop-opacity", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "text-anchor", "text-rendering", "vector-effect", "visibility", "word-spacing",
}  # fmt: skip
_SELECTORS = re.compile(r"[\w\s.#*>,-]+")
_QUERY = re.compile(r"\(\s*(prefers-color-scheme|prefers-contrast)\s*:\s*([a-z-]+)\s*\)")

# What media queries ask for, with the answers of a reader who set nothing.
Look = dict[str, str]
SCHEME, CONTRAST = "prefers-color-scheme", "prefers-contrast"


class RefusedStyle(ValueError):
    """A style that a drawing may not have; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a sheet, written anew; `query` is the media feature and value that it waits for, or None."""

    css: str
    query: tuple[str, str] | None = None


def read_sheet(css: str) -> list[Rule]:
    """The rules of a <style>. Properties that no drawing needs are left out. Raises RefusedStyle."""
    return list(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), None))


def write_sheet(rules: list[Rule]) -> str:
    """The sheet of these rules."""
    return "".join(f"@media ({': '.join(rule.query)}){{{rule.css}}}" if rule.query else rule.css for rule in rules)


def read_declarations(css: str) -> str:
    """A style attribute, written anew without the properties that no drawing needs."""
    return _declarations(tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True), PROPERTIES)


def sheet_in(look: Look, rules: list[Rule]) -> str:
    """The rules that hold in a look, without their media queries."""
    return "".join(rule.css for rule in rules if rule.query is None or look[rule.query[0]] == rule.query[1])


def find_looks(rules: list[Rule]) -> Iterator[Look]:
    """Every look in which the drawing could differ: light and dark always, since the page behind it does."""
    contrasts = {"no-preference", *(rule.query[1] for rule in rules if rule.query and rule.query[0] == CONTRAST)}
    for scheme, contrast in product(("light", "dark"), sorted(contrasts)):
        yield {SCHEME: scheme, CONTRAST: contrast}


def _rules(nodes: list[tinycss2.ast.Node], query: tuple[str, str] | None) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "media" and query is None and node.content is not None:
            found = _QUERY.search(tinycss2.serialize(node.prelude))
            if not found:
                raise _refused(node)
            inside = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inside, (found[1], found[2]))
        elif node.type == "qualified-rule":
            selectors = tinycss2.serialize(node.prelude).strip()
            if not _SELECTORS.fullmatch(selectors):
                raise _refused(node)
            content = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            if query and any(token.type != "declaration" or token.lower_name not in COLORS for token in content):
                raise RefusedStyle(
                    _(
                        "A style in the drawing changes more than colors when a reader changes the theme: “%(style)s”. "
                        "Every reader must see the same words: change colors only."
                    )
                    % {"style": _shortened(node)}
                )
            yield Rule(f"{selectors}{{{_declarations(content, PROPERTIES)}}}", query)
        else:
            raise _refused(node)


def _declarations(nodes: list[tinycss2.ast.Node], allowed: set[str]) -> str:
    return ";".join(
        f"{node.lower_name}:{tinycss2.serialize(node.value).strip()}"
        for node in nodes
        if node.type == "declaration" and node.lower_name in allowed
    )


def _refused(node: tinycss2.ast.Node) -> RefusedStyle:
    return RefusedStyle(
        _("A style in the drawing is not allowed: “%(style)s”. Style its parts by class, id or element alone.")
        % {"style": _shortened(node)}
    )


def _shortened(node: tinycss2.ast.Node) -> str:
    return " ".join(node.serialize().split())[:60]
