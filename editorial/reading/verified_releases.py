"""The records behind a release, all of them verified before a word of it is shown."""

import logging
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from editorial.editions.compiled_questions import KEYS, CompiledQuestion, RawRow, compiled
from editorial.editions.kinds import kind_named
from editorial.editions.models import CorruptEdition, Meaning, ReleaseEnd, SignOff
from editorial.editions.requirement import collect_signatures, is_met
from editorial.editions.tree.nodes import Node, Tree

from .edition_trees import read_trees
from .record_rows import (
    EDITION,
    END,
    REVIEW,
    SIGN_OFF,
    EditionRow,
    LiveRelease,
    ReleaseRow,
    SignOffRow,
    Values,
    read_edition,
    read_sign_off,
)

log = logging.getLogger(__name__)


def home_date(moment: datetime) -> date:
    """The date of a moment in the home time zone."""
    return moment.astimezone(timezone.get_default_timezone()).date()


class VerifiedRelease(NamedTuple):
    """A release whose records all match their digests, and what readers must know about it."""

    release: LiveRelease
    edition: EditionRow
    sign_offs: tuple[SignOffRow, ...]  # those not revoked, oldest first
    tree: Tree

    @property
    def language(self) -> str:
        return self.release.language

    @property
    def slug(self) -> str:
        return self.release.document.slug

    @property
    def key(self) -> str:
        """What the program asks for its document by."""
        return self.release.document.key

    @property
    def kind_name(self) -> str:
        """The kind of the signed tree, as `kinds.kind_named` takes it."""
        return self.tree.kind

    @property
    def root(self) -> Node:
        return self.tree.root

    @property
    def withheld(self) -> frozenset[str]:
        """Ids of the blocks that readers see no more. Explanations, which are asked of the model, withhold nothing."""
        return self.release.withheld if isinstance(self.release, ReleaseRow) else frozenset()

    @property
    def notices(self) -> tuple[int, ...]:
        """Keys of the urgent notices that stand on the page; explanations have none."""
        return self.release.notices if isinstance(self.release, ReleaseRow) else ()

    @property
    def last_sign_off(self) -> SignOffRow:
        """The newest by somebody who read all of it; a back-check reads what is safety-critical."""
        return next(row for row in reversed(self.sign_offs) if row.meaning != Meaning.BACK_CHECKED)

    @property
    def back_checks(self) -> list[SignOffRow]:
        """Of a translation, those by people who read what is safety-critical without its source first."""
        return [row for row in self.sign_offs if row.meaning == Meaning.BACK_CHECKED]

    @property
    def last_reviewed_on(self) -> date:
        """The date of the newest valid sign-off, in the home time zone."""
        return home_date(self.last_sign_off.signed_at)

    @property
    def review_due_on(self) -> date:
        return self.last_sign_off.review_due_on

    def is_due(self, at: datetime) -> bool:
        """A review is due from midnight of its date in the home time zone."""
        return home_date(at) >= self.review_due_on


class _Evidence(NamedTuple):
    """What is said of one edition."""

    edition: EditionRow
    sign_offs: list[SignOffRow]  # also those that were revoked, oldest first


def verify_releases(releases: Sequence[LiveRelease]) -> list[VerifiedRelease]:
    """Load and verify the records of these releases, which come from `with_records` or from page_gate.py.

    One query, however many releases there are; two when a release has an end, and two more when an edition of an older
    version links to pages by their addresses. Raises CorruptEdition if any of their records is not what was signed.
    """
    verified = verify_records(releases)
    trees = read_trees([edition for edition, _sign_offs in verified])
    return [
        _without_withheld(VerifiedRelease(release, edition, sign_offs, tree))
        for release, (edition, sign_offs), tree in zip(releases, verified, trees, strict=True)
    ]


def verify_records(releases: Sequence[LiveRelease]) -> list[tuple[EditionRow, tuple[SignOffRow, ...]]]:
    """The same without reading the trees: [(the edition with its bytes, its sign-offs that are not revoked)]."""
    if not releases:
        return []
    try:
        evidence = _load_evidence([release.edition_id for release in releases])
        ends = _load_ends([release.pk for release in releases if release.has_ends])
    except (TypeError, ValueError) as error:  # a column that cannot even be read
        raise CorruptEdition("Records of these releases cannot be read.") from error
    return [
        _verify_release(release, evidence.get(release.edition_id), ends.get(release.pk, [])) for release in releases
    ]


def _without_withheld(verified: VerifiedRelease) -> VerifiedRelease:
    """With what readers may still see of its tree."""
    if not verified.withheld:
        return verified
    root = kind_named(verified.kind_name).withhold(verified.root, verified.withheld)
    return verified._replace(tree=verified.tree.with_root(root))


def filter_verified(releases: Sequence[LiveRelease]) -> list[VerifiedRelease]:
    """Verify a list of releases. One that fails is left out and logged as critical; the rest are returned."""
    try:
        return verify_releases(releases)
    except CorruptEdition:
        return [verified for release in releases for verified in _filter_one(release)]


def verify_page(release: LiveRelease, embedded: Sequence[LiveRelease]) -> tuple[VerifiedRelease, list[VerifiedRelease]]:
    """Verify a page and what is embedded in it, in as many queries as `verify_releases`.

    Raises CorruptEdition for the page's own records; an embed that fails is left out.
    """
    try:
        page, *verified = verify_releases([release, *embedded])
    except CorruptEdition:
        (page,) = verify_releases([release])
        return page, filter_verified(embedded)
    return page, verified


def _filter_one(release: LiveRelease) -> list[VerifiedRelease]:
    try:
        return verify_releases([release])
    except CorruptEdition:
        log.critical("Left out, because its records do not verify: release %s", release.pk, exc_info=True)
        return []


def edition_evidence(edition_ids: Sequence[int]) -> QuerySet[SignOff, Any]:
    """The sign-offs of these editions, each with the edition, its review, and whether it was revoked, oldest first."""
    return (
        SignOff.objects.filter(edition__in=edition_ids)
        .order_by("sequence")
        .values_list(*SIGN_OFF.lookups(), *EDITION.lookups("edition__"), *REVIEW.lookups("review__"), "revocation__pk")
    )


def release_ends(release_ids: Sequence[int]) -> QuerySet[ReleaseEnd, Any]:
    """The ends of these releases."""
    return ReleaseEnd.objects.filter(release__in=release_ids).order_by().values_list(*END.lookups())


_EVIDENCE = partial(edition_evidence, [KEYS])
_ENDS = partial(release_ends, [KEYS])
_SIGN_OFF, _EDITION = slice(len(SIGN_OFF)), slice(len(SIGN_OFF), len(SIGN_OFF) + len(EDITION))
_REVIEW = slice(_EDITION.stop, -1)
_RELEASE_OF_END = END.names.index("release_id")


def _load_evidence(edition_ids: list[int]) -> dict[int, _Evidence]:
    """{edition id: what is said of it}"""
    evidence: dict[int, _Evidence] = {}
    question = compiled(_EVIDENCE)
    for row in question.ask(keys=edition_ids):
        sign_off, edition = _read_evidence(question, row)
        evidence.setdefault(sign_off.edition_id, _Evidence(edition, [])).sign_offs.append(sign_off)
    return evidence


@lru_cache(maxsize=256)
def _read_evidence(question: CompiledQuestion, row: RawRow) -> tuple[SignOffRow, EditionRow]:
    """What follows from these columns, read and verified once: another row that is equal in all of them says the same.

    The bytes of the edition are among them, so the number of rows that are kept is a number of editions in memory.
    """
    values = tuple(question.convert(row))
    sign_off = read_sign_off(values[_SIGN_OFF], values[_REVIEW], is_revoked=values[-1] is not None)
    return sign_off, read_edition(values[_EDITION])


def _load_ends(release_ids: list[int]) -> dict[int, list[Values]]:
    """{release id: the columns of each of its ends}"""
    ends: dict[int, list[Values]] = {}
    if release_ids:
        question = compiled(_ENDS)
        for row in question.ask(keys=release_ids):
            values = tuple(question.convert(row))
            ends.setdefault(values[_RELEASE_OF_END], []).append(values)
    return ends


def _verify_release(
    release: LiveRelease, evidence: _Evidence | None, ends: list[Values]
) -> tuple[EditionRow, tuple[SignOffRow, ...]]:
    """Fails closed: every record behind this release must be what was written, and match the others."""
    valid = tuple(sign_off for sign_off in evidence.sign_offs if not sign_off.is_revoked) if evidence else ()
    if not evidence or not valid:
        raise CorruptEdition(f"Release {release.pk} has no sign-off.")
    try:
        matches = _has_intact_records(release, evidence, valid, ends)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise CorruptEdition(f"Release {release.pk} rests on records that cannot be read.") from error
    if not matches:
        raise CorruptEdition(f"Release {release.pk} does not rest on what was signed.")
    return evidence.edition, valid


def _has_intact_records(
    release: LiveRelease, evidence: _Evidence, valid: Sequence[SignOffRow], ends: Sequence[Values]
) -> bool:
    edition = evidence.edition
    signed = (edition.document_id, edition.language, edition.number, edition.content_digest)
    signer_ids = {sign_off.recorded_by_id for sign_off in valid}
    return (
        not release.is_withdrawn
        and release.is_intact
        and edition.is_intact
        and all(sign_off.is_intact for sign_off in evidence.sign_offs)
        and all(END.is_intact(end) for end in ends)
        and all(
            (sign_off.document_id, sign_off.language, sign_off.number, sign_off.content_digest) == signed
            for sign_off in valid
        )
        and (release.document_id, release.language, release.number, release.content_digest) == signed
        and is_met(
            edition.required_sign_offs,
            collect_signatures((row.recorded_by_id, row.meaning, row.asks_back_check) for row in valid),
            (),
            needs_back_check=bool(edition.needs_back_check),
        )
        and not signer_ids & {person["id"] for person in edition.contributors}
    )
