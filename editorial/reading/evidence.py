"""What stands behind a release: every record that it rests on, checked before a word of it is shown."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from editorial.editions.models import CorruptEdition, Edition, Release, ReleaseEnd, SignOff

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """A released edition with what readers must know about it, all of it checked against its digests."""

    release: Release
    edition: Edition
    sign_offs: tuple[SignOff, ...]  # those that stand, oldest first

    @property
    def language(self) -> str:
        return self.release.language

    @property
    def root(self):
        return self.edition.tree.root

    @property
    def last_sign_off(self) -> SignOff:
        return self.sign_offs[-1]

    @property
    def last_reviewed_on(self):
        """The date of the newest sign-off that stands, in the home time zone."""
        return timezone.localdate(self.last_sign_off.signed_at)

    @property
    def review_due_on(self):
        return self.last_sign_off.review_due_on

    def is_due(self, at: datetime) -> bool:
        """Due means that midnight of the due date, at home, has come."""
        return timezone.localdate(at) >= self.review_due_on


def standings(releases: list[Release]) -> list[Standing]:
    """Load and check what these releases let be read: one query, or two where a release has an end, however many.

    Raises CorruptEdition when anything on which they rest is not what was signed.
    """
    try:
        sign_offs, ends = _evidence(releases)
    except (TypeError, ValueError) as error:  # a column that cannot even be read
        raise CorruptEdition("Records of these releases cannot be read.") from error
    return [_checked(release, sign_offs.get(release.edition_id, []), ends.get(release.pk, [])) for release in releases]


def _evidence(releases: list[Release]) -> tuple[dict, dict]:
    """({edition id: sign-offs}, {release id: ends}) of these releases."""
    sign_offs: dict[int, list[SignOff]] = {}
    found = SignOff.objects.filter(edition__in=[release.edition_id for release in releases])
    for sign_off in found.select_related("edition", "review", "revocation").order_by("sequence"):
        sign_offs.setdefault(sign_off.edition_id, []).append(sign_off)
    ends: dict[int, list[ReleaseEnd]] = {}
    if ending := [release for release in releases if release.has_ends]:
        for end in ReleaseEnd.objects.filter(release__in=ending):
            ends.setdefault(end.release_id, []).append(end)
    return sign_offs, ends


def readable(releases: list[Release]) -> list[Standing]:
    """`standings` for a list: one page that does not verify is left out, with a loud line in the log."""
    try:
        return standings(releases)
    except CorruptEdition:
        return [standing for release in releases for standing in _readable_one(release)]


def with_company(release: Release, others: list[Release]) -> tuple[Standing, list[Standing]]:
    """The standing of a page, and those of what stands beside it: as many queries as `standings`.

    Raises CorruptEdition for the page's own records; what does not verify beside it is left out.
    """
    try:
        own, *beside = standings([release, *others])
    except CorruptEdition:
        (own,) = standings([release])
        return own, readable(others)
    return own, beside


def _readable_one(release: Release) -> list[Standing]:
    try:
        return standings([release])
    except CorruptEdition:
        log.critical("Left out, because its records do not verify: release %s", release.pk, exc_info=True)
        return []


def _checked(release: Release, sign_offs: list[SignOff], ends: list) -> Standing:
    """Fails closed: every record that this release rests on must be what was written, and fit the others."""
    standing = tuple(each for each in sign_offs if not hasattr(each, "revocation"))
    if not standing:
        raise CorruptEdition(f"Release {release.pk} has no sign-off.")
    edition = standing[0].edition
    try:
        fits = _fits(release, edition, sign_offs, standing, ends)
    except (TypeError, KeyError, ValueError, AttributeError, ObjectDoesNotExist) as error:
        raise CorruptEdition(f"Release {release.pk} rests on records that cannot be read.") from error
    if not fits:
        raise CorruptEdition(f"Release {release.pk} does not rest on what was signed.")
    edition.tree  # noqa: B018 (raises CorruptEdition where the bytes do not fit the digest)
    return Standing(release, edition, standing)


def _fits(release: Release, edition: Edition, sign_offs: list, standing: tuple, ends: list) -> bool:
    evidence = [release, edition, *sign_offs, *(each.review for each in sign_offs), *ends]
    signers = {each.recorded_by_id for each in standing}
    return (
        not release.was_withdrawn
        and all(record.is_intact for record in evidence)
        and all(each.review_digest == each.review.record_digest for each in sign_offs)
        and all(
            (each.document_id, each.language, each.number, each.content_digest)
            == (edition.document_id, edition.language, edition.number, edition.content_digest)
            for each in (release, *standing)
        )
        and len(signers) >= edition.required_sign_offs
        and not signers & {person["id"] for person in edition.contributors}
    )
