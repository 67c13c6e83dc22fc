"""Writing what the translation desk is asked from: in the transaction that saves, submits, signs, releases or ends."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from editorial.accounts.languages import target_languages
from editorial.editions.compiled_questions import AT, DOCUMENT, KEYS, LANGUAGE, find_rows
from editorial.editions.models import (
    Document,
    Edition,
    EndCause,
    Release,
    ReleaseEnd,
    Review,
    Revocation,
    UnitState,
    Verdict,
    Withdrawal,
    WorkingVersion,
)
from editorial.reading.list_rows import find_documents_with_wrong_rows
from editorial.reading.models import ListedPage

from ..models import ListedTranslation, TranslationState
from .reckoning import (
    EPOCH,
    NewestEdition,
    OpenRelease,
    PageRecords,
    find_intervals,
    find_position,
    find_rank,
)
from .source_changes import Pair, empty_digests, load_changes, load_unit_digests

Row = tuple[Any, ...]
_COLUMNS = [field.attname for field in ListedTranslation._meta.concrete_fields if field.attname != "id"]
_FROM, _UNTIL = _COLUMNS.index("holds_from"), _COLUMNS.index("holds_until")
# States in which all units of the source were done when the newest edition was submitted.
_WHOLE = (TranslationState.SENT_BACK, TranslationState.WAITING, TranslationState.SCHEDULED, TranslationState.LIVE)


def refresh_translations(documents: Collection[int], at: datetime) -> None:
    """Make the rows of these documents, by their keys, those of their records, from `at` on.

    Called with the locks on the documents, after anything was recorded of them and with their lists.
    """
    wanted, kept = set(_wanted(documents, at)), _kept(documents)
    if gone := [pk for row, pk in kept.items() if row not in wanted]:
        ListedTranslation.objects.filter(pk__in=gone).delete()
    missing = [ListedTranslation(**dict(zip(_COLUMNS, row, strict=True))) for row in wanted - kept.keys()]
    if missing:
        ListedTranslation.objects.bulk_create(missing, batch_size=500)


def keep_progress(document: Document, language: str) -> None:
    """The same after a draft was saved. While somebody goes on translating, it is one question and one write."""
    if language == settings.SOURCE_LANGUAGE:
        return  # what is translated is the signed edition
    at, states = timezone.now(), find_rows(_ask_progress, document=document.pk, language=language)
    source, digest, has_coming = states[0][:3] if states else (None, "", True)
    if source is None or has_coming:
        refresh_translations([document.pk], at)
        return
    done = _count_done([tuple(row[3:]) for row in states], source, str(digest))
    row = ListedTranslation.objects.filter(document=document, language=language, state=TranslationState.IN_WORK)
    row.exclude(units_done=done).update(units_done=done)


def find_translation_row_problems() -> Iterator[str]:
    """Documents whose rows are not what their records make of them, in words; nothing when all are."""
    for document in find_documents_with_wrong_rows(_find_wrong):
        yield f"{document}: the translation desk does not show it rightly; manage.py rebuild_lists mends it."


def _find_wrong(keys: Collection[int]) -> set[int]:
    at = timezone.now()
    kept = set()
    for row in _kept(keys):
        if row[_UNTIL] is None or row[_UNTIL] > at:
            kept.add((*row[:_FROM], EPOCH if row[_FROM] <= at else row[_FROM], *row[_FROM + 1 :]))
    return {row[0] for row in kept ^ set(_wanted(keys, at))}


def _wanted(documents: Collection[int], at: datetime) -> Iterator[Row]:
    """What the columns hold, in their order. What holds at `at` does so since EPOCH: no clock is behind it."""
    records = _load_records(documents, at)
    intervals = [
        (document, language, interval)
        for document, page in records.items()
        for language in target_languages()
        for interval in find_intervals(page, language, settings.SOURCE_LANGUAGE, at)
    ]
    if not intervals:
        return
    pairs: set[Pair] = {(interval.standing.source, None) for *_key, interval in intervals}
    pairs |= {(row.standing.source, row.standing.translated) for *_key, row in intervals if row.standing.translated}
    changes = load_changes(pairs)
    done = _load_progress(
        {
            (document, language, interval.standing.source)
            for document, language, interval in intervals
            if interval.standing.state == TranslationState.IN_WORK
        }
    )
    kinds = dict(Document.objects.filter(pk__in=records).values_list("pk", "kind"))
    for document, language, interval in intervals:
        standing, source = interval.standing, changes[interval.standing.source, None]
        change = changes[standing.source, standing.translated] if standing.translated else source
        is_outdated = standing.translated is not None
        critical = "" if standing.is_read or standing.state == TranslationState.WITHDRAWN else change.critical
        rank = find_rank(standing.state, critical, is_outdated=is_outdated, is_read=standing.is_read)
        changed = change.units if is_outdated else 0
        counted = {TranslationState.OUTDATED: source.units - changed} | dict.fromkeys(_WHOLE, source.units)
        values: dict[str, Any] = {
            "document_id": document,
            "kind": kinds[document],
            "language": language,
            "source_id": standing.source,
            "edition_id": standing.edition,
            "state": standing.state.value,
            "is_outdated": is_outdated,
            "units": source.units,
            "units_done": counted.get(standing.state) or done.get((document, language, standing.source), 0),
            "units_changed": changed,
            "words": change.words,
            "critical": critical,
            "since": standing.since,
            "position": find_position(rank, standing.since),
            "holds_from": interval.since if interval.since > at else EPOCH,
            "holds_until": interval.until,
        }
        yield tuple(values[name] for name in _COLUMNS)


def _kept(documents: Collection[int]) -> dict[Row, int]:
    """{what the columns hold: key}"""
    return {tuple(row): pk for pk, *row in find_rows(_ask_kept, keys=list(documents))}


def _ask_kept() -> QuerySet[Any, Any]:
    return ListedTranslation.objects.filter(document__in=[KEYS]).values_list("pk", *_COLUMNS)


# --- What is recorded -----------------------------------------------------------------------------------------


def _load_records(documents: Collection[int], at: datetime) -> dict[int, PageRecords]:
    """{document's key: its records}, of those that were ever released. Six statements, or one."""
    keys = list(documents)
    pages = {document: PageRecords(since) for document, since in find_rows(_ask_sources, keys=keys)}
    if not pages:
        return {}
    keys = list(pages)
    for document, *release in find_rows(_ask_releases, keys=keys, at=at):
        pages[document].releases.append(OpenRelease(*release))
    for document, language, *edition in find_rows(_ask_newest, keys=keys):
        pages[document].newest[language] = NewestEdition(*edition)
    for document, language, changed_at in find_rows(_ask_drafts, keys=keys):
        pages[document].changed_at[language] = changed_at
    for document, language, sequence, since in find_rows(_ask_withdrawals, keys=keys):
        pages[document].withdrawals.append((language, sequence, since))
    for document, language, since, until in find_rows(_ask_outdated, keys=keys, at=at):
        pages[document].outdated.append((language, since, until))
    return pages


def _source_releases() -> QuerySet[Release]:
    """Releases in the source language, but for schedules that were cancelled."""
    cancelled = ReleaseEnd.objects.filter(
        ~Q(cause=EndCause.SUPERSEDED), release=OuterRef("pk"), released_until__lte=OuterRef("released_from")
    )
    return Release.objects.filter(~Exists(cancelled), language=settings.SOURCE_LANGUAGE).order_by()


def _ask_sources() -> QuerySet[Any, Any]:
    rows = _source_releases().filter(document__in=[KEYS]).values("document_id")
    return rows.annotate(first=Min("released_from")).values_list("document_id", "first")


def _ask_releases() -> QuerySet[Any, Any]:
    newer = _source_releases().filter(
        document=OuterRef("document"), number__gt=OuterRef("edition__source_edition__number")
    )
    rows = Release.objects.filter(document__in=[KEYS]).open_after(AT).with_until().order_by("released_from", "pk")
    return rows.values_list(
        "document_id", "language", "edition_id", "edition__source_edition_id", "released_from", "released_until",
        Subquery(newer.order_by("released_from").values("released_from")[:1]),
    )  # fmt: skip


def _ask_newest() -> QuerySet[Any, Any]:
    """The newest edition in each language that is translated into."""
    newer = Edition.objects.filter(
        document=OuterRef("document"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    editions = Edition.objects.filter(~Exists(newer), ~Q(language=settings.SOURCE_LANGUAGE), document__in=[KEYS])
    sent_back = Review.objects.filter(edition=OuterRef("pk"), verdict=Verdict.SENT_BACK)
    held = ReleaseEnd.objects.filter(release__edition=OuterRef("pk"), cause=EndCause.HELD)
    revoked = Revocation.objects.filter(sign_off__edition=OuterRef("pk"))
    return editions.order_by().values_list(
        "document_id", "language", "pk", "recorded_at", "sequence", "source_edition_id",
        Exists(sent_back), Exists(held), Exists(revoked),
    )  # fmt: skip


def _ask_drafts() -> QuerySet[Any, Any]:
    drafts = WorkingVersion.objects.filter(document__in=[KEYS], token__gt=0, changed_at__isnull=False)
    return drafts.values_list("document_id", "language", "changed_at")


def _ask_withdrawals() -> QuerySet[Any, Any]:
    withdrawals = Withdrawal.objects.filter(document__in=[KEYS]).order_by("sequence")
    return withdrawals.values_list("document_id", "language", "sequence", "withdrawn_from")


def _ask_outdated() -> QuerySet[Any, Any]:
    """Readers' lists know which translations are outdated: what makes one so is said in one place."""
    listed = ListedPage.objects.filter(Q(listed_until__isnull=True) | Q(listed_until__gt=AT), document__in=[KEYS])
    return listed.filter(is_outdated=True).values_list("document_id", "language", "listed_from", "listed_until")


# --- How much of a draft is done ------------------------------------------------------------------------------


def _load_progress(drafts: Collection[tuple[int, str, int]]) -> dict[tuple[int, str, int], int]:
    """{(document, language, source edition): units done}. Three statements, or none."""
    if not drafts:
        return {}
    digests = dict(
        Edition.objects.filter(pk__in={source for *_key, source in drafts}).values_list("pk", "content_digest")
    )
    load_unit_digests(digests)
    states: dict[tuple[int, str], list[Row]] = {}
    for document, language, *state in find_rows(_ask_states, keys=sorted({document for document, *_rest in drafts})):
        states.setdefault((document, language), []).append(tuple(state))
    return {
        (document, language, source): _count_done(states.get((document, language), []), source, digests[source])
        for document, language, source in drafts
    }


_STATE = ("node_id", "word", "source_digest", "target_digest", "needs_work")


def _ask_states() -> QuerySet[Any, Any]:
    return UnitState.objects.filter(document__in=[KEYS]).values_list("document_id", "language", *_STATE)


def _ask_progress() -> QuerySet[Any, Any]:
    """States of the units of a draft that somebody is translating, each with what it is translated from."""
    rows = ListedTranslation.objects.filter(document=OuterRef("document"), language=OuterRef("language"))
    in_work = rows.filter(state=TranslationState.IN_WORK)
    states = UnitState.objects.filter(document=DOCUMENT, language=LANGUAGE).annotate(
        row_source=Subquery(in_work.values("source")[:1]),
        row_digest=Subquery(in_work.values("source__content_digest")[:1]),
        has_coming=Exists(rows.exclude(holds_from=EPOCH, holds_until__isnull=True)),
    )
    return states.values_list("row_source", "row_digest", "has_coming", *_STATE)


def _count_done(states: Collection[Row], source: int, digest: str) -> int:
    """Units of a source edition whose words somebody translated as they are now.

    What the rows of units say: whether all can be submitted is asked of the words themselves (see `freezing`).
    """
    units = load_unit_digests({source: digest})[source]
    return sum(
        source_digest in units.get((node_id, word), ()) and not needs_work and target_digest not in empty_digests()
        for node_id, word, source_digest, target_digest, needs_work in states
    )
