"""What leads to a page: editions that are live, scheduled or waiting, and drafts, a part at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import bcp47, own_name
from editorial.editions.kinds import kind_named
from editorial.editions.models import Document, DraftLink, Edition
from editorial.reading.link_report import find_incoming, find_linking_drafts
from editorial.reviews.queue import pending_editions

SIZE = 50  # of one part
MOST = 1_000  # of each sort: whoever has more has no use for a list


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


def read_incoming(document: Document, number: int | str) -> "Page[IncomingLink]":
    """One part of all that leads to a document; the nearest one for a number that is none. Few queries."""
    editions = find_incoming(document, timezone.now(), pending_editions())
    drafts = find_linking_drafts(document, editions)
    keys = [(Edition, key) for key in editions.values_list("pk", flat=True)[:MOST]]
    draft_keys = [(DraftLink, key) for key in drafts.values_list("pk", flat=True)[:MOST]]
    part: Page[Any] = Paginator([*keys, *draft_keys], SIZE).get_page(number)
    known = editions.in_bulk([key for model, key in part.object_list if model is Edition])
    known_drafts = drafts.in_bulk([key for model, key in part.object_list if model is DraftLink])
    titles = _titles(known_drafts.values())
    part.object_list = [
        _edition_link(known[key]) if model is Edition else _draft_link(known_drafts[key], titles)
        for model, key in part.object_list
    ]
    return part


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
