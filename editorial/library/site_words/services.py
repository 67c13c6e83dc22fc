"""Saving site words: their keys have rules of their own."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.editions.kinds import Row
from editorial.editions.models import Document
from editorial.editions.working.pages import create_page, save_page
from editorial.editions.working_copy import WorkingCopy
from editorial.reading.site_words import SITE_WORDS

from .models import SiteWords, SiteWordsPhrase


def create_site_words(
    slug: str, title: str, body: str = "", *, user: User, phrases: Iterable[Row] = (), is_page: bool = False
) -> SiteWords:
    """New site words under a key; `phrases` have key and text. Raises Blocked when the key is taken."""
    words: SiteWords = create_page(
        SITE_WORDS, slug, title, user=user, parts={"phrases": phrases}, body=body, is_page=is_page
    )
    return words


def save_site_words(
    document: Document, title: str, body: str, *, user: User, token: int | None, reason: str = "",
    phrases: Iterable[Row] = (),
) -> SiteWords:  # fmt: skip
    """Save title, text and phrases in the source language. Raises Blocked or WorkingCopyChanged."""
    fields = {"title": title, "body": body}
    words: SiteWords = save_page(document, user=user, token=token, reason=reason, fields=fields, phrases=phrases)
    return words


def key_blockers(copy: WorkingCopy, rows: list[Row]) -> Iterator[str]:
    """Keys are well formed and unique, also among retired phrases; two cannot change places in one save."""
    taken = {phrase.key: phrase.pk for phrase in copy.parts("phrases")}
    named = Counter(row["key"] for row in rows if "key" in row)
    for row in rows:
        key, own = row.get("key"), row.get("id")
        if key is None and own:
            continue
        try:
            SiteWordsPhrase._meta.get_field("key").clean(key or "", None)
        except ValidationError as error:
            yield from (f"“{key or ''}”: {problem}" for problem in error.messages)
            continue
        if named[key] > 1 or taken.get(key, own) != own:
            yield _("Another phrase, maybe a retired one, has the key “%(key)s”. Choose another.") % {"key": key}
