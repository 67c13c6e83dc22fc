"""Whether an edition stands: whether enough people signed it who wrote none of what their signature has to cover.

An edition's frozen contributors are those since its base, the edition released before it. While the base stands, its
words are covered by its own signatures. When they are revoked, the base's contributors count again: nobody's words may
rest on their own name alone.

Whether an edition stands rests on every edition before it, so all that is asked of them is read at once, in two
queries however many there are, and without their content. Nothing is remembered from one question to the next: a
sign-off may be revoked between them.
"""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef

from .models import Document, Edition, Release, SignOff


class Validity:
    """Who signed the editions of some documents and who wrote in them: what it says of each is by what it read.

    `without` are keys of sign-offs that are left out, to tell what would be if they were revoked.
    """

    def __init__(self, documents: Iterable[Document | int], *, without: Collection[int] = ()) -> None:
        documents = list(documents)
        self._signer_ids: dict[int, set[int]] = {}
        kept = SignOff.objects.filter(document__in=documents, revocation__isnull=True)
        for pk, edition_id, signer_id in kept.values_list("pk", "edition_id", "recorded_by_id"):
            if pk not in without:
                self._signer_ids.setdefault(edition_id, set()).add(signer_id)
        self._contributor_ids: dict[int, set[int]] = {}
        self._valid_ids: set[int | None] = set()
        # What an edition rests on is of the same document and comes before it. What does not is as if nobody signed it.
        editions = Edition.objects.filter(document__in=documents).order_by("sequence")
        for pk, base_id, source_id, required, contributors in editions.values_list(
            "pk", "base_edition_id", "source_edition_id", "required_sign_offs", "contributors"
        ):
            ids = {person["id"] for person in contributors}
            if base_id is not None and base_id not in self._valid_ids:
                ids |= self._contributor_ids.get(base_id, set())
            self._contributor_ids[pk] = ids
            is_signed = len(self.signer_ids(pk) - ids) >= required
            rests_on_known = base_id is None or base_id in self._contributor_ids
            if is_signed and rests_on_known and (source_id is None or source_id in self._valid_ids):
                self._valid_ids.add(pk)

    def is_valid(self, edition_id: int) -> bool:
        """Whether the sign-offs that are not revoked meet the frozen requirement, and so do those of its source."""
        return edition_id in self._valid_ids

    def signer_ids(self, edition_id: int) -> set[int]:
        """Ids of the people whose sign-offs on this edition are not revoked."""
        return self._signer_ids.get(edition_id, set())

    def contributor_ids(self, edition_id: int) -> set[int]:
        """Ids of the people who may not sign this edition: its contributors, and those of bases that do not stand."""
        return self._contributor_ids[edition_id]


def unrevoked_signer_ids(edition: Edition) -> set[int]:
    """Ids of the people whose sign-offs on this edition are not revoked."""
    sign_offs = SignOff.objects.filter(edition=edition, revocation__isnull=True)
    return set(sign_offs.values_list("recorded_by_id", flat=True))


def contributor_ids(edition: Edition) -> set[int]:
    """Ids of the people who may not sign this edition: its own contributors, and those of bases that do not stand."""
    if edition.base_edition_id is None:
        return {person["id"] for person in edition.contributors}
    return Validity([edition.document_id]).contributor_ids(edition.pk)


def counted_signer_ids(edition: Edition) -> set[int]:
    """Those whose sign-offs count: who wrote none of what their signature has to cover."""
    validity = Validity([edition.document_id])
    return validity.signer_ids(edition.pk) - validity.contributor_ids(edition.pk)


def is_valid(edition: Edition) -> bool:
    """Whether the sign-offs that are not revoked meet the frozen requirement, and so do those of its source."""
    return Validity([edition.document_id]).is_valid(edition.pk)


def valid_base(edition: Edition) -> Edition | None:
    """The edition that this one is compared with: the one released before it, while that stands."""
    if edition.base_edition_id is None or not Validity([edition.document_id]).is_valid(edition.base_edition_id):
        return None
    return edition.base_edition


def find_base(document: Document, language: str) -> Edition | None:
    """The newest edition that was released and stands: words that it shares with the next one are signed."""
    released = Edition.objects.filter(Exists(Release.objects.filter(edition=OuterRef("pk"))))
    ids = released.filter(document=document, language=language).order_by("-number").values_list("pk", flat=True)
    if not ids:
        return None
    validity = Validity([document])
    base_id = next(filter(validity.is_valid, ids), None)
    return None if base_id is None else Edition.objects.get(pk=base_id)
