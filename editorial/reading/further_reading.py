"""Where a page stands among others, for its reader: the topics that it is about, and what follows it."""

from collections.abc import Iterable
from typing import Any

from editorial.accounts.languages import bcp47, direction
from editorial.editions.kinds import kind_named

from . import presenters
from .addresses import page_url, topic_url
from .gate import GateResult
from .paths import FurtherReading
from .record_rows import LiveRelease
from .title_rows import TOPIC
from .verified_releases import VerifiedRelease


def further_releases(further: FurtherReading, result: GateResult) -> list[LiveRelease]:
    """The live releases of the pages that follow."""
    releases = (result.release(row.document_id, row.release_id) for row in further.rows)
    return [release for release in releases if release is not None]


def further_context(
    page: VerifiedRelease, further: FurtherReading, verified: Iterable[VerifiedRelease], language: str
) -> dict[str, Any]:
    """What a page's template gets: the addresses of its topics, breadcrumbs, the next page and those about its topic.

    `verified` has those of `further_releases` that verify; no other is shown.
    """
    topics = {node.attrs["key"]: node.plain("name") for node in page.root.walk() if node.type == TOPIC}
    by_release = {other.release.pk: other for other in verified}
    links = {row: _link(by_release[row.release_id], language) for row in further.rows if row.release_id in by_release}
    lang = bcp47(page.language)
    first, is_apart = next(iter(topics), ""), kind_named(page.kind_name).listing.is_apart
    topic = {
        "title": topics.get(first, ""),
        "url": topic_url(first, language),
        "lang": lang,
        "dir": direction(page.language),
    }
    return {
        # Those above it; a page about no topic, and one whose list stands apart, keeps what its kind has.
        **({"breadcrumbs": [*presenters.breadcrumbs(language), topic]} if first and not is_apart else {}),
        "topic_urls": {key: topic_url(key, language) for key in topics},
        "next_page": next((link for row, link in links.items() if row.is_next), None),
        "related_pages": [link for row, link in links.items() if not row.is_next],
        "related_topic": {"name": topics.get(first, ""), "url": topic_url(first, language), "lang": lang},
    }


def _link(verified: VerifiedRelease, language: str) -> dict[str, Any]:
    kind = kind_named(verified.kind_name)
    names = list(dict.fromkeys(kind.other_names(verified.root)))
    return {"names": names, **presenters.title_context(verified), "url": page_url(kind, verified.slug, language)}
