"""Proving the records: every link of every chain, every digest, every release. Reads only; trusts no trigger."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from operator import attrgetter
from typing import Any

from .models import (
    Document,
    Edition,
    Meaning,
    Record,
    Reinstatement,
    Release,
    ReleaseEnd,
    Review,
    Revocation,
    SignOff,
    TwoPersonRecord,
    Withdrawal,
    site_record_models,
)
from .models.records import GENESIS, ChainedRecord
from .record_loading import DocumentRecords, load_records
from .requirement import Signatures, collect_signatures, is_met, lacks_back_check

_further: list[Callable[[], Iterator[str]]] = []


def register_verification(check: Callable[[], Iterator[str]]) -> None:
    """Let an app above prove what its own pages rest on besides: a check says in words everything that is wrong."""
    _further.append(check)


def find_registered_problems() -> Iterator[str]:
    """What the checks of the apps above found, over all documents."""
    for check in _further:
        yield from check()


def find_problems(document: Document) -> Iterator[str]:
    """Everything that is wrong with the records of one document, in words; nothing when they are as written."""
    return find_all_problems([document])


def find_all_problems(documents: Collection[Document]) -> Iterator[str]:
    """The same of several documents, in their order. The number of queries does not depend on how many they are.

    Of the contents it keeps what it asks of them, and never more than one at a time.
    """
    try:
        records = load_records(documents)
    except (TypeError, ValueError) as error:
        if len(documents) > 1:  # in one of them; the others can be read
            for document in documents:
                yield from find_all_problems([document])
            return
        for document in documents:
            yield f"{document}: the records cannot be read: {error!r}"
        return
    for document in documents:
        of = records[document.pk]
        yield from _chain(document, of)
        try:
            yield from _meaning(document, of)
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            yield f"{document}: the records cannot be read: {error!r}"


def _meaning(document: Document, of: DocumentRecords) -> Iterator[str]:
    """What each record says, held against the others."""
    editions = {edition.pk: edition for edition in of[Edition]}
    reviews = {review.pk: review for review in of[Review]}
    for edition in of[Edition]:
        yield from _edition(edition, of)
    yield from _numbers(document, of[Edition])
    for sign_off in of[SignOff]:
        yield from _sign_off(sign_off, editions.get(sign_off.edition_id), reviews.get(sign_off.review_id))
    valid_ids = find_valid_editions(of)
    sign_offs, ends = _group(of[SignOff], "edition_id"), _group(of[ReleaseEnd], "release_id")
    for release in of[Release]:
        edition, its_ends = editions.get(release.edition_id), ends.get(release.pk, [])
        yield from _release(release, edition, sign_offs.get(release.edition_id, []), its_ends, of, valid_ids)
    for reinstatement in of[Reinstatement]:
        yield from _reinstatement(reinstatement, of)
    yield from _intervals(of[Release], ends)


def _signatures(sign_offs: Iterable[SignOff]) -> Signatures:
    return collect_signatures(
        (sign_off.recorded_by_id, sign_off.meaning, sign_off.asks_back_check) for sign_off in sign_offs
    )


def _group(records: Iterable[Any], name: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for record in records:
        groups.setdefault(getattr(record, name), []).append(record)
    return groups


def find_valid_editions(of: Mapping[type[Record], list[Any]] | DocumentRecords) -> set[int]:
    """Keys of the editions of a document that stand, by the rule of validity.py from the first on, not by releases."""
    revoked = {revocation.sign_off_id for revocation in of[Revocation]}
    sign_offs = _group((sign_off for sign_off in of[SignOff] if sign_off.pk not in revoked), "edition_id")
    contributor_ids: dict[int | None, set[int]] = {None: set()}
    valid_ids: set[int | None] = {None}
    lacking: set[int | None] = set()  # those that lack a back-check
    for edition in of[Edition]:
        base_id, ids = edition.base_edition_id, {person["id"] for person in edition.contributors}
        needs_back_check = edition.needs_back_check
        if base_id not in valid_ids:
            ids |= contributor_ids.get(base_id, set())
            needs_back_check |= base_id in lacking
        contributor_ids[edition.pk] = ids
        signed = _signatures(sign_offs.get(edition.pk, []))
        is_signed = is_met(edition.required_sign_offs, signed, ids, needs_back_check=needs_back_check)
        if lacks_back_check(signed, ids, needs_back_check=needs_back_check):
            lacking.add(edition.pk)
        # What it rests on is of the same document and comes before it. What does not is as if nobody signed it.
        if is_signed and base_id in contributor_ids and edition.source_edition_id in valid_ids:
            valid_ids.add(edition.pk)
    return {pk for pk in valid_ids if pk is not None}


def find_site_problems() -> Iterator[str]:
    """Everything that is wrong with the chains that belong to no document, in words."""
    for model in site_record_models():
        try:
            records = list(model._base_manager.order_by("sequence"))
            yield from _links(str(model._meta.verbose_name_plural), records)
            yield from _answers([record for record in records if isinstance(record, TwoPersonRecord)])
        except (TypeError, ValueError) as error:
            yield f"{model._meta.verbose_name_plural}: the records cannot be read: {error!r}"


def _answers(records: list[TwoPersonRecord]) -> Iterator[str]:
    """Answers that nobody could give: to what they asked for, about themselves, or to something else."""
    by_key = {record.pk: record for record in records}
    for answer in records:
        request = by_key.get(answer.request_id)
        if request is None:
            continue
        name, act = f"{answer._meta.verbose_name} {answer.sequence}".capitalize(), answer.act
        if (
            request.act != answer.ASKED
            or request.sequence > answer.sequence
            or _differs(request, answer, answer.SUBJECT)
        ):
            yield f"{name} does not answer the request that it names."
        barred = {getattr(request, column) for column in ("recorded_by_id", *answer.CONCERNED)}
        if act == answer.AGREED and answer.recorded_by_id is not None and answer.recorded_by_id in barred:
            yield f"{name}: whoever agreed had asked for it, or is the person concerned."
        if act == answer.AGREED and _differs(request, answer, answer.AGREED_TO):
            yield f"{name}: something else was changed than was asked for."


def _differs(one: TwoPersonRecord, other: TwoPersonRecord, columns: Sequence[str]) -> bool:
    return any(getattr(one, column) != getattr(other, column) for column in columns)


def _chain(document: Document, of: DocumentRecords) -> Iterator[str]:
    records = of.in_order()
    yield from _links(str(document), records, of.is_intact)
    count, digest = (records[-1].sequence, records[-1].record_digest) if records else (0, GENESIS)
    if of.head != (count, digest):
        yield f"{document}: the chain ends at record {count}, its head says otherwise."


def _links(
    chain: str, records: Sequence[ChainedRecord], is_intact: Callable[[Any], bool] = attrgetter("is_intact")
) -> Iterator[str]:
    previous, count = GENESIS, 0
    for record in records:
        count += 1
        name = f"{chain}: record {record.sequence} ({record._meta.model_name} {record.pk})"
        if record.sequence != count:
            yield f"{name} stands where record {count} should."
            count = record.sequence
        if record.previous_digest != previous:
            yield f"{name} does not follow the record before it."
        if not is_intact(record):
            yield f"{name} was changed after it was written."
        previous = record.record_digest


def _edition(edition: Edition, of: DocumentRecords) -> Iterator[str]:
    content = of.contents[edition.pk]
    if content.digest != edition.content_digest:
        yield f"Edition {edition.pk}: the bytes do not fit the digest."
    source = of.contents.get(edition.source_edition_id) if edition.source_edition_id else None
    if problem := content.problem or (source.problem if source else ""):
        yield f"Edition {edition.pk}: {problem}"
        return
    if content.language != edition.language:
        yield f"Edition {edition.pk}: the tree is in another language."
    if content.title[:300] != edition.title:
        yield f"Edition {edition.pk}: the title is not the tree's."
    embedded = of.embedded.get(edition.pk, {})
    # Where nobody could tell which pieces it shows, none is kept, and every change there reaches it.
    if any(
        other not in embedded or (embedded[other] and piece not in embedded[other]) for other, piece in content.pieces
    ):
        yield f"Edition {edition.pk}: a piece that it shows is not among its dependencies."
    if source is not None and content.structure != source.structure:
        yield f"Edition {edition.pk}: the structure is not that of its source edition."


def _numbers(document: Document, editions: list[Edition]) -> Iterator[str]:
    for language, of_language in sorted(_group(editions, "language").items()):
        numbers = [edition.number for edition in of_language]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{document}: the numbers of its editions in {language} have gaps: {numbers}"


def _sign_off(sign_off: SignOff, edition: Edition | None, review: Review | None) -> Iterator[str]:
    name = f"Sign-off {sign_off.pk}"
    if edition is None or sign_off.content_digest != edition.content_digest or sign_off.number != edition.number:
        yield f"{name} does not fit its edition."
    elif sign_off.recorded_by_id in {person["id"] for person in edition.contributors}:
        yield f"{name}: the signer contributed to the edition."
    elif sign_off.language not in sign_off.signer_languages:
        yield f"{name}: the signer could not sign in the language of the edition."
    if sign_off.meaning == Meaning.BACK_CHECKED and not sign_off.back_check:
        yield f"{name} is a back-check of nothing."
    if review is None or review.record_digest != sign_off.review_digest:
        yield f"{name} does not fit its review."


def _release(
    release: Release,
    edition: Edition | None,
    sign_offs: list[SignOff],
    ends: list[ReleaseEnd],
    of: DocumentRecords,
    valid_ids: set[int],
) -> Iterator[str]:
    """`sign_offs` are those of its edition, `ends` its own."""
    name = f"Release {release.pk}"
    if edition is None or release.content_digest != edition.content_digest:
        yield f"{name} does not fit its edition."
        return
    met_by = [sign_off for sign_off in sign_offs if sign_off.record_digest in release.met_by]
    required, needs_back_check = edition.required_sign_offs, edition.needs_back_check
    if not is_met(required, _signatures(met_by), (), needs_back_check=needs_back_check):
        yield f"{name}: the edition's required sign-offs are not there."
    if any(sign_off.sequence > release.sequence for sign_off in met_by):
        yield f"{name} comes before a sign-off that it rests on."
    between = [
        withdrawal
        for withdrawal in of[Withdrawal]
        if withdrawal.is_effective_in(release.language)
        and edition.sequence < withdrawal.sequence < release.sequence
        and not any(
            reinstatement.edition_id == edition.pk and withdrawal.sequence < reinstatement.sequence < release.sequence
            for reinstatement in of[Reinstatement]
        )
    ]
    if between:
        yield f"{name}: the page was withdrawn after its edition was frozen."
    if release.released_from < release.recorded_at:
        yield f"{name} reaches back in time."
    for withdrawal in of[Withdrawal]:
        after = withdrawal.is_effective_in(release.language) and withdrawal.sequence > release.sequence
        limit = max(withdrawal.withdrawn_from, release.released_from)
        if after and not any(end.released_until <= limit for end in ends):
            yield f"{name} goes on after the withdrawal of {withdrawal.withdrawn_from}."
    if not ends and edition.pk not in valid_ids:
        yield f"{name}: its edition no longer has the sign-offs that it needs."


def _reinstatement(reinstatement: Reinstatement, of: DocumentRecords) -> Iterator[str]:
    name = f"Reinstatement {reinstatement.pk}"
    sign_off = next((sign_off for sign_off in of[SignOff] if sign_off.pk == reinstatement.sign_off_id), None)
    if sign_off is None or not (
        sign_off.edition_id == reinstatement.edition_id
        and sign_off.recorded_by_id == reinstatement.recorded_by_id
        and sign_off.sequence < reinstatement.sequence
    ):
        yield f"{name} does not fit its sign-off."
    withdrawal = next(
        (withdrawal for withdrawal in of[Withdrawal] if withdrawal.pk == reinstatement.withdrawal_id), None
    )
    if withdrawal is None or not (
        withdrawal.is_effective_in(reinstatement.language) and withdrawal.sequence < reinstatement.sequence
    ):
        yield f"{name} does not fit its withdrawal."
    if _live_last(reinstatement, of) != reinstatement.edition_id:
        yield f"{name} brings back another edition than the one that was live last."


def _live_last(reinstatement: Reinstatement, of: DocumentRecords) -> int | None:
    """Key of the edition that was live last in its language before it, by what was recorded until then."""
    ends: dict[int, list[ReleaseEnd]] = {}
    for end in of[ReleaseEnd]:
        if end.sequence < reinstatement.sequence:
            ends.setdefault(end.release_id, []).append(end)
    was_live = [
        release
        for release in of[Release]
        if release.language == reinstatement.language
        and release.sequence < reinstatement.sequence
        and release.released_from <= reinstatement.recorded_at
        and all(end.released_until > release.released_from for end in ends.get(release.pk, []))
    ]
    last = max(was_live, key=lambda release: (release.released_from, release.sequence), default=None)
    return last.edition_id if last else None


def _intervals(releases: list[Release], ends: Mapping[int, list[ReleaseEnd]]) -> Iterator[str]:
    by_language: dict[str, list[tuple[Release, datetime | None]]] = {}
    for release in sorted(releases, key=lambda release: (release.released_from, release.sequence)):
        until = min((end.released_until for end in ends.get(release.pk, [])), default=None)
        if until is None or until > release.released_from:
            by_language.setdefault(release.language, []).append((release, until))
    for intervals in by_language.values():
        for (earlier, until), (later, _until) in pairwise(intervals):
            if until is None or until > later.released_from:
                yield f"Releases {earlier.pk} and {later.pk} overlap."
