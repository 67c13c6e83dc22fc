"""Sharing a preview of a working copy with people who have no account, and taking the link back."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import all_languages
from editorial.accounts.roles import Permission
from editorial.editions.blockers import refuse_if
from editorial.editions.models import Document
from editorial.editions.working.copies import acting, may_write_blockers

from .models import Lifetime, PreviewLink
from .previews import preview


def share_preview(document: Document, language: str, *, user, days: int = Lifetime.WEEK) -> tuple[PreviewLink, str]:
    """A link that works for so many days, one of `Lifetime`: (its row, the token that goes into its address).

    The token is told here and never again. Raises Blocked; ValueError for another number of days.
    """
    days = Lifetime(days)
    with transaction.atomic():
        user, now = acting(user), timezone.now()
        refuse_if([*sharing_blockers(document, language, user), *preview(document, language).empty])
        token = secrets.token_urlsafe(32)
        link = PreviewLink.objects.create(
            document=document,
            language=language,
            token_digest=_digest(token),
            made_by=user,
            made_by_name=user.name,
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        return link, token


def revoke_preview(link: PreviewLink, *, user) -> PreviewLink:
    """The link leads nowhere from now on. Raises Blocked."""
    with transaction.atomic():
        user, now = acting(user), timezone.now()
        link = PreviewLink.objects.select_for_update().get(pk=link.pk)
        refuse_if([*revoking_blockers(link, user), *_closed_blockers(link, now)])
        link.revoked_at, link.revoked_by, link.revoked_by_name = now, user, user.name
        link.save(update_fields=["revoked_at", "revoked_by", "revoked_by_name"])
        return link


def shared(token: str) -> PreviewLink | None:
    """The link that this token opens now. A constant number of queries.

    It is found by its digest: how long that takes tells nothing of the tokens that there are.
    """
    link = PreviewLink.objects.filter(token_digest=_digest(token)).select_related("document", "made_by").first()
    return link if link and link_works(link, timezone.now()) else None


def link_works(link: PreviewLink, at: datetime) -> bool:
    """Whether it opens the page: nothing ended it, and its maker may share the page still."""
    return link.is_open(at) and not sharing_blockers(link.document, link.language, link.made_by)


def sharing_blockers(document: Document, language: str, user) -> list[str]:
    """Why this user may not share this page's preview in this language."""
    if not user.may(Permission.SHARE) and may_write_blockers(user, language, document.kind):
        return [_("You may share a preview of pages that you write or translate; ask somebody who does.")]
    return []


def shareable(document: Document, user) -> list[str]:
    """The languages in which this user may share the page's preview."""
    return [language for language in all_languages() if not sharing_blockers(document, language, user)]


def revoking_blockers(link: PreviewLink, user) -> Iterator[str]:
    """Why this user may not take the link back."""
    if link.made_by_id != user.pk and not user.may(Permission.REVOKE):
        yield _("Only who made the link, a head of content or a site admin may take it back.")


def _closed_blockers(link: PreviewLink, now: datetime) -> Iterator[str]:
    if link.revoked_at:
        yield _("%(name)s took this link back already.") % {"name": link.revoked_by_name}
    elif link.expires_at <= now:
        yield _("This link has expired already.")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
