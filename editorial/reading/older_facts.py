"""Facts of a translation that are older than the source's: each block says so, and since when.

A translation goes on being read when the source has a newer edition. Its words may still be right, so the page stands;
but a dose or an approval that has changed must not stand there as if nothing had. The live source edition is held
against the one that was translated; the editions between the two tell since when the source has said otherwise.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Value

from editorial.editions.compiled_questions import KEYS, LANGUAGE, compiled
from editorial.editions.kind_answers import BlockKey
from editorial.editions.kinds import Kind, kind_named
from editorial.editions.models import CorruptEdition, Edition
from editorial.editions.tree.nodes import UnreadableTree

from .addresses import page_url
from .edition_trees import kept_trees
from .record_rows import EDITION, EditionRow, LiveRelease, ReleaseRow, read_edition
from .verified_releases import VerifiedRelease, home_date

log = logging.getLogger(__name__)

BlockFacts = Mapping[BlockKey, Any]
MOST = 20  # editions that are read of a page, however far a translation is behind


class OlderFact(NamedTuple):
    """That the live source says otherwise."""

    url: str  # where: the block on the source's page, or that page where the block is gone
    since: date  # in the home time zone


@dataclass(frozen=True, slots=True)
class OlderFacts:
    """What of one translation is older than the live source; nothing, unless somebody looked and found something."""

    blocks: Mapping[str, OlderFact] = field(default_factory=dict)  # by the id of a block of the translation
    additions: Mapping[str, OlderFact] = field(default_factory=dict)  # by the list that has a block more in the source
    lists: Mapping[str, OlderFact] = field(default_factory=dict)  # by the list in which anything is otherwise

    @property
    def validator_parts(self) -> list[Any]:
        """What a page's ETag must cover of it."""
        return [sorted(self.blocks.items()), sorted(self.additions.items())]


NOTHING_OLDER = OlderFacts()


class _SourceEdition(NamedTuple):
    edition: EditionRow
    released_from: datetime | None  # None if it never was


def is_outdated(verified: VerifiedRelease, source: LiveRelease | None) -> bool:
    """Whether the live source has said something else since the edition that was translated."""
    base = verified.edition.source_edition_id
    return bool(base and source and _says_as(source, source.edition_id) != _says_as(verified.release, base))


def _says_as(release: LiveRelease, otherwise: int) -> int:
    return (isinstance(release, ReleaseRow) and release.says_as) or otherwise


def find_older_facts(
    releases: Iterable[VerifiedRelease], live: Mapping[int, Mapping[str, LiveRelease]]
) -> dict[int, OlderFacts]:
    """{document id: what is older} for those of these releases that are translations of an older source edition.

    `live` holds live releases by document and language, as `GateResult.others`. One statement, however many releases
    there are; none where no page with facts is outdated. Where a source edition is not what was written, nothing is
    said of its document.
    """
    outdated = {
        verified.release.document_id: (verified, source)
        for verified in releases
        if kind_named(verified.kind_name).safety.critical_blocks
        and (source := live.get(verified.release.document_id, {}).get(settings.SOURCE_LANGUAGE))
        and is_outdated(verified, source)
    }
    if not outdated:
        return {}
    keys = [key for verified, source in outdated.values() for key in _edition_ids(verified, source)]
    editions = _load_editions(keys)
    return {
        document_id: _compare(verified, source, editions.get(document_id, []))
        for document_id, (verified, source) in outdated.items()
    }


def source_editions(edition_ids: Sequence[int], language: str) -> QuerySet[Edition, Any]:
    """These editions and, in `language`, those between the two of a document, once for each release.

    Of many, the newest MOST before the last: a day from which something is otherwise may then be told too late.
    """
    given = Edition.objects.filter(pk__in=edition_ids)
    of_document = given.filter(document=OuterRef("document"))
    return (
        Edition.objects.filter(
            Exists(of_document.filter(number__lte=OuterRef("number"))),
            Exists(of_document.filter(number__gte=OuterRef("number"), number__lte=OuterRef("number") + Value(MOST))),
            document__in=given.values("document"),
            language=language,
        )
        .order_by("-number")
        .values_list(*EDITION.lookups(), "releases__released_from")
    )


_EDITIONS = partial(source_editions, [KEYS], LANGUAGE)


def _edition_ids(verified: VerifiedRelease, source: LiveRelease) -> list[int]:
    base = verified.edition.source_edition_id
    return [base, source.edition_id] if base else []


def _load_editions(keys: list[int]) -> dict[int, list[_SourceEdition]]:
    """{document id: its source editions}; nothing of any where a column cannot even be read."""
    question = compiled(_EDITIONS)
    editions: dict[int, list[_SourceEdition]] = {}
    try:
        for row in question.convert_all(question.ask(keys=keys, language=settings.SOURCE_LANGUAGE)):
            edition = read_edition(tuple(row[:-1]))
            editions.setdefault(edition.document_id, []).append(_SourceEdition(edition, row[-1]))
    except (TypeError, ValueError):
        log.critical("Source editions cannot be read: editions %s", keys, exc_info=True)
        return {}
    return editions


def _compare(verified: VerifiedRelease, source: LiveRelease, editions: list[_SourceEdition]) -> OlderFacts:
    kind = kind_named(verified.kind_name)
    try:
        before = _read_base(kind, verified, editions)
        trail = _read_trail(kind, source, editions)
        day, now = next(trail)
        since = _date_changes(before, day, now, trail)
    except (CorruptEdition, UnreadableTree, StopIteration):
        log.critical("Not compared with its source: release %s", verified.release.pk, exc_info=True)
        return NOTHING_OLDER
    return _lay_out(page_url(kind, verified.slug, settings.SOURCE_LANGUAGE), before, now, since)


def _read_base(kind: Kind, verified: VerifiedRelease, editions: list[_SourceEdition]) -> BlockFacts:
    """The facts of the edition that was translated. Raises StopIteration where it is not there, and as `_read`."""
    return _read(kind, next(row.edition for row in editions if row.edition.pk == verified.edition.source_edition_id))


def _read_trail(kind: Kind, source: LiveRelease, editions: list[_SourceEdition]) -> Iterator[tuple[date, BlockFacts]]:
    """(day, facts) of each release up to the live one, newest first; each is read when it is asked for."""
    releases = [(row.released_from, row.edition) for row in editions if row.released_from]
    releases.sort(key=lambda release: release[0], reverse=True)
    for released_from, edition in releases:
        if released_from < source.released_from or edition.pk == source.edition_id:
            yield home_date(released_from), _read(kind, edition)


def _read(kind: Kind, edition: EditionRow) -> BlockFacts:
    """Raises CorruptEdition for one that is not what was written, UnreadableTree for bytes that are no tree."""
    if not edition.is_intact:
        raise CorruptEdition(f"Edition {edition.pk} is not what was frozen.")
    return kind.block_facts(kept_trees.read(edition).tree.root)


def _date_changes(
    before: BlockFacts, day: date, now: BlockFacts, trail: Iterator[tuple[date, BlockFacts]]
) -> dict[BlockKey, date]:
    """{block: the day from which every edition has said otherwise than `before`}; `now` is since `day`."""
    differing = {key for key in {*before, *now} if before.get(key) != now.get(key)}
    since = dict.fromkeys(differing, day)
    while differing and (earlier := next(trail, None)):
        day, facts = earlier
        differing = {key for key in differing if before.get(key) != facts.get(key)}
        since |= dict.fromkeys(differing, day)
    return since


def _lay_out(url: str, before: BlockFacts, now: BlockFacts, since: Mapping[BlockKey, date]) -> OlderFacts:
    blocks: dict[str, OlderFact] = {}
    additions: dict[str, OlderFact] = {}
    lists: dict[str, OlderFact] = {}
    for (list_id, block_id), day in sorted(since.items(), key=lambda item: (item[1], item[0])):
        is_there = (list_id, block_id) in now
        fact = OlderFact(f"{url}#{block_id}" if is_there else url, day)
        if (list_id, block_id) in before:
            blocks[block_id] = fact
        else:
            additions.setdefault(list_id, fact)
        lists.setdefault(list_id, fact)
    return OlderFacts(blocks, additions, lists)
