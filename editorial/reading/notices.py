"""Urgent notices on a page: what each says in the reader's language, or else in the source language below a safe line.

Nothing of a notice is shown that does not verify: of one that was tampered with, readers see the safe line alone, which
is signed as site words. The page itself stays.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from editorial.editions.compiled_questions import find_instances
from editorial.editions.kinds import kind_named
from editorial.editions.models import CorruptEdition

from . import presenters
from .addresses import page_url
from .gate import GateResult
from .models import UrgentNotice
from .page_gate import live_in_list
from .site_words import NOTICE_WORDS, SITE_WORDS, LiveSiteWords
from .verified_releases import VerifiedRelease, filter_verified

log = logging.getLogger(__name__)

NOTICE = "notice"  # the name of the kind of what notices say; the engine needs no more of it


@dataclass(frozen=True, slots=True)
class PageNotices:
    """The urgent notices of one page, as its template gets them. `notices` is empty where none stands there.

    Each has `words`: the root of its two sentences, or None; `page`, their language and signers; `stock`, the key of a
    phrase; `has_line`, whether the safe line stands above; `drug` and `happened_on`, where they are known.
    """

    notices: Sequence[dict[str, Any]] = ()
    site_words: LiveSiteWords | None = None
    validator_parts: tuple[Any, ...] = field(default=())

    @property
    def context(self) -> dict[str, Any]:
        return {"urgent": self} if self.notices else {}


NO_NOTICES = PageNotices()


def page_notices(page: VerifiedRelease, language: str, at: datetime) -> PageNotices:
    """Those that stand on a page, for a reader of `language`. No query where there are none, else four at most."""
    if not page.notices:
        return NO_NOTICES
    rows = find_instances(UrgentNotice, "id", page.notices)
    intact = [row for row in rows if _is_intact(row)]
    documents = {row.subject_id for row in intact} | {row.text_id for row in intact if row.text_id}
    try:
        result = live_in_list(documents, language, at)
    except CorruptEdition:
        log.critical("Urgent notices are shown without their words, because releases cannot be read.", exc_info=True)
        result = GateResult({}, {})
    keys = {NOTICE_WORDS, *kind_named(NOTICE).site_words}
    own = [release for pk in documents for release in result.others.get(pk, {}).values()]
    words = result.site_words(keys, language)
    verified = filter_verified(list({release.pk: release for release in [*own, *words]}.values()))
    site_words = LiveSiteWords([one for one in verified if one.release.document.kind == SITE_WORDS], language, at)
    by_place = {(one.release.document_id, one.language): one for one in verified}
    context = _NoticeContext(result, by_place, site_words, page, language, at)
    shown = [notice for row in intact if (notice := context.present(row))]
    if len(intact) < len(page.notices):
        shown.append(dict(_SAFE))
    parts = (
        *(row.record_digest for row in rows),
        *(presenters.validator_parts(one, at) for one in verified),
        [(notice["has_line"], notice["stock"], bool(notice["words"])) for notice in shown],
    )
    return PageNotices(_in_order(shown), site_words, parts)


_SAFE: dict[str, Any] = {
    "because": "", "words": None, "page": None, "stock": "", "has_line": True, "drug": None, "happened_on": None,
}  # fmt: skip


def _is_intact(row: UrgentNotice) -> bool:
    try:
        return row.is_intact
    except (TypeError, ValueError, AttributeError):
        return False


def _in_order(shown: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The newest news first. Where a notice can be read in the reader's language, nothing else is said of its news."""
    notices = list(shown)
    readable = {notice["because"] for notice in notices if notice["words"] and not notice["has_line"]}
    stocked = {notice["because"] for notice in notices if notice["stock"] and not notice["has_line"]}
    kept = []
    for notice in notices:
        if notice["because"] in readable and (notice["stock"] or notice["has_line"]):
            continue
        if notice["because"] in stocked and not notice["stock"]:  # the stock sentence says what the line would
            notice = {**notice, "has_line": False}
        kept.append(notice)
    lines = [notice for notice in kept if notice == _SAFE]
    return [notice for notice in reversed(kept) if notice != _SAFE] + lines[:1]


@dataclass(frozen=True, slots=True)
class _NoticeContext:
    result: GateResult
    verified: dict[tuple[int, str], VerifiedRelease]  # by document and language
    site_words: LiveSiteWords
    page: VerifiedRelease
    language: str
    at: datetime

    def present(self, row: UrgentNotice) -> dict[str, Any] | None:
        """What the template gets; None where there is nothing to say: its text is not signed yet, or was taken down."""
        about = {"because": row.because, "happened_on": row.happened_on, "drug": self._drug(row)}
        if row.stock:
            phrase = self.site_words.phrase(NOTICE_WORDS, row.stock)
            signed = self.site_words.text(NOTICE_WORDS)
            has_line = phrase is None or phrase.is_foreign
            state = signed["page"] if signed else None
            return {**_SAFE, **about, "stock": row.stock, "page": state, "has_line": has_line}
        assert row.text_id  # noqa: S101 (for the type alone: the database has it so)
        releases = self.result.others.get(row.text_id, {})
        if not releases:
            return None
        # What was signed in the reader's language and does not verify is not shown in another one instead.
        language = self.language if self.language in releases else settings.SOURCE_LANGUAGE
        verified = self.verified.get((row.text_id, language))
        if verified is None:
            return {**_SAFE, **about}
        state = presenters.page_state(verified, self.language, source=None, at=self.at)
        return {**_SAFE, **about, "words": verified.root, "page": state, "has_line": language != self.language}

    def _drug(self, row: UrgentNotice) -> dict[str, Any] | None:
        """Its name as it is signed, and its address where that is another page."""
        for language in (self.language, settings.SOURCE_LANGUAGE):
            if verified := self.verified.get((row.subject_id, language)):
                is_own = row.subject_id == self.page.release.document_id
                url = "" if is_own else page_url(kind_named(verified.kind_name), verified.slug, self.language)
                return {**presenters.title_context(verified), "url": url}
        return None
