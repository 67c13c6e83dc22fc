"""Naming topics, and saving the pages that are about them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from editorial.accounts.languages import column
from editorial.accounts.models import User
from editorial.editions.blockers import refuse_if
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document
from editorial.editions.working.copies import editing, refreshed_user, save_row, write_blockers
from editorial.editions.working.pages import write_page
from editorial.editions.working.rows import save_copy, set_column
from editorial.editions.working_copy import WorkingCopy
from editorial.text_hygiene import clean_line

from ..models import Topic, TopicWords
from ..row_search import keep_words
from ..topic_search import COLUMNS
from ..topics import TOPICS, make_link


def save_topic(slug: str, name: str, *, language: str = settings.SOURCE_LANGUAGE, user: User) -> Topic:
    """Make a topic, or name it in a language.

    Its name stands on every page about it; their next editions find those who wrote it in the topic's history.

    Raises Blocked.
    """
    name = clean_line(name)
    with transaction.atomic():
        empty = [] if name else [_("A topic needs a name.")]
        refuse_if([*write_blockers(refreshed_user(user), language), *empty])
        topic = Topic.objects.select_for_update().filter(slug=slug).first() or Topic(slug=slug)
        set_column(topic, f"name_{column(language)}", name)
        save_row(topic, user=user, reason=_("topic named"))
        keep_words(topic, TopicWords, COLUMNS)
        return topic


def write_topical_page(copy: WorkingCopy, *, topics: Iterable[Topic] | None = None, **typed: Any) -> None:
    """Set the source language of a page and its topics in memory: `typed` is what `write_page` takes. Raises Blocked.

    None for `topics` leaves them as they are.
    """
    if topics is not None:
        links = {link.topic_id: link for link in copy.parts(TOPICS)}
        copy.set_parts(TOPICS, [links.get(topic.pk) or make_link(copy.row, topic) for topic in topics])
    write_page(copy, **typed)


def save_topical_page(document: Document, *, user: User, token: int | None, reason: str = "", **typed: Any) -> Any:
    """Save the source language: `typed` is what `write_topical_page` takes. Returns the kind's row.

    Raises Blocked or WorkingCopyChanged.
    """
    with editing(document, settings.SOURCE_LANGUAGE, user=user, token=token, note=reason) as opened:
        opened.saved = copy = kind_of(opened.document).read_copy(opened.document)
        write_topical_page(copy, **typed)
        taken_off = [link for link in getattr(copy.row, TOPICS).all() if link not in copy.parts(TOPICS)]
        for link in taken_off:
            link._history_user, link._change_reason = user, reason
            link.delete()
        opened.is_changed = save_copy(copy, user=user, reason=reason) > 0 or bool(taken_off)
        return copy.row
