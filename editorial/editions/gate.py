"""Asking the gate: what may be read, now or at another time. Pages, lists, search and feeds all come here."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .models import CorruptEdition, Document, Edition, OldAddress, Release, ReleaseEnd, SignOff, Withdrawal

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


def _policy() -> Q:
    kind, slug = settings.POLICY_PAGE.split("/")
    return Q(document__kind=kind, document__slug=slug, language=settings.SOURCE_LANGUAGE)


def is_policy(release: Release) -> bool:
    """Whether this is the page that says how pages are checked, to which every page leads."""
    document = release.document
    return f"{document.kind}/{document.slug}" == settings.POLICY_PAGE


def policy_is_live(at: datetime) -> bool:
    return Release.objects.live(at).filter(_policy()).exists()


def live_page(kind: str, slug: str, at: datetime) -> tuple[dict[str, Release], bool]:
    """({language: release} of one document, whether the policy page is live). One query; no content is loaded."""
    wanted = Q(document__kind=kind, document__slug=slug)
    found = list(Release.objects.live(at).filter(wanted | _policy()).with_evidence().order_by("number"))
    mine = {each.language: each for each in found if (each.document.kind, each.document.slug) == (kind, slug)}
    return mine, any(is_policy(each) and each.language == settings.SOURCE_LANGUAGE for each in found)


def live_documents(kind: str, language: str, at: datetime) -> list[Release]:
    """The live releases of one kind in one language, or in the source language where that has none.

    What was taken down in this language is not offered in another one instead: its address says so.
    """
    taken_down = Withdrawal.objects.filter(document=OuterRef("document"), language=language, withdrawn_from__lte=at)
    own, source = Q(language=language), Q(language=settings.SOURCE_LANGUAGE)
    found = (
        Release.objects.live(at).filter(own | (source & ~Exists(taken_down)), document__kind=kind).with_evidence()
    ).order_by("number")
    chosen: dict[int, Release] = {}
    for release in sorted(found, key=lambda each: each.language == language):
        chosen[release.document_id] = release
    return list(chosen.values())


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


def _readable_one(release: Release) -> list[Standing]:
    try:
        return standings([release])
    except CorruptEdition:
        log.critical("Left out of a list, because its records do not verify: release %s", release.pk, exc_info=True)
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


def withdrawn(kind: str, slug: str, language: str, at: datetime) -> Withdrawal | None:
    """The newest withdrawal of a page that is not live: in one language, or with "" in all."""
    found = Withdrawal.objects.filter(
        document__kind=kind, document__slug=slug, language=language, withdrawn_from__lte=at
    )
    return found.select_related("document", "explanation").order_by("-sequence").first()


def moved(kind: str, slug: str, at: datetime) -> Document | None:
    """The document that once had this address, if readers know it: it is live or was withdrawn."""
    known = Exists(Release.objects.live(at).filter(document=OuterRef("document")))
    known |= Exists(Withdrawal.objects.filter(document=OuterRef("document"), language="", withdrawn_from__lte=at))
    old = OldAddress.objects.filter(known, kind=kind, slug=slug).select_related("document").first()
    return old and old.document


def live_signed_by(signer_slug: str, at: datetime) -> tuple[list[Release], bool]:
    """(live releases of editions that this reviewer signed, newest first; whether the policy page is live)."""
    signed = Exists(SignOff.objects.filter(edition=OuterRef("edition"), signer_slug=signer_slug))
    found = Release.objects.live(at).annotate(signed=signed).filter(Q(signed=True) | _policy()).with_evidence()
    releases = list(found.order_by("-released_from"))
    return [each for each in releases if each.signed], any(is_policy(each) for each in releases)
