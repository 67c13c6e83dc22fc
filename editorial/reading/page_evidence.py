"""Whether a page is still what it was, asked without making it.

Whatever readers see on a page follows from the records of the documents that stand on it, from the addresses of those
that it links to, and from the time. Each document's records are one chain, so its head stands for all of them. Where
two questions bring the same evidence, the page has the same bytes, except for what a date alone decides: whether a
review is due, and what a monograph's timeline says of today.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings

from editorial.editions.models import ChainHead, Dependency, Document, OldAddress, Release, ReleaseEnd, Withdrawal
from editorial.editions.models.dependencies import Reliance
from editorial.editions.raw_statements import fetch_rows, read_time, time_parameter

from .gate import interface_keys
from .models import NoticedPage, UrgentNotice, UrgentNoticeEnd
from .site_words import SITE_WORDS, STOCK_WITHDRAWAL

# Its own document or the one that once had the address, those whose words it shows or may show, the explanations of why
# it was taken down, and what urgent notices on it are about and say, each with the head of its chain; those notices
# themselves; those that it only links to, with whether they are live.
# Each with the newest instant at which any interval of its began or ended, and the next.
_STATEMENT = """
WITH page(id) AS (
    SELECT id FROM {document} WHERE kind = %s AND slug = %s
    UNION SELECT document_id FROM {old_address} WHERE kind = %s AND slug = %s
), live(edition_id) AS (
    SELECT r.edition_id FROM {release} r
    WHERE r.document_id IN (SELECT id FROM page) AND r.released_from <= %s
    AND NOT EXISTS (SELECT 1 FROM {end} e WHERE e.release_id = r.id AND e.released_until <= %s)
), noticed(id, digest, subject_id, text_id) AS (
    SELECT n.id, n.record_digest, n.subject_id, n.text_id FROM {notice} n
    WHERE (n.subject_id IN (
        SELECT id FROM page
        UNION SELECT document_id FROM {dependency} WHERE edition_id IN (SELECT edition_id FROM live)
    ) OR n.id IN (SELECT notice_id FROM {noticed_page} WHERE document_id IN (SELECT id FROM page)))
    AND NOT EXISTS (SELECT 1 FROM {notice_end} e WHERE e.notice_id = n.id)
), shown(id) AS (
    SELECT id FROM page
    UNION SELECT subject_id FROM noticed
    UNION SELECT text_id FROM noticed WHERE text_id IS NOT NULL
    UNION SELECT id FROM {document} WHERE {site_wide}
    UNION SELECT explanation_id FROM {withdrawal}
        WHERE document_id IN (SELECT id FROM page) AND explanation_id IS NOT NULL
    UNION SELECT document_id FROM {dependency}
        WHERE edition_id IN (SELECT edition_id FROM live) AND how = '{embeds}'
), evidence(id, head, is_live) AS (
    SELECT s.id, h.digest, NULL FROM shown s LEFT JOIN {head} h ON h.document_id = s.id
    UNION ALL
    SELECT subject_id, digest, 2 FROM noticed
    UNION ALL
    SELECT linked.id, NULL, CASE WHEN EXISTS (
        SELECT 1 FROM {release} r WHERE r.document_id = linked.id AND r.language IN (%s, %s)
        AND r.released_from <= %s
        AND NOT EXISTS (SELECT 1 FROM {end} e WHERE e.release_id = r.id AND e.released_until <= %s)
    ) THEN 1 ELSE 0 END
    FROM (
        SELECT DISTINCT document_id AS id FROM {dependency}
        WHERE edition_id IN (SELECT edition_id FROM live) AND how NOT IN ('{names}', '{states}')
        AND document_id NOT IN (SELECT id FROM shown)
    ) linked
)
SELECT d.id, d.kind, d.slug, d.key, v.head, v.is_live,
    CASE WHEN v.head IS NOT NULL THEN (
        SELECT MAX(released_from) FROM {release} r WHERE r.document_id = d.id AND released_from <= %s) END,
    CASE WHEN v.head IS NOT NULL THEN (
        SELECT MAX(released_until) FROM {end} e WHERE e.document_id = d.id AND released_until <= %s) END,
    CASE WHEN v.head IS NOT NULL THEN (
        SELECT MAX(withdrawn_from) FROM {withdrawal} w WHERE w.document_id = d.id AND withdrawn_from <= %s) END,
    (SELECT MIN(released_from) FROM {release} r WHERE r.document_id = d.id AND released_from > %s),
    (SELECT MIN(released_until) FROM {end} e WHERE e.document_id = d.id AND released_until > %s),
    (SELECT MIN(withdrawn_from) FROM {withdrawal} w WHERE w.document_id = d.id AND withdrawn_from > %s)
FROM evidence v JOIN {document} d ON d.id = v.id
ORDER BY d.id, v.head
"""
_NEXT = 9  # the first of the columns with an instant to come


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What a page rests on at one moment, told apart from what it rests on at any other."""

    digest: bytes  # SHA-256: equal where everything is as it was
    until: datetime | None  # when a release, an end or a withdrawal of any of it begins next; None if none is written


def fetch_page_evidence(kind_name: str, slug: str, language: str, at: datetime) -> PageEvidence:
    """What the page at this address rests on, for a reader of `language`: one statement, and no content.

    Also of an address where nothing is live, or never was: it tells whether the answer there is still the same. The
    build and the settings are not in it. Raises ValueError where a time in the database cannot be read.
    """
    now = time_parameter(at)
    names = site_wide_names()
    parameters = [
        *(kind_name, slug) * 2,
        *(now, now),
        *(part for name in names for part in name),
        *(language, settings.SOURCE_LANGUAGE),
        *[now] * 8,
    ]
    rows = fetch_rows(_compile(len(names)), parameters)
    instants = [instant for row in rows for value in row[_NEXT:] if (instant := read_time(value))]
    return PageEvidence(_digest([row[:_NEXT] for row in rows]), min(instants, default=None))


def site_wide_names() -> list[tuple[str, str]]:
    """(kind, key) of every document that any page may show or link to."""
    words = {(SITE_WORDS, key) for key in (*interface_keys(), STOCK_WITHDRAWAL)}
    pages = {(kind, key) for kind, key in (name.split("/") for name in settings.SITE_PAGES)}
    return sorted(words | pages)


def _digest(rows: Sequence[tuple[object, ...]]) -> bytes:
    return hashlib.sha256(repr(rows).encode()).digest()


@cache
def _compile(count: int) -> str:
    """The statement for so many site-wide documents."""
    return _STATEMENT.format(
        document=Document._meta.db_table,
        old_address=OldAddress._meta.db_table,
        release=Release._meta.db_table,
        end=ReleaseEnd._meta.db_table,
        withdrawal=Withdrawal._meta.db_table,
        dependency=Dependency._meta.db_table,
        head=ChainHead._meta.db_table,
        notice=UrgentNotice._meta.db_table,
        noticed_page=NoticedPage._meta.db_table,
        notice_end=UrgentNoticeEnd._meta.db_table,
        embeds=Reliance.EMBEDS,
        names=Reliance.NAMES,
        states=Reliance.STATES,
        # Each says that it has a key, or SQLite does not take the index of keys.
        site_wide=" OR ".join(["(kind = %s AND key = %s AND NOT (key = ''))"] * count),
    )
