"""Writing articles. Everything goes through `editing`: one writer at a time, one language, with its history."""

from typing import Any

from editorial.accounts.models import User
from editorial.editions.models import Document
from editorial.editions.working.pages import create_page
from editorial.library.services.topics import save_topical_page

from .models import Article


def create_article(slug: str, title: str, *, user: User) -> Article:
    """A new article that has only a title. Raises Blocked when the address is taken."""
    article: Article = create_page("article", slug, title, user=user)
    return article


def save_article(document: Document, *, user: User, token: int | None, reason: str = "", **typed: Any) -> Article:
    """Save the source language: `typed` is what `write_topical_page` takes. Raises Blocked or WorkingCopyChanged.

    Its fields are title, lead, change_note, is_minor, review_interval_months, its parts key_points and sections.
    """
    article: Article = save_topical_page(document, user=user, token=token, reason=reason, **typed)
    return article
