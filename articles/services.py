"""Writing articles. Everything goes through `editing`: one writer at a time, one language, with its history."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from editorial.accounts.languages import column
from editorial.editions.blockers import refuse_if
from editorial.editions.models import Document
from editorial.editions.working.copies import create_document, editing, refreshed_user, save_row, write_blockers
from editorial.editions.working.rows import save_parts, set_fields, set_words

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


def save_article(
    document: Document,
    *,
    user,
    token: int | None,
    reason: str = "",
    fields: dict | None = None,
    topics: Iterable[Topic] | None = None,
    key_points: Iterable[dict] = (),
    sections: Iterable[dict] = (),
) -> Article:
    """Save the source language of an article. See `save_parts` for the rows.

    `fields` may hold title, lead, change_note, is_minor, review_interval_months. Raises Blocked or WorkingCopyChanged.
    """
    with editing(document, "en", user=user, token=token, note=reason):
        article = Article.objects.get(document=document)
        set_fields(article, fields or {}, words=WORDS)
        save_row(article, user=user, reason=reason)
        if topics is not None:
            _set_topics(article, topics, user=user, reason=reason)
        save_parts(article, "key_points", key_points, words={"text": "plain"}, user=user, reason=reason)
        save_parts(article, "sections", sections, words={"heading": "plain", "body": "prose"}, user=user, reason=reason)
        return article


def _set_topics(article: Article, topics: Iterable[Topic], *, user, reason: str) -> None:
    wanted = {topic.pk: topic for topic in topics}
    for row in article.topics.all():
        if wanted.pop(row.topic_id, None) is None:
            row._history_user, row._change_reason = user, reason
            row.delete()
    for topic in wanted.values():
        save_row(ArticleTopic(article=article, topic=topic), user=user, reason=reason)


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
