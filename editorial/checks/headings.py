"""The check for headings without text, lines that only look like headings, and tables without either or a caption."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.tree.nodes import Node
from editorial.editions.tree.tables import NO_HEADER

from .checked_pages import CheckedPage
from .contract import Check, FindingPlace
from .sentences import shorten_quote


class Headings(Check):
    """Levels are never skipped where they are typed; what is a heading and looks like none can be.

    A bold paragraph that ends as a sentence does is one that matters, such as when to call, and no heading.
    """

    id = "headings"
    name = gettext_lazy("Empty heading, or bold text used as one")
    why = gettext_lazy(
        "Readers and screen readers navigate by headings. Use real ones, each with its own text under it."
    )

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        for parent in page.nodes.values():
            for place, node in enumerate(parent.children):
                after = parent.children[place + 1] if place + 1 < len(parent.children) else None
                if node.type == "table":
                    yield from (FindingPlace(node, shorten_quote(_words(node)), detail) for detail in _lacks(node))
                if node.type == "subheading" and _is_empty(node, after):
                    yield FindingPlace(node, shorten_quote(node.plain("text")), _("no text under it"))
                if node.type == "paragraph" and _is_bold(node) and after is not None:
                    yield FindingPlace(node, shorten_quote(node.plain("text")), _("all bold: make it a subheading"))


def _is_empty(subheading: Node, after: Node | None) -> bool:
    """Whether nothing stands under it; what is one level below it does."""
    if after is None or after.type == "references":
        return True
    return after.type == "subheading" and after.attrs.get("level", 3) <= subheading.attrs.get("level", 3)


def _words(table: Node) -> str:
    """Its caption, else the words of its first row."""
    first = table.children[0].children if table.children else ()
    return table.plain("caption") or " · ".join(filter(None, (cell.plain("text") for cell in first)))


def _lacks(table: Node) -> Iterator[str]:
    """What a table needs so that whoever cannot see it knows what it is and what its cells are."""
    if table.attrs["header"] == NO_HEADER:
        yield _("no headings: make the first row or the first column of the table its headings")
    if not table.plain("caption"):
        yield _("no caption: say above the table, in one line, what it shows")


def _is_bold(node: Node) -> bool:
    words = node.words["text"]
    runs = words if isinstance(words, list) else []
    texts = [run for run in runs if run.get("text", "").strip(" :.")]
    text = node.plain("text")
    return (
        len(text) <= 80
        and not text.endswith((".", "!", "。", "！"))
        and bool(texts)
        and all("strong" in run.get("marks", ()) for run in texts)
    )
