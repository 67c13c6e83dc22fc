"""HTML that a form or a program hands in: in the editor's dialect it passes as it is, any other is imported."""

import functools
from html.parser import HTMLParser

from ..tree.prose import KEPT, LONGEST_KEPT
from .foreign_html import Imported, read_html

# What the editor writes, and what it adds to it without meaning anything by it.
_OWN = {
    "p": {"data-id"}, "h3": {"data-id"}, "h4": {"data-id"}, "ul": {"data-id"}, "ol": {"data-id", "start"},
    "li": {"data-id"}, "strong": set(), "em": set(), "sub": set(), "sup": set(), "br": set(),
    "a": {"href", "rel", "title", "target"}, "table": {"data-id"}, "caption": {"data-id"}, "thead": {"data-id"},
    "tbody": {"data-id"}, "tr": {"data-id"}, "th": {"data-id", "colspan", "rowspan", "colwidth", "scope"},
    "td": {"data-id", "colspan", "rowspan", "colwidth"},
}  # fmt: skip


def read_typed_html(html: str, *, is_one_block: bool = False) -> Imported:
    """What was typed, unchanged where the editor may have written it. Otherwise as `read_html`, and raises as it does.

    `is_one_block` says of foreign HTML that its words are those of one block.
    """
    return read_html(html, is_one_block=is_one_block) if is_foreign(html) else Imported(html, [])


def is_foreign(html: str) -> bool:
    """Whether HTML holds anything that the editor does not write."""
    return _is_foreign(html) if len(html) <= LONGEST_KEPT else _is_foreign.__wrapped__(html)


@functools.lru_cache(maxsize=KEPT)
def _is_foreign(html: str) -> bool:
    # While somebody types in one text of a page, all the others are sent again as they were.
    outline = _Outline(convert_charrefs=True)
    outline.feed(html)
    outline.close()
    return outline.is_foreign


class _Outline(HTMLParser):
    is_foreign = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = _OWN.get(tag)
        if attributes is None or any(name not in attributes for name, _value in attrs) or _merges(attrs):
            self.is_foreign = True


def _merges(attrs: list[tuple[str, str | None]]) -> bool:
    return any(name in ("colspan", "rowspan") and value != "1" for name, value in attrs)
