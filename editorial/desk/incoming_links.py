"""What leads to a page: editions that are live, scheduled or waiting, and drafts, a part at a time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import bcp47, own_name
from editorial.editions.kinds import kind_named
from editorial.editions.models import Document, DraftLink, Edition
from editorial.reading.link_report import (
    find_incoming,
    find_incoming_drafts,
    find_linking_drafts,
    find_linking_editions,
)
from editorial.reviews.models import PendingEdition

SIZE = 50  # of one part
STRETCH = 1_000  # of what leads or led there, that one part looks at: most of it may be of editions of before
EDITIONS, DRAFTS = "e", "d"  # of a place
_PLACE = re.compile(f"([{EDITIONS}{DRAFTS}])([0-9]{{1,18}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class IncomingLink:
    """A page, in one language, that leads to another one; `detail` says of which edition, or that it is a draft."""

    document_id: int
    title: str
    language: str
    detail: str

    @property
    def lang(self) -> str:
        return bcp47(self.language)

    @property
    def language_name(self) -> str:
        return own_name(self.language)


@dataclass(frozen=True, slots=True)
class IncomingLinks:
    """One part of a list; `next` is the place after which the next one begins, "" where there is none."""

    links: list[IncomingLink]
    next: str
    is_later: bool  # than the first


def read_incoming(document: Document, after: str = "") -> IncomingLinks:
    """One part of all that leads to a document: editions, then drafts, the newest first.

    It begins after the place that the part before named as `next`, or with the first one for a place that is none. Its
    cost does not grow with what leads there: of that, it looks at no more than a STRETCH of each sort.
    """
    sort, before = _read_place(after)
    at, is_waiting = timezone.now(), Exists(PendingEdition.objects.filter(edition=OuterRef("pk")))
    links: list[IncomingLink] = []
    if sort == EDITIONS:
        keys = find_linking_editions(document, before, STRETCH)
        editions = list(find_incoming(document, keys, at, is_waiting)[: SIZE + 1])
        links = [_edition_link(edition) for edition in editions[:SIZE]]
        if len(editions) > SIZE:
            return IncomingLinks(links, f"{EDITIONS}{editions[SIZE - 1].pk}", bool(after))
        if len(keys) == STRETCH:
            return IncomingLinks(links, f"{EDITIONS}{keys[-1]}", bool(after))
        before = None
    keys, room = find_linking_drafts(document, before, STRETCH), SIZE - len(links)
    drafts = list(find_incoming_drafts(document, keys, at, is_waiting)[: room + 1])
    titles = _titles(drafts[:room])
    links += [_draft_link(draft, titles) for draft in drafts[:room]]
    place = ""
    if len(drafts) > room:
        place = f"{DRAFTS}{drafts[room - 1].pk if room else drafts[0].pk + 1}"
    elif len(keys) == STRETCH:
        place = f"{DRAFTS}{keys[-1]}"
    return IncomingLinks(links, place, bool(after))


def _read_place(text: str) -> tuple[str, int | None]:
    """(sort, key) of what a part begins after."""
    if match := _PLACE.fullmatch(text):
        return match[1], int(match[2])
    return EDITIONS, None


def _edition_link(edition: Edition) -> IncomingLink:
    is_open = edition.is_open  # type: ignore[attr-defined]  # by `find_incoming`
    detail = _("edition %(number)s") if is_open else _("edition %(number)s, waiting for a sign-off")
    return IncomingLink(edition.document_id, edition.title, edition.language, detail % {"number": edition.number})


def _draft_link(draft: DraftLink, titles: dict[int, str]) -> IncomingLink:
    return IncomingLink(draft.document_id, titles[draft.document_id], draft.language, _("draft"))


def _titles(drafts: Iterable[DraftLink]) -> dict[int, str]:
    """{document's key: its working title}. One query for each kind."""
    by_kind: dict[str, set[int]] = {}
    for draft in drafts:
        by_kind.setdefault(draft.document.kind, set()).add(draft.document_id)
    rows = {
        key: row
        for kind, keys in by_kind.items()
        for key, row in kind_named(kind).model._base_manager.select_related("document").in_bulk(keys).items()
    }
    return {key: str(row) for key, row in rows.items()}
