"""Writing articles. Everything goes through `editing`: one writer at a time, one language, with its history."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from editorial.accounts.languages import column
from editorial.editions.blockers import refuse_if
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document
from editorial.editions.working.copies import create_document, editing, refreshed_user, save_row, write_blockers
from editorial.editions.working.rows import save_copy, set_fields, set_words, write_parts
from editorial.editions.working_copy import WorkingCopy

from .models import Article, ArticleTopic, Topic

WORDS = {"title": "plain", "lead": "plain", "change_note": "plain"}


def create_article(slug: str, title: str, *, user) -> Article:
    """A new article that has only a title. Raises Blocked when the address is taken."""
    with transaction.atomic():
        document = create_document("article", slug, user=user)
        article = Article(document=document)
        with editing(document, "en", user=user, token=0, note=_("created")):
            set_words(article, "title", title)
            save_row(article, user=user, reason=_("created"))
        return article


def write_article(
    copy: WorkingCopy,
    *,
    fields: dict[str, Any] | None = None,
    topics: Iterable[Topic] | None = None,
    key_points: Iterable[dict[str, Any]] = (),
    sections: Iterable[dict[str, Any]] = (),
) -> None:
    """Set the source language of an article in memory. See `write_parts` for the rows.

    `fields` may hold title, lead, change_note, is_minor, review_interval_months. Raises Blocked.
    """
    set_fields(copy.row, fields or {}, words=WORDS)
    if topics is not None:
        rows = {row.topic_id: row for row in copy.parts("topics")}
        copy.set_parts(
            "topics", [rows.get(topic.pk) or ArticleTopic(article=copy.row, topic=topic) for topic in topics]
        )
    write_parts(copy, "key_points", key_points, words={"text": "plain"})
    write_parts(copy, "sections", sections, words={"heading": "plain", "body": "prose"})


def save_article(document: Document, *, user, token: int | None, reason: str = "", **typed: Any) -> Article:
    """Save the source language: `typed` is what `write_article` takes. Raises Blocked or WorkingCopyChanged."""
    with editing(document, "en", user=user, token=token, note=reason) as locked:
        copy = kind_of(locked).read_copy(locked)
        write_article(copy, **typed)
        for row in [row for row in copy.row.topics.all() if row not in copy.parts("topics")]:
            row._history_user, row._change_reason = user, reason
            row.delete()
        save_copy(copy, user=user, reason=reason)
        return copy.row


def save_topic(slug: str, name: str, *, language: str = settings.SOURCE_LANGUAGE, user) -> Topic:
    """Make a topic, or name it in a language.

    Its name stands on every article about it; their next editions find those who wrote it in the topic's history.

    Raises Blocked.
    """
    name = " ".join(name.split())
    with transaction.atomic():
        empty = [] if name else [_("A topic needs a name.")]
        refuse_if([*write_blockers(refreshed_user(user), language), *empty])
        topic = Topic.objects.select_for_update().filter(slug=slug).first() or Topic(slug=slug)
        setattr(topic, f"name_{column(language)}", name)
        save_row(topic, user=user, reason=_("topic named"))
        return topic
