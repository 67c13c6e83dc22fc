"""Signed words that a monograph needs and a site may not have: how an approval stands, and what happened to it."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils import timezone

from editorial.editions.models import CorruptEdition, Edition, Release
from editorial.editions.tree.nodes import Node, UnreadableTree
from editorial.reading.site_words import PHRASE, SITE_WORDS

from .layout import WORDS
from .presenters import present_approvals


def find_unsigned_words(root: Node, day: date) -> tuple[str, list[str]]:
    """(title of the words about drugs, keys that they lack and readers would be told `root` by).

    Nothing where no words about drugs are signed: a new site begins without any. At most one query.
    """
    needed = list(dict.fromkeys(_needed_words(root, day)))
    edition = _signed_words() if needed else None
    if edition is None:
        return "", []
    try:
        phrases = edition.tree.root.of_type(PHRASE)
    except (CorruptEdition, UnreadableTree):  # verify_records tells of it
        return "", []
    signed = {phrase.attrs.get("key") for phrase in phrases if phrase.plain("text")}
    return edition.title, [key for key in needed if key not in signed]


def _needed_words(root: Node, day: date) -> Iterator[str]:
    """Of the approvals as they stand on a day and in the end."""
    for approval in (*present_approvals(root, day), *present_approvals(root, date.max)):
        yield f"state-{approval.state.status}"
        if approval.term:
            yield from (approval.heading, approval.use_label)
        yield from (dated.word for dated in approval.dated_events)


def _signed_words() -> Edition | None:
    live = Release.objects.live(timezone.now()).filter(language=settings.SOURCE_LANGUAGE)
    release = live.with_key(SITE_WORDS, WORDS).select_related("edition").order_by("-number")
    newest = release.first()
    return newest.edition if newest else None
