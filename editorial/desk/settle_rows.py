"""The pages that one change reaches, as a reviewer settles them: a row for each, a column for each language."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils import timezone

from editorial.accounts.languages import all_languages, bcp47, direction, own_name
from editorial.accounts.models import User
from editorial.editions.known_names import KnownNames, names_of
from editorial.editions.labels import piece_label
from editorial.editions.models import CorruptEdition, Document, Edition, Release, load_trees
from editorial.editions.states import PublicState, WorkState
from editorial.editions.tree.links import find_pieces
from editorial.editions.tree.nodes import UnreadableTree
from editorial.reviews import queue, rules
from editorial.reviews.changed_claims import ChangedClaims, find_changed_claims
from editorial.reviews.ended_facts import find_asserting_sentences, find_ended_facts
from editorial.reviews.mentions import find_mentions
from editorial.reviews.models import Cause, RecheckQuerySet, Remark
from editorial.reviews.recheck_lines import RecheckLine, load_lines
from editorial.reviews.recheck_reasons import RecheckReason, find_all_reasons, find_reasons
from editorial.reviews.services import MOST_AT_ONCE

MOST_WORDS = 40  # passages of one edition that the list shows


@dataclass(frozen=True, slots=True)
class SettleCell:
    """One edition: its line, its state, its words that rest on the change, and why this user may not settle it."""

    line: RecheckLine
    state: Any  # a PublicState or a WorkState
    words: list[str]
    pieces: list[str]  # in the language of the desk
    more: int  # passages that are not shown
    blockers: list[str]
    remarks: int  # that were made on it since the line was opened

    @property
    def edition(self) -> Edition:
        return self.line.edition

    @property
    def lang(self) -> str:
        return bcp47(self.edition.language)

    @property
    def dir(self) -> str:
        return direction(self.edition.language)


@dataclass(frozen=True, slots=True)
class SettleRow:
    """One page. `wording` is what was typed as its new wording, and not sent yet."""

    document: Document
    title: str  # in the source language
    wording: str
    columns: list[list[SettleCell]]  # its editions in each of the languages of the whole list

    @property
    def is_certain(self) -> bool:
        return any(cell.line.is_certain for cell in self.cells)

    @property
    def cells(self) -> list[SettleCell]:
        return [cell for cells in self.columns for cell in cells]


@dataclass(frozen=True, slots=True)
class SettlePage:
    """Some of the pages that a change reaches: those that certainly rest on it first."""

    rows: list[SettleRow]
    languages: list[str]  # of their editions, each by its own name, in the order of the settings
    next_start: int  # how many pages come before the next part; 0 where this is the last
    page_count: int  # of all parts
    edition_count: int
    reasons: list[RecheckReason]  # what happened

    @property
    def lines(self) -> list[RecheckLine]:
        return [cell.line for row in self.rows for cell in row.cells]


def load_settle_page(
    cause: str, document: Document, user: User, *, start: int = 0, wordings: Mapping[int, str] | None = None
) -> SettlePage:
    """The part that begins after so many pages: as many as are settled at once. A constant number of queries."""
    pending = queue.pending_rechecks().filter(cause=cause, document=document)
    totals = pending.aggregate(
        pages=Count("edition__document", distinct=True), editions=Count("edition", distinct=True)
    )
    pages = _choose_pages(pending, start)
    editions = Edition.objects.filter(pk__in=pending.values("edition"), document__in=list(pages))
    shown = {edition.pk: edition for edition in editions.select_related("document").order_by("language", "number")}
    _try_to_load(list(shown.values()))
    lines = [
        line for line in load_lines(shown) if line.newest.cause == cause and line.newest.document_id == document.pk
    ]
    reasons = _find_reasons(cause, lines)
    claims = find_changed_claims(document, [reason.record for reason in reasons if reason.record])
    cells = _make_cells(lines, shown, names_of(document), claims, user)
    by_page: dict[int, dict[str, list[SettleCell]]] = {key: {} for key in pages}
    for cell in cells:
        by_page[cell.edition.document_id].setdefault(cell.edition.language, []).append(cell)
    spoken = {cell.edition.language for cell in cells}
    languages = [language for language in all_languages() if language in spoken]
    end = start + len(pages)
    return SettlePage(
        [
            SettleRow(page, page.title, (wordings or {}).get(key, ""), [by_page[key].get(of, []) for of in languages])
            for key, page in pages.items()
            if by_page[key]
        ],
        [own_name(language) for language in languages],
        end if end < totals["pages"] else 0,
        totals["pages"],
        totals["editions"],
        reasons,
    )


def _find_reasons(cause: str, lines: list[RecheckLine]) -> list[RecheckReason]:
    """Between which editions the page changed, or each thing that happened by itself."""
    if cause in (Cause.RELEASED, Cause.SOURCE):
        longest = max(lines, key=lambda line: len(line.rechecks), default=None)
        return [reason for _line, reason in find_reasons([longest] if longest else [])]
    return find_all_reasons(lines)


def _choose_pages(pending: RecheckQuerySet, start: int) -> dict[int, Any]:
    """{key: page, with its title in the source language}: as many as have MOST_AT_ONCE editions, and at least one."""
    of_page = pending.filter(edition__document=OuterRef("pk"))
    count = of_page.values("edition__document").annotate(count=Count("edition", distinct=True)).values("count")
    newest = Edition.objects.filter(document=OuterRef("pk"), language=settings.SOURCE_LANGUAGE).order_by("-number")
    pages = (
        Document.objects.filter(pk__in=pending.values("edition__document"))
        .annotate(
            is_certain=Exists(of_page.with_certainty().filter(is_certain=True)),
            count=Subquery(count),
            title=Subquery(newest.values("title")[:1]),
        )
        .order_by("-is_certain", "title", "pk")
    )
    chosen: dict[int, Any] = {}
    room = MOST_AT_ONCE
    for page in pages[start : start + MOST_AT_ONCE]:
        room -= page.count
        if room < 0 and chosen:
            break
        chosen[page.pk] = page
    return chosen


def _make_cells(
    lines: list[RecheckLine], shown: Mapping[int, Edition], names: KnownNames, claims: ChangedClaims, user: User
) -> list[SettleCell]:
    blockers = rules.find_signer_blockers(shown.values(), user)
    ended = find_ended_facts(line.rechecks for line in lines if line.newest.cause == Cause.UNTRUE)
    remarks, states = _count_remarks(lines), _load_states(shown)
    cells = []
    for line in sorted(lines, key=lambda line: list(shown).index(line.edition.pk)):
        edition, words, pieces = shown[line.edition.pk], [], set()
        if "tree" in edition.__dict__ and line.newest.cause == Cause.UNTRUE:
            words = find_asserting_sentences(edition.tree, {fact for one in line.rechecks for fact in ended[one.pk]})
        elif (
            "tree" in edition.__dict__ and edition.document_id != line.newest.document_id
        ):  # what is about itself is all
            words = find_mentions(edition.tree, line.newest.document_id, names, claims)
            pieces = {piece_label(node.attrs["piece"]) for node in find_pieces(edition.tree.root)}
        said = [text for text in words if text not in pieces]
        cells.append(
            SettleCell(
                line,
                states[edition.pk],
                said[:MOST_WORDS],
                [text for text in words if text in pieces],
                len(said[MOST_WORDS:]),
                blockers[edition.pk],
                remarks[edition.pk],
            )
        )
    return cells


def _load_states(editions: Iterable[int]) -> dict[int, Any]:
    """{edition's key: whether it is live, scheduled, or held}. One query."""
    now = timezone.now()
    opened = Release.objects.filter(edition__in=editions).open_after(now)
    states: dict[int, Any] = dict.fromkeys(editions, WorkState.HELD)
    for edition, released_from in opened.order_by("-released_from").values_list("edition_id", "released_from"):
        states[edition] = PublicState.LIVE if released_from <= now else PublicState.SCHEDULED
    return states


def _count_remarks(lines: list[RecheckLine]) -> Counter[int]:
    """{edition's key: remarks that were made on it since its line was opened}"""
    since = {line.edition.pk: line.since for line in lines}
    remarks = Remark.objects.filter(edition__in=since, thread__isnull=True).values_list("edition_id", "made_at")
    return Counter(pk for pk, made_at in remarks if made_at >= since[pk])


def _try_to_load(editions: list[Edition]) -> None:
    """The trees of all of them at once; where one is corrupt, of none: its own page says so."""
    try:
        load_trees(editions)
    except (CorruptEdition, UnreadableTree):
        for edition in editions:
            edition.__dict__.pop("tree", None)
