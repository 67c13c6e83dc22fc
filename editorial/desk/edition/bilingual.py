"""A translation beside the source that it was made from, block by block: what changed in each, and what was answered.

The source is compared with the source edition that the earlier translation was made from, the translation with the
earlier translation, so that what one of the two changed and the other did not is seen at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict

from editorial.accounts.languages import bcp47, direction, own_name
from editorial.checks.report import FindingEntry, FindingsReport
from editorial.editions.kinds import Kind, kind_of
from editorial.editions.models import Edition
from editorial.editions.section_names import name_sections
from editorial.editions.tree import diff
from editorial.reviews.comparison import Comparison
from editorial.reviews.highlights import Highlight, HighlightedWord

from .blocks import BlockRow, rows_of
from .changes_panel import compare_with, find_highlights_since

PER_PAGE = 50  # blocks of one page
NEIGHBOURS = 2  # unchanged blocks that are folded beside a changed one; the others are counted


@dataclass(frozen=True, slots=True)
class BilingualRow:
    """One block in both languages. Either is None where that side has no such block, now or before.

    `answered` are findings to which the translator gave a reason, `findings` those that are open.
    """

    target: BlockRow | None
    source: BlockRow | None
    answered: list[FindingEntry]
    findings: list[FindingEntry]
    has_new_reason: bool = False

    @property
    def row(self) -> BlockRow:
        """What stands for both: the translation's."""
        row = self.target or self.source
        assert row is not None  # noqa: S101 (one of the two is a block)
        return row

    @property
    def node_id(self) -> str:
        return self.row.change.node.id

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened here, in either language, that somebody has to see."""
        return all(side is None or side.is_quiet for side in (self.target, self.source)) and not self.has_new_reason

    @property
    def changed_alone(self) -> str:
        """Which side changed where the other did not: "source", "target", or ""."""
        source, target = (side is not None and _has_other_words(side) for side in (self.source, self.target))
        return "" if source == target else "source" if source else "target"


def _has_other_words(row: BlockRow) -> bool:
    return row.has_changed and row.change.status != "moved" and not row.change.regrouped


@dataclass(frozen=True, slots=True)
class BilingualHighlight:
    """What matters of the change of one block: `words` of the translation, `source_words` of its source."""

    node_id: str
    href: str
    place: str
    source_place: str
    sentences: tuple[str, ...]
    source_words: tuple[HighlightedWord, ...]
    words: tuple[HighlightedWord, ...]


@dataclass(frozen=True, slots=True)
class BilingualView:
    """One page of the blocks. `groups` are [(folded?, rows, how many they stand for)]."""

    groups: list[tuple[bool, list[BilingualRow], int]]
    shows_all: bool
    is_first: bool  # nothing to compare with: no word is marked
    changed: int
    total: int
    page: int
    pages: int
    hrefs: Mapping[str, str]  # {id of a block: the way to it, also on another page}
    query: str  # of this page's address, with its "?", or ""; so are the next three
    before: str
    after: str
    other_view: str
    source: Edition
    base_source: Edition | None

    @property
    def source_lang(self) -> str:
        return bcp47(self.source.language)

    @property
    def source_dir(self) -> str:
        return direction(self.source.language)

    @property
    def source_name(self) -> str:
        return own_name(self.source.language)

    @property
    def has_other_source(self) -> bool:
        return self.base_source is not None and self.base_source.pk != self.source.pk


class BilingualPage:
    """What the page of a translation shows in two languages; reads the trees of at most two editions of the source."""

    def __init__(self, edition: Edition, comparison: Comparison) -> None:
        assert edition.source_edition is not None  # noqa: S101 (it is a translation)
        self.edition, self.source, self.comparison = edition, edition.source_edition, comparison
        self.kind: Kind = kind_of(edition.document)
        base = comparison.base
        self.base_source = base.source_edition if base else None
        self.source_changes = self._changes(self.base_source)

    def _changes(self, base_source: Edition | None) -> list[diff.Change]:
        """Those of the source; none of it is marked where there is nothing to compare with."""
        if base_source is None or base_source.pk == self.source.pk:
            return diff.compare_trees(self.source.tree, self.source.tree)
        return compare_with(base_source, self.source.tree)

    def build(self, targets: Sequence[BlockRow], report: FindingsReport, wanted: QueryDict) -> BilingualView:
        """`targets` are the blocks of the translation, `wanted` is what the address of the page says."""
        trees = [self.base_source.tree] if self.base_source else []
        sections = name_sections(self.kind, *trees, self.source.tree)
        sources = rows_of(self.kind, self.source_changes, {}, {}, sections)
        base = self.comparison.base
        rows = list(_with_findings(_paired(targets, sources), report, base))
        return _view(self, rows, base is None or wanted.get("units") == "all", wanted)

    def merge_highlights(
        self, highlights: Iterable[Highlight], since_signed: Iterable[Highlight], hrefs: Mapping[str, str]
    ) -> dict[str, list[BilingualHighlight]]:
        """The translation's highlights, each with those of the same block of the source.

        What only one of the two has comes first.
        """
        comparison = self.comparison
        of_source = find_highlights_since(self.kind, self.base_source, self.source.tree, self.source_changes)
        both = sorted(self._merge(highlights, of_source, hrefs), key=_is_on_both_sides)
        signed_source = comparison.signed.source_edition if comparison.signed else None
        of_signed: list[Highlight] = []
        if not comparison.is_with_signed and signed_source and signed_source.pk != self.source.pk:
            changes = self._changes(signed_source)
            of_signed = find_highlights_since(self.kind, signed_source, self.source.tree, changes)
        more = self._merge(since_signed, [each for each in of_signed if each not in of_source], hrefs)
        return {"highlights": both, "highlights_since_signed": sorted(more, key=_is_on_both_sides)}

    def _merge(
        self, targets: Iterable[Highlight], sources: Iterable[Highlight], hrefs: Mapping[str, str]
    ) -> Iterator[BilingualHighlight]:
        of_target = {highlight.node_id: highlight for highlight in targets}
        of_source = {highlight.node_id: highlight for highlight in sources}
        for key in [*of_source, *(key for key in of_target if key not in of_source)]:
            target, source = of_target.get(key), of_source.get(key)
            either = target or source
            assert either is not None  # noqa: S101 (one of the two has this block)
            yield BilingualHighlight(
                node_id=key,
                href=hrefs.get(key, f"#block-{key}"),
                place=either.place,
                source_place=source.place if source else "",
                sentences=either.sentences,
                source_words=source.words if source else (),
                words=target.words if target else (),
            )


def _is_on_both_sides(highlight: BilingualHighlight) -> bool:
    return bool(highlight.source_words) == bool(highlight.words)


def _paired(targets: Sequence[BlockRow], sources: Sequence[BlockRow]) -> Iterator[BilingualRow]:
    """In the translation's order; what only the source had stands after what stood before it there."""
    by_id = {row.change.node.id: row for row in sources}
    known = {row.change.node.id for row in targets}
    alone: dict[str, list[BlockRow]] = {}  # by the id of the block before, "" of the first
    before = ""
    for row in sources:
        if row.change.node.id in known:
            before = row.change.node.id
        else:
            alone.setdefault(before, []).append(row)
    yield from (BilingualRow(None, row, [], []) for row in alone.get("", []))
    for row in targets:
        yield BilingualRow(row, by_id.get(row.change.node.id), [], [])
        yield from (BilingualRow(None, other, [], []) for other in alone.get(row.change.node.id, []))


def _with_findings(
    rows: Iterable[BilingualRow], report: FindingsReport, base: Edition | None
) -> Iterator[BilingualRow]:
    """With what checks of the translation say of each. A reason that was given before `base` was frozen is no news."""
    answered, still_open = (_by_block(entries) for entries in (report.dismissed, _open_entries(report)))
    for row in rows:
        reasons = answered.get(row.node_id, [])
        is_new = any(
            base is None or entry.dismissal is None or entry.dismissal.dismissed_at > base.frozen_at
            for entry in reasons
        )
        yield replace(row, answered=reasons, findings=still_open.get(row.node_id, []), has_new_reason=is_new)


def _open_entries(report: FindingsReport) -> list[FindingEntry]:
    return [entry for check, entries in report.groups if check.is_about_translations for entry in entries]


def _by_block(entries: Iterable[FindingEntry]) -> dict[str, list[FindingEntry]]:
    blocks: dict[str, list[FindingEntry]] = {}
    for entry in entries:
        blocks.setdefault(entry.node_id, []).append(entry)
    return blocks


def _view(page: BilingualPage, rows: list[BilingualRow], shows_all: bool, wanted: QueryDict) -> BilingualView:
    comparison = page.comparison
    is_first = comparison.base is None
    loud = [place for place, row in enumerate(rows) if not row.is_quiet]
    paginator = Paginator(range(len(rows)) if shows_all else loud, PER_PAGE)
    shown = paginator.get_page(wanted.get("page"))
    start = _page_start(paginator, shown.number)
    end = _page_start(paginator, shown.number + 1) if shown.has_next() else len(rows)
    on_page = rows[start:end]
    groups = [(False, on_page, len(on_page))] if shows_all else list(_fold(on_page))
    compared = {"with": str(comparison.base.number)} if comparison.is_chosen and comparison.base else {}

    def query(number: int, *, all_units: bool) -> str:
        values = compared | ({"units": "all"} if all_units and not is_first else {})
        values |= {"page": str(number)} if number > 1 else {}
        return f"?{urlencode(values)}"

    here = {row.node_id for _folded, group, _count in groups for row in group}
    page_of = {place: 1 + turn // PER_PAGE for turn, place in enumerate(paginator.object_list)}
    hrefs = {}
    for place, row in enumerate(rows):
        if row.node_id in here:
            there = ""
        elif place in page_of:
            there = query(page_of[place], all_units=shows_all)
        else:  # folded away
            there = query(1 + place // PER_PAGE, all_units=True)
        hrefs[row.node_id] = f"{there}#block-{row.node_id}"
    return BilingualView(
        groups=groups,
        shows_all=shows_all,
        is_first=is_first,
        changed=len(loud),
        total=len(rows),
        page=shown.number,
        pages=paginator.num_pages,
        hrefs=hrefs,
        query=query(shown.number, all_units=shows_all).removesuffix("?"),
        before=query(shown.number - 1, all_units=shows_all) if shown.has_previous() else "",
        after=query(shown.number + 1, all_units=shows_all) if shown.has_next() else "",
        other_view=query(1, all_units=not shows_all),
        source=page.source,
        base_source=page.base_source,
    )


def _page_start(paginator: "Paginator[Any]", number: int) -> int:
    """Where a page begins among all blocks: right after the last of the page before."""
    counted = paginator.object_list
    return counted[(number - 1) * PER_PAGE - 1] + 1 if number > 1 else 0


def _fold(rows: list[BilingualRow]) -> Iterator[tuple[bool, list[BilingualRow], int]]:
    """The changed blocks with the unchanged ones between them, of which only the nearest are at hand."""
    for is_quiet, run in groupby(rows, key=lambda row: row.is_quiet):
        blocks = list(run)
        if is_quiet and len(blocks) > 2 * NEIGHBOURS:
            yield True, [*blocks[:NEIGHBOURS], *blocks[-NEIGHBOURS:]], len(blocks)
        else:
            yield is_quiet, blocks, len(blocks)
