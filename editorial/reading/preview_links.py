"""Links that show a working copy to people who have no account: creating, opening and revoking them."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import all_languages
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked, refuse_if
from editorial.editions.models import Document
from editorial.editions.working.copies import discarded_blockers, refreshed_user, write_blockers

from .models import Lifetime, PreviewLink
from .previews import build_preview


def create_preview_link(
    document: Document, language: str, *, user: User, days: int = Lifetime.WEEK
) -> tuple[PreviewLink, str]:
    """Share the preview for a number of days, one of `Lifetime`: (the link, the token that goes into its address).

    The token is returned here and stored nowhere. Raises Blocked; ValueError for another number of days.
    """
    days = Lifetime(days)
    with transaction.atomic():
        user, now = refreshed_user(user), timezone.now()
        blockers = sharing_blockers(document, language, user)
        try:
            build_preview(document, language)
        except Blocked as blocked:
            blockers += blocked.blockers
        refuse_if(blockers)
        token = secrets.token_urlsafe(32)
        link = PreviewLink.objects.create(
            document=document,
            language=language,
            token_digest=_digest(token),
            expires_at=now + timedelta(days=days),
            **PreviewLink.attribution(user, now),
        )
        return link, token


def revoke_preview_link(link: PreviewLink, *, user: User) -> PreviewLink:
    """From now on the link opens nothing. Raises Blocked."""
    with transaction.atomic():
        user, now = refreshed_user(user), timezone.now()
        link = PreviewLink.objects.select_for_update().get(pk=link.pk)
        refuse_if([*revoking_blockers(link, user), *_closed_blockers(link, now)])
        link.revoked_at, link.revoked_by, link.revoked_by_name = now, user, user.name
        link.save(update_fields=["revoked_at", "revoked_by", "revoked_by_name"])
        return link


def find_preview_link(token: str) -> PreviewLink | None:
    """The link that this token opens now, else None. A constant number of queries.

    It is found by its digest: how long that takes tells nothing about the tokens that exist.
    """
    link = PreviewLink.objects.filter(token_digest=_digest(token)).select_related("document", "made_by").first()
    return link if link and is_working(link, timezone.now()) else None


def is_working(link: PreviewLink, at: datetime) -> bool:
    """Whether it opens the preview: nothing ended it, and its maker may still share the page."""
    return link.is_open(at) and not sharing_blockers(link.document, link.language, link.made_by)


def sharing_blockers(document: Document, language: str, user: User) -> list[str]:
    """Why this user may not share this page's preview in this language."""
    if discarded := discarded_blockers(document):
        return discarded
    if not user.can(Permission.SHARE) and write_blockers(user, language, document.kind):
        return [_("You can share previews only of pages that you write or translate. Ask someone who does.")]
    return []


def shareable_languages(document: Document, user: User) -> list[str]:
    """The languages in which this user may share the page's preview."""
    return [language for language in all_languages() if not sharing_blockers(document, language, user)]


def revoking_blockers(link: PreviewLink, user: User) -> Iterator[str]:
    """Why this user may not revoke the link."""
    if link.made_by_id != user.pk and not user.can(Permission.REVOKE):
        yield _("Only the person who created the link, a head of content or a site admin can revoke it.")


def _closed_blockers(link: PreviewLink, now: datetime) -> Iterator[str]:
    if link.revoked_at:
        yield _("%(name)s has already revoked this link.") % {"name": link.revoked_by_name}
    elif link.expires_at <= now:
        yield _("This link has already expired.")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
