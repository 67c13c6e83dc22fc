"""What changed last, as a page: the same as the feed says, for who reads no feeds."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import bcp47, direction
from editorial.editions.kinds import kind_named
from editorial.editions.tree.nodes import NOTE

from .addresses import page_url, site_list_url
from .list_views import show_items
from .recent_changes import CHANGED, NEW, REVIEWED, WITHDRAWN, Change, find_changes
from .responses import PublicPage, public_view
from .verified_releases import home_date


@public_view
def changes(request: HttpRequest, *, language: str) -> PublicPage:
    """The pages in this language that were released, changed, checked again or taken down last, with their notes."""
    at = timezone.now()
    found = find_changes(language, at)
    answer, _items = show_items([], language, at)
    answer.template = "reading/changes.html"
    answer.address = lambda code: site_list_url("changes", code)
    answer.context |= {
        "changes": [_change_row(change, language) for change in found],
    }
    answer.available = set(settings.PUBLIC_LANGUAGES)
    answer.validator_parts.append(
        [
            [change.record_digest, change.slug, change.sort, change.verified and change.verified.release.record_digest]
            for change in found
        ]
    )
    return answer


def _change_row(change: Change, language: str) -> dict[str, Any]:
    """Of a page that was taken down, the title is that of the signed explanation, and its words are not shown again."""
    labels = {NEW: _("New"), CHANGED: _("Changed"), REVIEWED: _("Checked again")}
    verified = change.verified
    return {
        "sort": change.sort,
        "label": labels.get(change.sort, ""),
        "day": home_date(change.at),
        "title": verified.edition.title if verified else "",
        "lang": bcp47(language),
        "dir": direction(language),
        "slug": change.slug if change.sort == WITHDRAWN else "",
        "note": verified.root.plain(NOTE) if verified and change.sort == CHANGED else "",
        "url": page_url(kind_named(change.kind_name), change.slug, language),
    }
