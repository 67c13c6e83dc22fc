"""Writing site words, through `editing` like every working copy."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from editorial.editions.blockers import refuse_if
from editorial.editions.models import Document
from editorial.editions.working.copies import create_document, editing, save_row
from editorial.editions.working.rows import save_parts, set_fields
from editorial.reading.site_words import SITE_WORDS

from ..models import SiteWords, SiteWordsPhrase


def create_site_words(
    slug: str, title: str, body: str = "", *, user, phrases: Iterable[dict] = (), is_page: bool = False
) -> SiteWords:
    """New site words under a key; for `phrases` see `save_site_words`. Raises Blocked when the key is taken."""
    with transaction.atomic():
        document = create_document(SITE_WORDS, slug, user=user)
        with editing(document, "en", user=user, token=0, note=_("created")):
            words = SiteWords(document=document)
            return _written(words, title, body, phrases, is_page, user=user, reason=_("created"))


def save_site_words(
    document: Document,
    title: str,
    body: str,
    *,
    user,
    token: int | None,
    reason: str = "",
    phrases: Iterable[dict] = (),
    is_page: bool | None = None,
) -> SiteWords:
    """Save the source language.

    `phrases` are rows of `save_parts` with key and text. None for `is_page` leaves it as it is. Raises Blocked or
    WorkingCopyChanged.
    """
    with editing(document, "en", user=user, token=token, note=reason):
        words = SiteWords.objects.get(document=document)
        return _written(words, title, body, phrases, is_page, user=user, reason=reason)


def _written(words: SiteWords, title: str, body: str, phrases, is_page, *, user, reason: str) -> SiteWords:
    phrases = list(phrases)
    fields = {"title": title, "body": body} | ({} if is_page is None else {"is_page": is_page})
    set_fields(words, fields, words={"title": "plain", "body": "prose"})
    save_row(words, user=user, reason=reason)
    refuse_if(_key_blockers(words, phrases))
    save_parts(words, "phrases", phrases, words={"text": "plain"}, user=user, reason=reason)
    return words


def _key_blockers(words: SiteWords, rows: list[dict]) -> Iterator[str]:
    """Keys are well formed and unique, also among retired phrases; two cannot change places in one save."""
    taken = {phrase.key: phrase.pk for phrase in words.phrases.all()}
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
