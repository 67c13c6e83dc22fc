"""The approvals in the list of drugs: by kind of cancer, chosen by what the address asks for, a page at a time.

Which approvals a page shows is asked of rows that were written when the monograph was released; what it shows of each
comes out of the signed tree.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from editorial.editions.models import CorruptEdition, Document, Release
from editorial.editions.tree.nodes import Node
from editorial.reading.list_facts import FactsPage
from editorial.reading.list_questions import listed_at
from editorial.reading.list_slices import cut_slice
from editorial.reading.models import ListedPage
from editorial.reading.withheld import find_withheld_blocks

from .approval_history import FOR_NOW, FUNDING, PATHWAYS, SUSPENDED
from .cancers import CancerType, family
from .models import KIND, ListedApproval, ListedBiomarker
from .patient_answers import DrugName, name_drug
from .presenters import ApprovalPresenter, event_days, present_approvals, withhold

log = logging.getLogger(__name__)

PER_PAGE = 24
MOST_COUNTED = 1_000  # approvals: a row takes ten times as long as one of a list of pages
# Every value that a filter knows, in the order in which it is offered; those without a list offer what occurs.
CANCERS = tuple(cancer.value for cancer in CancerType)
ALWAYS_OFFERED = ("triple-negative", "hr-positive", "her2-positive", "any-solid")
STAGES = ("early", "advanced")
STATES = ("in-force", *PATHWAYS, SUSPENDED, "withdrawn", *FUNDING)
NO_TEST = ListedBiomarker.NO_TEST


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One approval of one drug."""

    item: dict[str, Any]  # as reading/presenters.py makes it
    name: DrugName
    approval: ApprovalPresenter


@dataclass(frozen=True, slots=True)
class FilterOption:
    value: str
    word: str  # the key of its signed words
    text: str  # what stands there where nothing is signed: data, the same in every language
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ApprovalFilter:
    name: str
    word: str  # the key of its signed label
    options: tuple[FilterOption, ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalsPage(FactsPage):
    filters: tuple[ApprovalFilter, ...]
    total: int  # of all approvals, MOST_COUNTED + 1 for more than that


@dataclass(frozen=True, slots=True)
class ReleasedMonograph:
    """What rows are made from: without the approvals that are withheld from readers."""

    root: Node
    title: str


class ApprovalList:
    """The approvals, as DrugList asks for them: see ListedFacts."""

    parameters = frozenset({"cancer", "stage", "biomarker", "jurisdiction", "state"})

    def keep(self, pages: Collection[ListedPage], monographs: Mapping[int, ReleasedMonograph]) -> None:
        write_approvals(_approvals_on(pages, monographs))

    def find(self, language: str, query: Mapping[str, str], at: datetime, number: int) -> ApprovalsPage:
        occurring, total = _find_occurring(language, at)
        filters = _filters(occurring, query)
        chosen = {filter_.name: filter_.chosen for filter_ in filters if filter_.chosen}
        approvals = _chosen(_approvals_at(language, at), chosen).select_related("page").order_by("position")
        slice_ = cut_slice(approvals, number, PER_PAGE, most=MOST_COUNTED)
        pages = {approval.page_id: approval.page for approval in slice_.rows}
        return ApprovalsPage(
            slice=slice_,
            pages=tuple(pages.values()),
            query=chosen,
            validator_parts=(
                [[approval.page.release_id, approval.block_id, approval.state] for approval in slice_.rows],
                [[option.value, option.text] for filter_ in filters for option in filter_.options],
                total,
            ),
            filters=filters,
            total=total,
        )

    def context(self, page: FactsPage, items: Mapping[int, dict[str, Any]], at: datetime) -> dict[str, Any]:
        """Approvals by kind of cancer, and the filters as they are set in the address."""
        assert isinstance(page, ApprovalsPage)  # noqa: S101 (what `find` returned)
        day = timezone.localdate(at)
        presented = {
            (key, approval.node.id): ApprovalRow(item, name, approval)
            for key, item, name in ((key, item, name_drug(item["root"])) for key, item in items.items())
            for approval in present_approvals(item["root"], day)
        }
        keys = ((approval.page.release_id, approval.block_id) for approval in page.slice.rows)
        rows = [presented[key] for key in keys if key in presented]
        groups = [
            (cancer, list(group)) for cancer, group in groupby(rows, key=lambda row: row.approval.node.attrs["cancer"])
        ]
        return {
            "drugs": {
                "filters": page.filters,
                "is_approvals": True,
                "is_filtered": page.query != page.view,
                "shown": page.slice.count,
                "total": page.total,
                "is_counted": max(page.slice.count, page.total) <= MOST_COUNTED,
                "groups": [
                    {
                        "key": cancer,
                        "word": f"cancer-{cancer}",
                        "rows": group,
                        "has_funders": any(row.approval.term for row in group),
                    }
                    for cancer, group in groups
                ],
            }
        }

    def find_problems(self) -> Iterator[str]:
        pages = ListedPage.objects.filter(kind=KIND).select_related("document")
        for page in pages.prefetch_related("approvals__biomarkers").iterator(chunk_size=200):
            wanted = {
                (*_values(approval), *sorted(names))
                for approval, names in _approvals_on([page], read_monographs([page]))
            }
            kept = {
                (*_values(approval), *sorted(biomarker.slug for biomarker in approval.biomarkers.all()))
                for approval in page.approvals.all()
            }
            if wanted != kept:
                yield f"{page.document}: the list of drugs does not have its approvals; manage.py rebuild_lists does."


def drop_withheld_approvals(document: Document) -> None:
    """Write the rows of a monograph anew after a block of it was withheld from readers, in the same transaction."""
    pages = list(ListedPage.objects.filter(document=document, kind=KIND).select_related("document"))
    ListedApproval.objects.filter(page__in=pages).delete()
    write_approvals(_approvals_on(pages, read_monographs(pages)))


def write_approvals(rows: Iterable[tuple[ListedApproval, Mapping[str, str]]]) -> None:
    """Rows of approvals, each with {biomarker's slug: its name}."""
    made = list(rows)
    ListedApproval.objects.bulk_create((approval for approval, _names in made), batch_size=500)
    ListedBiomarker.objects.bulk_create(
        (
            ListedBiomarker(approval=approval, language=approval.language, slug=slug, name=name)
            for approval, names in made
            for slug, name in names.items()
        ),
        batch_size=500,
    )


def _values(approval: ListedApproval) -> tuple[Any, ...]:
    """What a row says."""
    return (
        approval.block_id, approval.cancer, approval.stage, approval.jurisdiction, approval.state,
        bytes(approval.position), approval.from_day, approval.until_day,
    )  # fmt: skip


def read_monographs(pages: Collection[ListedPage]) -> dict[int, ReleasedMonograph]:
    """{release's key: its monograph} of these pages. A corrupt edition is left out."""
    releases = Release.objects.filter(pk__in={page.release_id for page in pages}).select_related("edition").in_bulk()
    withheld = find_withheld_blocks({page.document_id for page in pages})
    monographs: dict[int, ReleasedMonograph] = {}
    for key, release in releases.items():
        try:
            root = withhold(release.edition.tree.root, withheld.get(release.document_id, set()))
            monographs[key] = ReleasedMonograph(root, release.edition.title)
        except CorruptEdition:  # its page is not shown either
            log.critical("The list of drugs leaves out a corrupt edition: release %s", key, exc_info=True)
    return monographs


def _approvals_on(
    pages: Collection[ListedPage], monographs: Mapping[int, ReleasedMonograph]
) -> Iterator[tuple[ListedApproval, dict[str, str]]]:
    """(the row of an approval, {biomarker's slug: its name}) of all that stand on these pages."""
    for page in pages:
        if monograph := monographs.get(page.release_id):
            yield from page_approvals(page, monograph.root)


def page_approvals(page: ListedPage, root: Node) -> Iterator[tuple[ListedApproval, dict[str, str]]]:
    """(the row of an approval, {biomarker's slug: its name}) for each time in which an approval of `root` stands as it
    does, from the day on which the page is listed.
    """
    name = name_drug(root).sort_key
    first = timezone.localdate(page.listed_from)
    days = [first, *sorted(day for day in event_days(root) if day > first), None]
    for from_day, until_day in pairwise(days):
        assert from_day is not None  # noqa: S101 (only the last is)
        for approval in present_approvals(root, from_day):
            attrs = approval.node.attrs
            row = ListedApproval(
                page=page, language=page.language, block_id=approval.node.id, cancer=attrs["cancer"],
                stage=attrs["stage"], jurisdiction=attrs["jurisdiction"], state=approval.state.status,
                position=_position(approval, name), from_day=from_day, until_day=until_day,
            )  # fmt: skip
            names = [name for marker in approval.markers for name in marker.names]
            yield row, {slugify(name, allow_unicode=True): name for name in names} or {NO_TEST: ""}


def _position(approval: ApprovalPresenter, name: str) -> bytes:
    """By kind of cancer; what is in force first, then by drug and stage."""
    attrs = approval.node.attrs
    since = (approval.state.since or date.min).toordinal()
    return b"".join(
        [
            bytes([_place(CANCERS, attrs["cancer"])]), attrs["cancer"].encode()[:40], b"\0",
            bytes([not approval.is_in_force]), name.encode()[:80], b"\0",
            bytes([_place(STAGES, attrs["stage"])]), since.to_bytes(4), approval.node.id.encode()[:40],
        ]
    )  # fmt: skip


def _place(known: tuple[str, ...], value: str) -> int:
    return known.index(value) if value in known else len(known)


def _approvals_at(language: str, at: datetime) -> QuerySet[ListedApproval]:
    day = timezone.localdate(at)
    on_day = Q(from_day__lte=day) & (Q(until_day__isnull=True) | Q(until_day__gt=day))
    return ListedApproval.objects.filter(listed_at(at, "page__"), on_day, language=language)


def _chosen(approvals: QuerySet[ListedApproval], chosen: Mapping[str, str]) -> QuerySet[ListedApproval]:
    for name, value in chosen.items():
        if name == "biomarker":
            approvals = approvals.filter(Exists(ListedBiomarker.objects.filter(approval=OuterRef("pk"), slug=value)))
        elif name == "cancer":
            approvals = approvals.filter(cancer__in=family(value))
        elif (name, value) == ("state", "in-force"):
            approvals = approvals.filter(state__in=PATHWAYS)
        elif name == "state" and value in FUNDING:
            approvals = approvals.filter(state__in=(value, f"{value}{FOR_NOW}"))
        else:
            approvals = approvals.filter(**{name: value})
    return approvals


def _find_occurring(language: str, at: datetime) -> tuple[dict[str, dict[str, str]], int]:
    """({filter: {each value that occurs: its words where they are data}}, how many approvals there are).

    One statement. From each value it asks for the next one, so it reads about as many rows as there are values.
    """
    time, day = (
        connection.ops.adapt_datetimefield_value(at),
        connection.ops.adapt_datefield_value(timezone.localdate(at)),
    )
    live = [time, time, day, day]
    step = [language, "", *live, language, *live]  # the first value, and the next ones
    with connection.cursor() as cursor:
        cursor.execute(_OCCURRING, [*step, *step, *step, *step, language, *live, language, *live, MOST_COUNTED + 1])
        rows = cursor.fetchall()
    occurring: dict[str, dict[str, str]] = {"biomarker": {}, "jurisdiction": {}, "cancer": {}, "state": {}}
    total = 0
    for name, value, text in sorted(rows, key=lambda row: (not row[2], row[2].lower(), row[1])):
        if name == "total":
            total = int(value)
        else:
            occurring[name][value] = text
    return occurring, total


_APPROVAL, _BIOMARKER = ListedApproval._meta.db_table, ListedBiomarker._meta.db_table
_LIVE = (
    f"FROM {_APPROVAL} a JOIN {ListedPage._meta.db_table} p ON p.id = a.page_id {{join}} WHERE {{of}} "
    "AND p.listed_from <= %s AND (p.listed_until IS NULL OR p.listed_until > %s) "
    "AND a.from_day <= %s AND (a.until_day IS NULL OR a.until_day > %s)"
)
_WITH_BIOMARKER = f"JOIN {_BIOMARKER} b ON b.approval_id = a.id"
_NEXT_BIOMARKER = (
    "SELECT b.slug " + _LIVE.format(join=_WITH_BIOMARKER, of="b.language = %s AND b.slug > {after}")
    + " ORDER BY b.slug LIMIT 1"
)  # fmt: skip
_NEXT_PLACE = (
    "SELECT a.jurisdiction " + _LIVE.format(join="", of="a.language = %s AND a.jurisdiction > {after}")
    + " ORDER BY a.jurisdiction LIMIT 1"
)  # fmt: skip
_NEXT_CANCER = _NEXT_PLACE.replace("jurisdiction", "cancer")
_NEXT_STATE = _NEXT_PLACE.replace("jurisdiction", "state")
_NAME = (
    "SELECT b.name " + _LIVE.format(join=_WITH_BIOMARKER, of="b.language = %s AND b.slug = markers.slug")
    + " ORDER BY b.id DESC LIMIT 1"
)  # fmt: skip
_OCCURRING = (
    f"WITH RECURSIVE markers(slug) AS (SELECT ({_NEXT_BIOMARKER.format(after='%s')}) "
    f"UNION ALL SELECT ({_NEXT_BIOMARKER.format(after='markers.slug')}) FROM markers WHERE slug IS NOT NULL), "
    f"places(place) AS (SELECT ({_NEXT_PLACE.format(after='%s')}) "
    f"UNION ALL SELECT ({_NEXT_PLACE.format(after='places.place')}) FROM places WHERE place IS NOT NULL), "
    f"cancers(cancer) AS (SELECT ({_NEXT_CANCER.format(after='%s')}) "
    f"UNION ALL SELECT ({_NEXT_CANCER.format(after='cancers.cancer')}) FROM cancers WHERE cancer IS NOT NULL), "
    f"states(state) AS (SELECT ({_NEXT_STATE.format(after='%s')}) "
    f"UNION ALL SELECT ({_NEXT_STATE.format(after='states.state')}) FROM states WHERE state IS NOT NULL) "
    f"SELECT 'biomarker', slug, ({_NAME}) FROM markers WHERE slug IS NOT NULL "
    "UNION ALL SELECT 'jurisdiction', place, place FROM places WHERE place IS NOT NULL "
    "UNION ALL SELECT 'cancer', cancer, '' FROM cancers WHERE cancer IS NOT NULL "
    "UNION ALL SELECT 'state', state, '' FROM states WHERE state IS NOT NULL "
    "UNION ALL SELECT 'total', CAST(COUNT(*) AS text), '' FROM "
    f"(SELECT 1 AS one {_LIVE.format(join='', of='a.language = %s')} LIMIT %s) counted"
)


def _filters(occurring: Mapping[str, Mapping[str, str]], query: Mapping[str, str]) -> tuple[ApprovalFilter, ...]:
    offered = {
        "cancer": ("col-cancer", _cancers(occurring["cancer"])),
        "stage": ("col-stage", dict.fromkeys(STAGES, "")),
        "biomarker": ("col-test", occurring["biomarker"]),
        "jurisdiction": ("col-jurisdiction", occurring["jurisdiction"]),
        "state": ("col-state", _states(occurring["state"], query.get("state", ""))),
    }
    return tuple(_filter(name, word, values, query.get(name, "")) for name, (word, values) in offered.items())


def _cancers(occurring: Mapping[str, str]) -> dict[str, str]:
    """Those that were always offered, those that occur, and what they are kinds of."""
    return {code: "" for code in CANCERS if code in ALWAYS_OFFERED or {*family(code)} & occurring.keys()}


def _states(occurring: Collection[str], requested: str) -> dict[str, str]:
    """Those that occur, and the one that the address asks for: that nothing has it is told by an empty list."""
    found = {*occurring, requested}
    told = {state.removesuffix(FOR_NOW) for state in found} | ({"in-force"} if found & {*PATHWAYS} else set())
    return {state: "" for state in STATES if state in told}


def _filter(name: str, word: str, values: Mapping[str, str], requested: str) -> ApprovalFilter:
    """What the address asks for and nobody knows is ignored."""
    chosen = requested if requested in values else ""
    options = [FilterOption(value, _option_word(name, value), text, value == chosen) for value, text in values.items()]
    return ApprovalFilter(name, word, tuple(options), chosen)


def _option_word(name: str, value: str) -> str:
    if name == "biomarker":
        return "no-test" if value == NO_TEST else ""
    return f"{name}-{value}"
