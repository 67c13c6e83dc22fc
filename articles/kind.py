"""Articles as the engine knows them: their tree, and where their words are."""

from collections.abc import Iterator
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.kinds import Kind, Slot, node, register
from editorial.editions.models import Document
from editorial.editions.tree import prose
from editorial.editions.tree.links import piece_node
from editorial.editions.tree.nodes import MINOR, Node, Tree
from editorial.editions.working_copy import WorkingCopy
from editorial.library.figure_nodes import figure_blockers, figure_node, figure_slots
from editorial.library.models import CareLevel, Figure
from editorial.library.references import append_references, cited_reference_rows

from .models import Article, ArticleTopic, Group, KeyPoint, Section, Topic


class ArticleKind(Kind):
    name = "article"
    path = "articles"
    label = gettext_lazy("article")
    label_plural = gettext_lazy("Articles")
    template = "articles/article.html"
    site_words = ("article-words", "helpline", "advertising", "emergency-number")
    block_labels = {
        "article": gettext_lazy("Title and lead"),
        "topic": gettext_lazy("Topic"),
        "point": gettext_lazy("Key point"),
        "section": gettext_lazy("Section"),
    }
    attr_labels = {"group": gettext_lazy("group"), "care": gettext_lazy("care level")}
    value_labels = {"group": dict(Group.choices), "care": dict(CareLevel.choices)}
    advises = True
    model = Article

    def content(self, document: Document) -> Article:
        return Article.objects.get(document=document)

    def review_interval_months(self, document: Document) -> int:
        return self.content(document).review_interval_months

    def parts(self, copy: WorkingCopy) -> Iterator[tuple[str, models.Model]]:
        yield from super().parts(copy)
        yield from cited_reference_rows(self.build(copy)[0].root)

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
                {
                    "key": key,
                    "word": f"group-{key}",  # the site words that label it
                    "sections": [section for section in sections if section.attrs["group"] == key],
                }
                for key in dict.fromkeys(section.attrs["group"] for section in sections)
            ],
        }

    def slots(self, copy: WorkingCopy) -> Iterator[Slot]:
        article = copy.row
        yield from _article_slots(article)
        # Those that were taken off too: the signed edition may still carry them.
        once = ArticleTopic.history.filter(article_id=article.pk).values("topic_id")
        for each in Topic.objects.filter(pk__in=once):
            yield _topic_slot(each)
        shown = Section.history.filter(article_id=article.pk, figure_id__isnull=False).values("figure_id")
        for figure in Figure.objects.filter(pk__in=shown):
            yield from figure_slots(figure)
        for point in copy.parts("key_points"):
            yield _point_slot(point)
        for section in copy.parts("sections"):
            yield _heading_slot(section)
            yield _body_slot(section)

    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        article = copy.row
        points, sections = copy.shown_parts("key_points"), copy.shown_parts("sections")
        topics = Topic.objects.filter(pk__in=[row.topic_id for row in copy.parts("topics")])
        figures = Figure.objects.in_bulk({section.figure_id for section in sections} - {None})
        title, lead, note = _article_slots(article)
        children = [
            Node("topics", "topics", children=tuple(
                node(_topic_slot(topic), "topic", {"key": topic.slug}) for topic in topics
            )),
            Node("key-points", "key-points", children=tuple(node(_point_slot(point), "point") for point in points)),
            *(_section(section, figures.get(section.figure_id)) for section in sections),
        ]  # fmt: skip
        attrs = {MINOR: True} if article.is_minor else {}
        root = node(title, "article", attrs, children=tuple(children), lead=lead, change_note=note)
        root, blockers = append_references(root)
        return Tree("article", "en", root), [*_blockers(root, points, sections), *blockers]


def _article_slots(article: Article) -> tuple[Slot, Slot, Slot]:
    return (
        Slot(article, "title", "article", "title"),
        Slot(article, "lead", "article", "lead"),
        Slot(article, "change_note", "article", "change_note"),
    )


def _topic_slot(topic: Topic) -> Slot:
    return Slot(topic, "name", f"topic-{topic.slug}", "name")


def _point_slot(point: KeyPoint) -> Slot:
    return Slot(point, "text", point.block_id, "text", "cited")


def _heading_slot(section: Section) -> Slot:
    return Slot(section, "heading", section.block_id, "heading")


def _body_slot(section: Section) -> Slot:
    return Slot(section, "body", section.block_id, "", "prose")


def _section(section: Section, figure: Figure | None) -> Node:
    attrs = {"group": section.group, "care": section.care_level}
    children = prose.parse(section.body_en or "")
    if figure:
        children += (figure_node(figure),)
    if section.piece_of_id:
        children += (piece_node(f"{section.block_id}-piece", section.piece_of_id, section.piece),)
    return node(_heading_slot(section), "section", attrs, children)


def _blockers(root: Node, points: list[KeyPoint], sections: list[Section]) -> Iterator[str]:
    if not root.words["title"]:
        yield _("The article needs a title.")
    if not root.words["lead"]:
        yield _("The article needs a lead.")
    if not sections:
        yield _("The article needs at least one section.")
    for number, section in enumerate(sections, 1):
        if not section.heading_en:
            yield _("Section %(number)s needs a heading.") % {"number": number}
        if section.care_level and section.group != Group.WHEN_TO_CALL:
            yield _("“%(heading)s” asks the reader to act: put it into the group “When to call”.") % {
                "heading": section.heading_en
            }
        if not (section.piece_of_id or section.figure_id) and not prose.parse(section.body_en or ""):
            yield _("The section “%(heading)s” is empty. Write it or retire it.") % {"heading": section.heading_en}
    yield from figure_blockers(root)
    if any(not point.text_en for point in points):
        yield _("A key point is empty. Write it or retire it.")
    if any(each.type == "topic" and not each.words["name"] for each in root.walk()):
        yield _("A topic has no name yet. Name it, or take it off.")


register(ArticleKind())
