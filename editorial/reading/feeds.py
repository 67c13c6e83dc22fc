"""Atom feeds of what changed on readers' pages: in each language, and about each topic."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from editorial.accounts.languages import bcp47
from editorial.editions.kinds import kind_named
from editorial.editions.tree.nodes import NOTE

from .addresses import feed_url, page_url
from .recent_changes import CHANGED, NEW, REVIEWED, WITHDRAWN, Change, find_changes, find_topic
from .responses import PublicPage, public_view
from .structured_data import describe

_NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)
_CONTENT_TYPE = "application/atom+xml; charset=utf-8"


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """Of a feed without entries too, it is the same whenever it is asked for."""
        return super().latest_post_date() if self.items else _NOTHING_YET


@public_view
def feed(request: HttpRequest, *, language: str) -> PublicPage:
    """What changed last in a language."""
    return _feed_page(request, find_changes(language, timezone.now()), language, _("Plain answers about immunotherapy"))


@public_view
def topic_feed(request: HttpRequest, slug: str, *, language: str) -> PublicPage:
    """What changed last about a topic, by its key; unknown until a released page in this language names it."""
    changes = find_changes(language, timezone.now(), slug)
    if not changes:
        raise Http404
    roots = (change.verified.root for change in changes if change.verified)
    topics = (node for root in roots if (node := find_topic(root, slug)))
    return _feed_page(request, changes, language, next((node.plain("name") for node in topics), slug), slug)


def _feed_page(request: HttpRequest, changes: list[Change], language: str, title: str, topic: str = "") -> PublicPage:
    def answer() -> HttpResponse:
        own = request.build_absolute_uri(feed_url(language, topic))
        written = _Feed(
            title=title,
            link=request.build_absolute_uri(f"/{language}/"),
            description="",
            language=bcp47(language),
            feed_url=own,
            feed_guid=_tag(f"{language}/{topic}", None),
            author_name=_("Plain answers about immunotherapy"),
        )
        for change in changes:
            written.add_item(**_entry(request, change, language))
        return HttpResponse(written.writeString("utf-8"), content_type=_CONTENT_TYPE)

    parts = [
        [
            [change.record_digest, change.slug, change.sort, change.verified and change.verified.release.record_digest]
            for change in changes
        ],
        title,
        topic,
        request.get_host(),
        request.scheme,
    ]
    return PublicPage("", {}, parts, answer=answer)


def _entry(request: HttpRequest, change: Change, language: str) -> dict[str, Any]:
    return {
        "title": _title(change),
        "link": request.build_absolute_uri(page_url(kind_named(change.kind_name), change.slug, language)),
        "description": escape(_summary(change)),  # a summary is HTML
        "unique_id": _tag(f"{language}/{change.record_digest}", change.at),
        "pubdate": change.at,
        "updateddate": change.at,
        "categories": [change.sort],  # a code for programs, as the title says it in words
    }


def _title(change: Change) -> str:
    title = change.verified.edition.title if change.verified else ""
    if change.sort == NEW:
        return _("New page: %(title)s") % {"title": title}
    if change.sort == CHANGED:
        return _("Changed page: %(title)s") % {"title": title}
    if change.sort == REVIEWED:
        return _("Page checked again: %(title)s") % {"title": title}
    # The words of a page that was taken down are not shown again: its address says which one it was.
    return f"{title or _('This page was taken down')} ({change.slug})"


def _summary(change: Change) -> str:
    """Signed words: of a changed page, the note that tells readers what changed, if it has one."""
    if change.verified is None:
        return ""
    root = change.verified.root
    if change.sort == WITHDRAWN:
        return describe(root)
    return (root.plain(NOTE) if change.sort == CHANGED else "") or describe(root)


def _tag(specific: str, at: datetime | None) -> str:
    """An id (RFC 4151) that stays, whatever the address by which the feed was asked for."""
    day = (at or _NOTHING_YET).date().isoformat()
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{day}:{specific}"
