"""Figures as a tree holds them: the files by their digests, and the words. Called by the kinds that show figures."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from editorial.editions.tree.nodes import Node

from .fields import FIGURE
from .models import Figure
from .stored_drawings import SVG, has_unread_words, words_in


def figure_node(figure: Figure) -> Node:
    """The block for a figure. What is only for the eye has no alternative text, though the row may keep one."""
    names = ("key", "decorative", "licence", "licence_url", "width", "height")
    of_file = ("width", "height", "digest", "type")
    attributes = {name: getattr(figure, name) for name in names}
    attributes["files"] = [{name: file[name] for name in of_file} for file in figure.files]
    if drawn := words_in(figure):
        attributes["drawn"] = drawn
    node = FIGURE.node(figure, attributes)
    return replace(node, words={**node.words, "alt": ""}) if figure.decorative else node


def figure_blockers(root: Node) -> Iterator[str]:
    """What is wrong with the figures of a page, in the editor's words."""
    keys: set[str] = set()
    drawings: set[str] = set()
    for node in root.walk():
        if node.type != "figure":
            continue
        key = node.attrs["key"]
        if not node.attrs["decorative"] and not node.words["alt"]:
            yield _(
                "The figure “%(key)s” has no alternative text. Write what it shows, or mark the figure as decorative."
            ) % {"key": key}
        if any(file["type"] == SVG for file in node.attrs["files"]) and "drawn" not in node.attrs:
            drawings.add(key)
        if key in keys:
            yield _("The figure “%(key)s” appears twice on this page. Remove one of them.") % {"key": key}
        keys.add(key)
    for figure in Figure.objects.filter(key__in=drawings) if drawings else ():
        if has_unread_words(figure.files):
            yield _(
                "The words in the drawing “%(key)s” could not be read, so nobody would sign them. Upload it again."
            ) % {"key": figure.key}
