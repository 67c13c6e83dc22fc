"""What changed last on readers' pages in one language, from the records: releases, signatures and withdrawals."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from editorial.editions.kinds import all_kinds
from editorial.editions.models import Document, Edition, Release, ReleaseEnd, SignOff, Withdrawal
from editorial.editions.tree.nodes import Node

from . import page_gate
from .edition_trees import read_trees
from .gate import GateResult
from .record_rows import EDITION, LiveRelease, read_edition
from .site_words import SITE_WORDS, STOCK_WITHDRAWAL
from .verified_releases import VerifiedRelease, filter_verified

MOST = 50
# Of each sort of record, so many are looked at: a page that changed often is one entry.
_LOOKED_AT = 4 * MOST
# Most signatures are followed by a release. Among so many, either 50 are not, or far more than 50 are.
_SIGNATURES_LOOKED_AT = 2_000

NEW, CHANGED, REVIEWED, WITHDRAWN = "new", "changed", "reviewed", "withdrawn"


class _Row(NamedTuple):
    at: datetime
    sort: str
    digest: str  # of the record
    document_id: int
    kind: str
    slug: str
    explanation_id: int | None = None
    edition_id: int | None = None  # of a page that was taken down: the last that could be read


class Change(NamedTuple):
    """The newest that was done to a page in this language."""

    sort: str
    at: datetime
    record_digest: str
    kind_name: str
    slug: str
    # The page as it can be read; of one that was taken down, the signed explanation in this language, if there is one.
    verified: VerifiedRelease | None


def find_changes(language: str, at: datetime, topic: str = "") -> list[Change]:
    """The newest MOST pages in this language that were released, reviewed or taken down, the newest change first.

    With `topic`, by its key, only those whose signed words name it. Eight statements at most, however much changed.
    """
    rows: dict[int, list[_Row]] = {}
    for row in sorted(_find_rows(language, at, topic), reverse=True):
        rows.setdefault(row.document_id, []).append(row)
    stock = Document.objects.filter(~Q(key=""), kind=SITE_WORDS, key=STOCK_WITHDRAWAL).values_list("pk", flat=True)
    stock_id = next(iter(stock), None) if any(row.sort == WITHDRAWN for own in rows.values() for row in own) else None
    explanations = {row.explanation_id for own in rows.values() for row in own} | {stock_id}
    asked = [*list(rows)[:_LOOKED_AT], *(pk for pk in explanations if pk)]
    result = page_gate.live_in_list(asked, language, at)
    changes = list(_choose(rows, result, language, stock_id))
    if not topic:
        changes = changes[:MOST]
    verified = _verify(release for _row, release in changes)
    shown = [
        (row, verified.get(release.pk) if release else None)
        for row, release in changes
        if row.sort == WITHDRAWN or (release and release.pk in verified)
    ]
    if topic:
        roots = _read_roots({row.edition_id for row, _verified in shown} - {None})
        shown = [
            (row, found)
            for row, found in shown
            if (root := roots.get(row.edition_id) if row.sort == WITHDRAWN else found and found.root)
            and find_topic(root, topic)
        ]
    return [Change(row.sort, row.at, row.digest, row.kind, row.slug, found) for row, found in shown[:MOST]]


def find_topic(root: Node, topic: str) -> Node | None:
    """The node of a signed tree that names a topic, by its key."""
    return next((node for node in root.walk() if node.type == "topic" and node.attrs.get("key") == topic), None)


def _choose(
    rows: dict[int, list[_Row]], result: GateResult, language: str, stock_id: int | None
) -> Iterator[tuple[_Row, LiveRelease | None]]:
    """(what was done last to a page, what there is to read of it), the newest first."""
    for document_id, own in rows.items():
        live = result.others.get(document_id, {}).get(language)
        withdrawals = [row for row in own if row.sort == WITHDRAWN]
        if live:
            if readable := [row for row in own if row.sort != WITHDRAWN]:
                yield readable[0], live
        elif withdrawals:  # what is hidden for another reason is no news
            keys = (withdrawals[0].explanation_id, stock_id)
            texts = [result.others.get(key, {}).get(language) for key in keys if key]
            yield withdrawals[0], next((text for text in texts if text), None)


def _verify(releases: Iterable[LiveRelease | None]) -> dict[int, VerifiedRelease]:
    distinct = {release.pk: release for release in releases if release}
    return {verified.release.pk: verified for verified in filter_verified(list(distinct.values()))}


def _read_roots(edition_ids: Collection[int | None]) -> dict[int | None, Node]:
    """{edition: its tree}, to know what pages that were taken down were about; without those that are not intact."""
    rows = Edition.objects.filter(pk__in=edition_ids).order_by().values_list(*EDITION.lookups()) if edition_ids else ()
    editions = [edition for row in rows if (edition := read_edition(tuple(row))).is_intact]
    trees = read_trees(editions)
    return {edition.pk: tree.root for edition, tree in zip(editions, trees, strict=True)}


def _find_rows(language: str, at: datetime, topic: str) -> Iterator[_Row]:
    kinds = [kind for kind in all_kinds() if kind.listing.is_in_menu]
    names = [kind.name for kind in kinds]
    about = Q()
    if topic:
        asked = [query for kind in kinds if (query := kind.documents_about(topic)) is not None]
        about = Q(document__in=asked[0].union(*asked[1:]) if len(asked) > 1 else asked[0]) if asked else Q(pk=None)
    documents = Q(document__kind__in=names) & about
    for *values, is_first in _ask(_releases(language, at), documents, "released_from", "is_first"):
        yield _row(values, NEW if is_first else CHANGED)
    for values in _ask(_reviews(language, at), documents, "recorded_at"):
        yield _row(values, REVIEWED)
    # Not by their kind, or SQLite reads past all documents of it.
    for values in _ask(_withdrawals(language, at), about, "withdrawn_from", "explanation_id", "edition_id"):
        if (row := _row(values, WITHDRAWN)).kind in names:
            yield row


def _row(values: Sequence[Any], sort: str) -> _Row:
    moment, digest, *more = values
    return _Row(moment, sort, digest, *more)


def _ask(records: QuerySet[Any], documents: Q, when: str, *more: str) -> QuerySet[Any, Any]:
    columns = (when, "record_digest", "document_id", "document__kind", "document__slug", *more)
    return records.filter(documents).order_by(f"-{when}").values_list(*columns)[:_LOOKED_AT]


_CANCELLED = ReleaseEnd.objects.filter(release=OuterRef("pk"), released_until__lte=OuterRef("released_from"))


def _releases(language: str, at: datetime) -> QuerySet[Any]:
    earlier = Release.objects.filter(
        ~Exists(_CANCELLED),
        document=OuterRef("document"),
        language=language,
        released_from__lt=OuterRef("released_from"),
    )
    releases = Release.objects.filter(~Exists(_CANCELLED), language=language, released_from__lte=at)
    return releases.annotate(is_first=~Exists(earlier))


def _reviews(language: str, at: datetime) -> QuerySet[Any]:
    """Signatures on what could be read already."""
    newest = SignOff.objects.filter(language=language, recorded_at__lte=at).order_by("-recorded_at")
    was_live = Release.objects.filter(
        ~Exists(_CANCELLED), edition=OuterRef("edition"), released_from__lt=OuterRef("recorded_at")
    )
    return SignOff.objects.filter(
        Exists(was_live), pk__in=newest.values("pk")[:_SIGNATURES_LOOKED_AT], revocation__isnull=True
    )


def _withdrawals(language: str, at: datetime) -> QuerySet[Any]:
    """Those in force, of what could be read in this language before."""
    was_live = Release.objects.filter(
        ~Exists(_CANCELLED),
        document=OuterRef("document"),
        language=language,
        released_from__lt=OuterRef("withdrawn_from"),
    )
    last = Subquery(was_live.order_by("-released_from").values("edition")[:1])
    withdrawals = Withdrawal.objects.in_force(at).filter(language__in=["", language])
    return withdrawals.annotate(edition_id=last).filter(edition_id__isnull=False)
