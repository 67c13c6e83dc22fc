"""Topics on pages: a kind whose pages are about some is a TopicalKind, and puts `topics_node` into its trees."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from editorial.editions.compiled_questions import DOCUMENT, find_instances, find_rows
from editorial.editions.fields import Slot
from editorial.editions.tree.nodes import Node
from editorial.editions.working_copy import WorkingCopy

from .fields import TOPIC
from .models import Topic, TopicLink
from .references import CitingKind

TOPICS = "topics"  # the block, and the related name of the links to a content


class TopicalKind(CitingKind):
    """A kind whose pages are about topics: its model has a TopicLink under the related name "topics"."""

    shared_fields = (TOPIC,)

    def topics(self, root: Node) -> Mapping[str, str]:
        return {topic.attrs["key"]: topic.plain("name") for block in root.of_type(TOPICS) for topic in block.children}

    def documents_about(self, topic: str) -> QuerySet[TopicLink, Any]:
        # By history: a signed edition may still name a topic that was taken off since.
        named = _link_history(self.model).filter(topic__slug=topic).order_by()
        documents: QuerySet[TopicLink, Any] = named.values(_content_key(self.model))
        return documents

    def slots(self, copy: WorkingCopy) -> Iterator[Slot]:
        yield from super().slots(copy)
        # Those that were taken off too: the signed edition may still carry them.
        topics = {key for [key] in find_rows(_ask_topics, self.model, document=copy.document.pk)}
        for topic in find_instances(Topic, "pk", topics):
            yield from TOPIC.slots(topic)


def topics_node(copy: WorkingCopy) -> Node:
    """The block of what a page is about, each with its name."""
    topics = copy.shared_rows(Topic, [link.topic_id for link in copy.parts(TOPICS)])
    return Node(TOPICS, TOPICS, children=tuple(TOPIC.node(topic, {"key": topic.slug}) for topic in topics))


def topic_blockers(root: Node) -> Iterator[str]:
    """What is wrong with a page's topics, in the editor's words."""
    if any(node.type == TOPIC.block and not node.words["name"] for node in root.walk()):
        yield _("A topic has no name yet. Name it, or take it off.")


def make_link(content: models.Model, topic: Topic) -> TopicLink:
    """A link that is not saved yet."""
    relation = content._meta.get_field(TOPICS)
    link: TopicLink = relation.related_model(topic=topic, **{relation.field.name: content})  # type: ignore
    return link


def _content_key(model: type[models.Model]) -> str:
    return str(model._meta.get_field(TOPICS).field.attname)  # type: ignore[union-attr]


def _link_history(model: type[models.Model]) -> QuerySet[TopicLink]:
    links: QuerySet[TopicLink] = model._meta.get_field(TOPICS).related_model.history.all()  # type: ignore[union-attr]
    return links


def _ask_topics(model: type[models.Model]) -> QuerySet[TopicLink, tuple[int]]:
    about = {_content_key(model): DOCUMENT}
    return _link_history(model).filter(**about).order_by().values_list("topic_id").distinct()
