"""Writing site words, through `editing` like every working copy."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from editorial.editions.blockers import refuse_if
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document
from editorial.editions.working.copies import create_document, editing
from editorial.editions.working.rows import save_copy, set_fields, write_parts
from editorial.editions.working_copy import WorkingCopy
from editorial.reading.site_words import SITE_WORDS

from ..models import SiteWords, SiteWordsPhrase


def create_site_words(
    slug: str, title: str, body: str = "", *, user, phrases: Iterable[dict] = (), is_page: bool = False
) -> SiteWords:
    """New site words under a key; for `phrases` see `write_site_words`. Raises Blocked when the key is taken."""
    with transaction.atomic():
        document = create_document(SITE_WORDS, slug, user=user)
        with editing(document, "en", user=user, token=0, note=_("created")):
            copy = WorkingCopy(document, SiteWords(document=document))
            write_site_words(copy, title, body, phrases=phrases, is_page=is_page)
            save_copy(copy, user=user, reason=_("created"))
            return copy.row


def write_site_words(
    copy: WorkingCopy, title: str, body: str, *, phrases: Iterable[dict] = (), is_page: bool | None = None
) -> None:
    """Set the source language in memory.

    `phrases` are rows of `write_parts` with key and text. None for `is_page` leaves it as it is. Raises Blocked.
    """
    phrases = list(phrases)
    fields = {"title": title, "body": body} | ({} if is_page is None else {"is_page": is_page})
    set_fields(copy.row, fields, words={"title": "plain", "body": "prose"})
    refuse_if(_key_blockers(copy, phrases))
    write_parts(copy, "phrases", phrases, words={"text": "plain"})


def save_site_words(
    document: Document, title: str, body: str, *, user, token: int | None, reason: str = "", **more: Any
) -> SiteWords:
    """Save the source language: `more` is what else `write_site_words` takes. Raises Blocked or WorkingCopyChanged."""
    with editing(document, "en", user=user, token=token, note=reason) as locked:
        copy = kind_of(locked).read_copy(locked)
        write_site_words(copy, title, body, **more)
        save_copy(copy, user=user, reason=reason)
        return copy.row


def _key_blockers(copy: WorkingCopy, rows: list[dict]) -> Iterator[str]:
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
