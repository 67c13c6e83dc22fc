"""Writing site words, through `editing` like every working copy."""

from django.db import transaction
from django.utils.translation import gettext as _

from editorial.editions.models import Document
from editorial.editions.sitewords import SITE_WORDS
from editorial.editions.working.copies import create_document, editing, save_row
from editorial.editions.working.rows import set_words

from ..models import SiteWords


def create_site_words(slug: str, title: str, body: str, *, user) -> SiteWords:
    """New site words under a key. Raises Blocked when the key is taken."""
    with transaction.atomic():
        document = create_document(SITE_WORDS, slug, user=user)
        with editing(document, "en", user=user, token=0, note=_("created")):
            return _written(SiteWords(document=document), title, body, user=user, reason=_("created"))


def save_site_words(
    document: Document, title: str, body: str, *, user, token: int | None, reason: str = ""
) -> SiteWords:
    """Save the source language. Raises Blocked or Stale."""
    with editing(document, "en", user=user, token=token, note=reason):
        return _written(SiteWords.objects.get(document=document), title, body, user=user, reason=reason)


def _written(words: SiteWords, title: str, body: str, *, user, reason: str) -> SiteWords:
    set_words(words, "title", title)
    set_words(words, "body", body, form="prose")
    save_row(words, user=user, reason=reason)
    return words
