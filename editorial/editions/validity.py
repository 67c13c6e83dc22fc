"""Whether an edition stands: whether enough people signed it who wrote none of what their signature has to cover.

An edition's frozen contributors are those since its base, the edition released before it. While the base stands, its
words are covered by its own signatures. When they are revoked, the base's contributors count again: nobody's words may
rest on their own name alone. So does the back-check that the base then lacks: what it covered was not read again.

Whether an edition stands rests on every edition before it, but what stood when it was released needs no second look:
only a revocation since then, of a sign-off on it or on one before it, can have changed that. So a question reads the
edition, its base and its source, and further back only where something was revoked: the cost is the same however many
editions there were. (`manage.py verify_records` believes no release and calculates anew: see verifying.py.)

Nothing is remembered from one question to the next: a sign-off may be revoked between them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet

from .compiled_questions import DOCUMENT, KEYS, LANGUAGE, find_rows
from .models import Document, Edition, Release, Revocation, SignOff
from .requirement import Signatures, count_missing, lacks_back_check

AT_ONCE = 1000  # editions of one question


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rule asks of one edition. `stood` says that nothing was revoked since its release that it rests on."""

    pk: int
    document_id: int
    sequence: int
    base_id: int | None
    source_id: int | None
    required: int
    needs_back_check: bool
    contributor_ids: frozenset[int]
    stood: bool

    @property
    def rests_on(self) -> set[int]:
        return {pk for pk in (self.base_id, self.source_id) if pk is not None}


class Validity:
    """Who signed some editions and who wrote in them: what it says of each is by what it read.

    It answers for the editions that it was made with, by their keys, and whether the base and the source of each stand.
    `without` are keys of sign-offs that are left out, to tell what would be if they were revoked. Three queries, and
    three more where a sign-off that an edition rests on was revoked; none reads content.
    """

    def __init__(self, editions: Iterable[int], *, without: Collection[int] = ()) -> None:
        self._without = without
        self._without_since = dict(
            SignOff.objects.filter(pk__in=without).values_list("document").annotate(Min("edition__sequence"))
            if without
            else ()
        )
        self._facts: dict[int, _Facts] = {}
        asked = set(editions)
        self._load(asked)
        self._load_bases(self._facts.values())
        if any(not self._facts.keys() >= facts.rests_on for facts in self._fallen()):
            self._load_all_since_revoked({facts.document_id for facts in self._fallen()})
        self._signatures: dict[int, Signatures] = {pk: Signatures() for pk in asked}
        fallen = {facts.pk for facts in self._fallen()}
        for pk, edition_id, signer_id, meaning, asks in _find_by_editions(_ask_kept, asked | fallen):
            if pk not in without:
                signatures = self._signatures.get(edition_id, Signatures())
                self._signatures[edition_id] = signatures.add(signer_id, meaning, asks_back_check=asks)
        self._contributor_ids: dict[int, set[int]] = {}
        self._need_back_check: set[int] = set()
        self._valid_ids: set[int] = set()
        for facts in sorted(self._facts.values(), key=lambda facts: facts.sequence):
            self._judge(facts)

    def _load(self, editions: Iterable[int]) -> None:
        """Those, by their keys, that are not loaded."""
        self._keep(_find_by_editions(_ask_facts, set(editions) - self._facts.keys()))

    def _keep(self, rows: Iterable[Sequence[Any]]) -> None:
        for pk, document_id, sequence, base_id, source_id, required, needs, contributors, stood in rows:
            without_since = self._without_since.get(document_id)
            stood = stood and (without_since is None or sequence < without_since)
            ids = frozenset(person["id"] for person in contributors)
            self._facts[pk] = _Facts(
                pk, document_id, sequence, base_id, source_id, required, needs, ids, stood
            )  # fmt: skip

    def _load_bases(self, editions: Iterable[_Facts]) -> None:
        """Those and the sources that are not loaded."""
        self._load({pk for facts in editions for pk in facts.rests_on})

    def _load_all_since_revoked(self, documents: Collection[int]) -> None:
        """Every edition that a revocation may have reached, and those that these rest on, which stood."""
        revoked = SignOff.objects.filter(document__in=documents, revocation__isnull=False)
        since = dict(revoked.values_list("document").annotate(Min("edition__sequence")))
        for document_id in documents:
            firsts = [sequences[document_id] for sequences in (since, self._without_since) if document_id in sequences]
            since_then = Edition.objects.filter(document=document_id, sequence__gte=min(firsts, default=0))
            self._keep(_with_facts(since_then.exclude(pk__in=self._facts.keys())))
        self._load_bases(list(self._facts.values()))

    def _fallen(self) -> Iterator[_Facts]:
        """Those that have to be looked at again: never released, or something was revoked since."""
        return (facts for facts in self._facts.values() if not facts.stood)

    def _judge(self, facts: _Facts) -> None:
        """Those that come before it have been."""
        ids = set(facts.contributor_ids)
        needs_back_check = facts.needs_back_check or self._signatures.get(facts.pk, Signatures()).asks_back_check
        if facts.base_id is not None and facts.base_id not in self._valid_ids:
            ids |= self._contributor_ids.get(facts.base_id, set())
            needs_back_check |= self._lacks_back_check(facts.base_id)
        if needs_back_check:
            self._need_back_check.add(facts.pk)
        self._contributor_ids[facts.pk] = ids
        # What an edition rests on is of the same document and comes before it. What does not is as if nobody signed it.
        bases = [self._facts.get(pk) for pk in facts.rests_on]
        is_known = all(
            base and base.document_id == facts.document_id and base.pk in self._contributor_ids for base in bases
        )
        is_signed = self._count_missing(facts.pk, ids) == (0, 0)
        has_source = facts.source_id is None or facts.source_id in self._valid_ids
        if facts.stood or (is_signed and is_known and has_source):
            self._valid_ids.add(facts.pk)

    def _lacks_back_check(self, edition_id: int) -> bool:
        """Of an edition that does not stand."""
        ids, needs = self._contributor_ids.get(edition_id, set()), edition_id in self._need_back_check
        return lacks_back_check(self._signatures.get(edition_id, Signatures()), ids, needs_back_check=needs)

    def is_valid(self, edition_id: int) -> bool:
        """Whether the sign-offs that are not revoked meet the frozen requirement, and so do those of its source."""
        return edition_id in self._valid_ids

    def signer_ids(self, edition_id: int) -> set[int]:
        """Ids of the people whose sign-offs on this edition are not revoked, back-checks included."""
        return self._signatures[edition_id].people

    def count_missing(self, edition_id: int) -> tuple[int, int]:
        """(sign-offs, back-checks) that the edition still needs, by its own requirement."""
        return self._count_missing(edition_id, self._contributor_ids[edition_id])

    def needs_back_check(self, edition_id: int) -> bool:
        """Whether policy asked for one when it was submitted, or a signer did; or its base lost its own."""
        return edition_id in self._need_back_check

    def _count_missing(self, edition_id: int, contributor_ids: Collection[int]) -> tuple[int, int]:
        facts, signatures = self._facts[edition_id], self._signatures.get(edition_id, Signatures())
        needs_back_check = edition_id in self._need_back_check
        return count_missing(facts.required, signatures, contributor_ids, needs_back_check=needs_back_check)

    def contributor_ids(self, edition_id: int) -> set[int]:
        """Ids of the people who may not sign this edition: its contributors, and those of bases that do not stand."""
        return self._contributor_ids[edition_id]


def _find_by_editions(make: Callable[[], QuerySet[Any, Any]], editions: Collection[int]) -> Iterator[list[Any]]:
    keys = sorted(editions)
    for start in range(0, len(keys), AT_ONCE):
        yield from find_rows(make, keys=keys[start : start + AT_ONCE])


def _ask_facts() -> QuerySet[Any, Any]:
    return _with_facts(Edition.objects.filter(pk__in=[KEYS]))


def _with_facts(editions: QuerySet[Edition]) -> QuerySet[Any, Any]:
    return editions.annotate(stood=_stood_since_release()).values_list(
        "pk", "document_id", "sequence", "base_edition_id", "source_edition_id", "required_sign_offs",
        "needs_back_check", "contributors", "stood",
    )  # fmt: skip


def _ask_kept() -> QuerySet[Any, Any]:
    sign_offs = SignOff.objects.filter(edition__in=[KEYS], revocation__isnull=True).order_by()
    return sign_offs.values_list("pk", "edition_id", "recorded_by_id", "meaning", "asks_back_check")


def _stood_since_release() -> Exists:
    """Of an edition: whether it was released, and no sign-off on it or on one before it was revoked since."""
    revoked_since = Revocation.objects.filter(
        document=OuterRef("document"),
        sequence__gt=OuterRef("sequence"),
        sign_off__edition__sequence__lte=OuterRef(OuterRef("sequence")),
    )
    return Exists(Release.objects.filter(~Exists(revoked_since), edition=OuterRef("pk")))


def unrevoked_signer_ids(edition: Edition) -> set[int]:
    """Ids of the people whose sign-offs on this edition are not revoked."""
    return {signer_id for _pk, _edition_id, signer_id, *_rest in find_rows(_ask_kept, keys=[edition.pk])}


def contributor_ids(edition: Edition) -> set[int]:
    """Ids of the people who may not sign this edition: its own contributors, and those of bases that do not stand."""
    if edition.base_edition_id is None:
        return {person["id"] for person in edition.contributors}
    return Validity([edition.pk]).contributor_ids(edition.pk)


def is_valid(edition: Edition) -> bool:
    """Whether the sign-offs that are not revoked meet the frozen requirement, and so do those of its source."""
    return Validity([edition.pk]).is_valid(edition.pk)


def valid_base(edition: Edition, validity: Validity | None = None) -> Edition | None:
    """The edition that this one is compared with: the one released before it, while that stands.

    `validity` is one that was made with this edition, where a page has asked already.
    """
    if edition.base_edition_id is None:
        return None
    validity = validity or Validity([edition.pk])
    return edition.base_edition if validity.is_valid(edition.base_edition_id) else None


def find_base(document: Document, language: str) -> Edition | None:
    """The newest edition that was released and stands: words that it shares with the next one are signed."""
    newest = find_rows(_ask_newest_released, document=document.pk, language=language)
    if not newest:
        return None
    [[newest_id, has_stood]] = newest
    if has_stood:
        return Edition.objects.get(pk=newest_id)
    released = _released(document.pk, language)
    stood = released.filter(_stood_since_release()).defer("content").first()
    fallen_ids = released.filter(number__gt=stood.number if stood else 0).values_list("pk", flat=True)
    base_id = next(filter(Validity(fallen_ids).is_valid, fallen_ids), None)
    if base_id is None:
        return stood and Edition.objects.get(pk=stood.pk)
    return Edition.objects.get(pk=base_id)


def _released(document: int, language: str) -> QuerySet[Edition]:
    """Editions that were released, the newest first."""
    released = Edition.objects.filter(Exists(Release.objects.filter(edition=OuterRef("pk"))))
    return released.filter(document=document, language=language).order_by("-number")


def _ask_newest_released() -> QuerySet[Any, Any]:
    released = _released(DOCUMENT, LANGUAGE).annotate(stood=_stood_since_release())
    return released.values_list("pk", "stood")[:1]
