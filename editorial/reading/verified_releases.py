"""The records behind a release, all of them verified before a word of it is shown."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from editorial.editions.models import CorruptEdition, Edition, Release, ReleaseEnd, SignOff, load_trees
from editorial.editions.tree.nodes import Node

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VerifiedRelease:
    """A release whose records all match their digests, and what readers must know about it."""

    release: Release
    edition: Edition
    sign_offs: tuple[SignOff, ...]  # those not revoked, oldest first

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
        return self.edition.tree.kind

    @property
    def root(self) -> Node:
        return self.edition.tree.root

    @property
    def last_sign_off(self) -> SignOff:
        return self.sign_offs[-1]

    @property
    def last_reviewed_on(self) -> date:
        """The date of the newest valid sign-off, in the home time zone."""
        return timezone.localdate(self.last_sign_off.signed_at)

    @property
    def review_due_on(self) -> date:
        return self.last_sign_off.review_due_on

    def is_due(self, at: datetime) -> bool:
        """A review is due from midnight of its date in the home time zone."""
        return timezone.localdate(at) >= self.review_due_on


def verify_releases(releases: list[Release]) -> list[VerifiedRelease]:
    """Load and verify the records of these releases, which come from `with_records`.

    One query, however many releases there are; two when a release has an end, and two more when an edition of an older
    version links to pages by their addresses. Raises CorruptEdition if any of their records is not what was signed.
    """
    try:
        sign_offs, ends = _load_records(releases)
    except (TypeError, ValueError) as error:  # a column that cannot even be read
        raise CorruptEdition("Records of these releases cannot be read.") from error
    verified = [
        _verify_release(release, sign_offs.get(release.edition_id, []), ends.get(release.pk, []))
        for release in releases
    ]
    load_trees([release.edition for release in verified])
    return verified


def filter_verified(releases: list[Release]) -> list[VerifiedRelease]:
    """Verify a list of releases. One that fails is left out and logged as critical; the rest are returned."""
    try:
        return verify_releases(releases)
    except CorruptEdition:
        return [verified for release in releases for verified in _filter_one(release)]


def verify_page(release: Release, embedded: list[Release]) -> tuple[VerifiedRelease, list[VerifiedRelease]]:
    """Verify a page and what is embedded in it, in as many queries as `verify_releases`.

    Raises CorruptEdition for the page's own records; an embed that fails is left out.
    """
    try:
        page, *verified = verify_releases([release, *embedded])
    except CorruptEdition:
        (page,) = verify_releases([release])
        return page, filter_verified(embedded)
    return page, verified


def _filter_one(release: Release) -> list[VerifiedRelease]:
    try:
        return verify_releases([release])
    except CorruptEdition:
        log.critical("Left out, because its records do not verify: release %s", release.pk, exc_info=True)
        return []


def _load_records(releases: list[Release]) -> tuple[dict[int, list[SignOff]], dict[int, list[ReleaseEnd]]]:
    """({edition id: sign-offs}, {release id: ends}) of these releases."""
    sign_offs_by_edition: dict[int, list[SignOff]] = {}
    sign_offs = SignOff.objects.filter(edition__in=[release.edition_id for release in releases])
    for sign_off in sign_offs.select_related("edition", "review", "revocation").order_by("sequence"):
        sign_offs_by_edition.setdefault(sign_off.edition_id, []).append(sign_off)
    ends_by_release: dict[int, list[ReleaseEnd]] = {}
    if ended := [release for release in releases if release.has_ends]:
        for end in ReleaseEnd.objects.filter(release__in=ended):
            ends_by_release.setdefault(end.release_id, []).append(end)
    return sign_offs_by_edition, ends_by_release


def _verify_release(release: Release, sign_offs: list[SignOff], ends: list[ReleaseEnd]) -> VerifiedRelease:
    """Fails closed: every record behind this release must be what was written, and match the others."""
    valid = tuple(sign_off for sign_off in sign_offs if not hasattr(sign_off, "revocation"))
    if not valid:
        raise CorruptEdition(f"Release {release.pk} has no sign-off.")
    edition = valid[0].edition
    try:
        matches = _has_intact_records(release, edition, sign_offs, valid, ends)
    except (TypeError, KeyError, ValueError, AttributeError, ObjectDoesNotExist) as error:
        raise CorruptEdition(f"Release {release.pk} rests on records that cannot be read.") from error
    if not matches:
        raise CorruptEdition(f"Release {release.pk} does not rest on what was signed.")
    return VerifiedRelease(release, edition, valid)


def _has_intact_records(
    release: Release,
    edition: Edition,
    sign_offs: Sequence[SignOff],
    valid: Sequence[SignOff],
    ends: Sequence[ReleaseEnd],
) -> bool:
    records = [release, edition, *sign_offs, *(sign_off.review for sign_off in sign_offs), *ends]
    signed = (edition.document_id, edition.language, edition.number, edition.content_digest)
    signer_ids = {sign_off.recorded_by_id for sign_off in valid}
    return (
        not release.is_withdrawn
        and all(record.is_intact for record in records)
        and all(sign_off.review_digest == sign_off.review.record_digest for sign_off in sign_offs)
        and all(
            (sign_off.document_id, sign_off.language, sign_off.number, sign_off.content_digest) == signed
            for sign_off in valid
        )
        and (release.document_id, release.language, release.number, release.content_digest) == signed
        and len(signer_ids) >= edition.required_sign_offs
        and not signer_ids & {person["id"] for person in edition.contributors}
    )
