"""Articles as the engine knows them: their tree, and where their words are."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.languages import source_text
from editorial.editions.compiled_questions import DOCUMENT, find_instances, find_rows
from editorial.editions.fields import Slot
from editorial.editions.kinds import Attributes, Safety, register
from editorial.editions.tree import prose
from editorial.editions.tree.links import piece_node
from editorial.editions.tree.nodes import MINOR, Node, Tree
from editorial.editions.working_copy import WorkingCopy
from editorial.library.fields import FIGURE
from editorial.library.figure_nodes import figure_blockers, figure_node
from editorial.library.models import CareLevel, Figure
from editorial.library.references import append_references
from editorial.library.topics import TopicalKind, topic_blockers, topics_node

from .fields import ARTICLE, KEY_POINTS, SECTIONS
from .models import Group, KeyPoint, Section

CARE_ORDER = (CareLevel.EMERGENCY, CareLevel.URGENT, CareLevel.NON_URGENT, "")  # what cannot wait comes first


class ArticleKind(TopicalKind):
    name = "article"
    path = "articles"
    label = gettext_lazy("article")
    label_plural = gettext_lazy("Articles")
    template = "articles/article.html"
    site_words = ("article-words", "helpline", "advertising", "emergency-number")
    attributes = Attributes(
        labels={"group": gettext_lazy("group"), "care": gettext_lazy("care level")},
        values={"group": dict(Group.choices), "care": dict(CareLevel.choices)},
    )
    safety = Safety(has_advice=True)
    fields = ARTICLE

    def is_care(self, node: Node) -> bool:
        return super().is_care(node) or node.attrs.get("group") == Group.WHEN_TO_CALL

    def context(self, root: Node, at: datetime) -> dict:
        parts = {child.type: child.children for child in root.children if child.type != "section"}
        sections = root.of_type("section")
        return {
            "topics": parts["topics"],
            "key_points": parts["key-points"],
            "references": parts["references"],
            # In the order in which the authors put the sections; a group that comes again is one group.
            "groups": [
                _group(key, [section for section in sections if section.attrs["group"] == key])
                for key in dict.fromkeys(section.attrs["group"] for section in sections)
            ],
        }

    def slots(self, copy: WorkingCopy) -> Iterator[Slot]:
        yield from super().slots(copy)
        figures = {key for [key] in find_rows(_ask_figures, document=copy.document.pk)}
        for figure in find_instances(Figure, "pk", figures):
            yield from FIGURE.slots(figure)

    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        points, sections = copy.shown_parts("key_points"), copy.shown_parts("sections")
        figures = {figure.pk: figure for figure in copy.shared_rows(Figure, [row.figure_id for row in sections])}
        children = (
            topics_node(copy),
            Node("key-points", "key-points", children=tuple(KEY_POINTS.node(point) for point in points)),
            *(_section(section, figures.get(section.figure_id)) for section in sections),
        )
        root = ARTICLE.node(copy.row, {MINOR: True} if copy.row.is_minor else {}, children)
        root, blockers = append_references(root, copy)
        return self.tree(root), [*_blockers(root, points, sections), *blockers]


def _group(key: str, sections: list[Node]) -> dict[str, Any]:
    """What a template gets of a group. What asks the reader to act comes first, by urgency, each level in one card."""
    by_level = {
        level: [section for section in sections if section.attrs.get("care", "") == level] for level in CARE_ORDER
    }
    ordered = [section for level in CARE_ORDER for section in by_level[level]]
    return {
        "key": key,
        "word": f"group-{key}",  # the site words that label it
        "sections": ordered,
        "levels": {level: found for level, found in by_level.items() if level and found},
        "plain": by_level[""],
    }


def _ask_figures() -> QuerySet:
    sections = Section.history.filter(article_id=DOCUMENT, figure_id__isnull=False)
    return sections.order_by().values_list("figure_id").distinct()


def _section(section: Section, figure: Figure | None) -> Node:
    shown: list[Node] = []
    if figure:
        shown.append(figure_node(figure))
    if section.piece_of_id:
        shown.append(piece_node(f"{section.block_id}-piece", section.piece_of_id, section.piece))
    return SECTIONS.node(section, {"group": section.group, "care": section.care_level}, tuple(shown))


def _blockers(root: Node, points: list[KeyPoint], sections: list[Section]) -> Iterator[str]:
    if not root.words["title"]:
        yield _("The article needs a title.")
    if not root.words["lead"]:
        yield _("The article needs a lead.")
    if not sections:
        yield _("The article needs at least one section.")
    for number, section in enumerate(sections, 1):
        heading = source_text(section, "heading")
        if not heading:
            yield _("Section %(number)s needs a heading.") % {"number": number}
        if section.care_level and section.group != Group.WHEN_TO_CALL:
            yield _("“%(heading)s” asks the reader to act: put it into the group “When to call”.") % {
                "heading": heading
            }
        if not (section.piece_of_id or section.figure_id) and not prose.parse(source_text(section, "body")):
            yield _("The section “%(heading)s” is empty. Write it or retire it.") % {"heading": heading}
    yield from figure_blockers(root)
    if any(not source_text(point, "text") for point in points):
        yield _("A key point is empty. Write it or retire it.")
    yield from topic_blockers(root)


register(ArticleKind())
