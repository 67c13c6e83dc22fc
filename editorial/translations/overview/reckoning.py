"""The rule of the desk's list: what a page is in a language that it is translated into, and from when until when.

Pure functions over records. No record reaches back in time, so all of it can be told when one is written, and nothing
waits for a scheduler to be right.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from ..models import TO_DO, Rank, TranslationState

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_STEP = 2**58  # more microseconds than since 1970 until the year 9999


@dataclass(frozen=True, slots=True)
class OpenRelease:
    """A release that is live or will be."""

    language: str
    edition: int
    source: int | None  # key of the edition that it was translated from
    since: datetime
    until: datetime | None
    newer_since: datetime | None  # of a translation: from when readers had, or will have, a newer source


@dataclass(frozen=True, slots=True)
class NewestEdition:
    """The newest of a page in a language."""

    pk: int
    frozen_at: datetime
    sequence: int
    source: int | None
    was_sent_back: bool
    was_held: bool
    was_revoked: bool


@dataclass(slots=True)
class PageRecords:
    """What is recorded of a page. Keys of the dictionaries are languages."""

    first_since: datetime  # from when readers had, or will have, the first source edition
    releases: list[OpenRelease] = field(default_factory=list)
    newest: dict[str, NewestEdition] = field(default_factory=dict)
    changed_at: dict[str, datetime] = field(default_factory=dict)  # of drafts
    withdrawals: list[tuple[str, int, datetime]] = field(default_factory=list)  # (language or "", sequence, from)
    outdated: list[tuple[str, datetime, datetime | None]] = field(default_factory=list)  # (language, from, until)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page is in a language. `translated` is the source edition of an outdated text that readers read."""

    state: TranslationState
    source: int
    translated: int | None
    edition: int | None
    since: datetime
    is_read: bool  # whether readers have a text that is up to date


@dataclass(frozen=True, slots=True)
class Interval:
    standing: Standing
    since: datetime
    until: datetime | None


def find_intervals(records: PageRecords, language: str, source_language: str, at: datetime) -> Iterator[Interval]:
    """What there is from `at` on, oldest first."""
    releases = [release for release in records.releases if release.language in (language, source_language)]
    withdrawals = [row for row in records.withdrawals if row[0] in ("", language)]
    instants = {release.since for release in releases} | {release.until for release in releases}
    instants |= {since for _language, _sequence, since in withdrawals}
    later = sorted(instant for instant in instants if instant and instant > at)
    before: Interval | None = None
    for since, until in pairwise([at, *later, None]):
        assert since is not None  # noqa: S101 (only the last is)
        standing = find_standing(records, language, source_language, since)
        if before and before.standing == standing:
            before = Interval(standing, before.since, until)
            continue
        if before:
            yield before
        before = Interval(standing, since, until) if standing else None
    if before:
        yield before


def find_standing(records: PageRecords, language: str, source_language: str, at: datetime) -> Standing | None:
    """None where nothing is to be translated: the page cannot be read in the source language, nor was it withdrawn."""
    opened = [row for row in records.releases if row.language == language and (row.until is None or row.until > at)]
    live = next((row for row in opened if row.since <= at), None)
    source = next((row for row in records.releases if row.language == source_language and _is_live(row, at)), None)
    newest = records.newest.get(language)
    withdrawal = max(
        (sequence for code, sequence, since in records.withdrawals if code in ("", language) and since <= at), default=0
    )
    if source is None:
        if not (newest and newest.source and withdrawal):
            return None
        return Standing(TranslationState.WITHDRAWN, newest.source, None, newest.pk, newest.frozen_at, is_read=False)
    is_outdated = live is not None and any(
        code == language and since <= at and (until is None or at < until) for code, since, until in records.outdated
    )
    translated = live.source if live and is_outdated else None
    state = find_state(records, language, newest, opened, live, withdrawal, is_outdated=is_outdated)
    is_read = live is not None and not is_outdated
    lacking_since = records.first_since if translated is None or live is None else live.newer_since
    since = live.since if live and is_read else min(lacking_since or source.since, source.since)
    return Standing(state, source.edition, translated, newest.pk if newest else None, since, is_read)


def find_state(
    records: PageRecords,
    language: str,
    newest: NewestEdition | None,
    opened: list[OpenRelease],
    live: OpenRelease | None,
    withdrawal: int,
    *,
    is_outdated: bool,
) -> TranslationState:
    """What is to be done, as `editions.states` has it; where nothing is going on, what readers see."""
    changed_at = records.changed_at.get(language)
    if newest is None:
        if changed_at:
            return TranslationState.IN_WORK
        return TranslationState.WITHDRAWN if withdrawal else TranslationState.MISSING
    if changed_at and changed_at > newest.frozen_at:
        return TranslationState.IN_WORK
    if newest.was_sent_back:
        return TranslationState.SENT_BACK
    is_released = any(release.edition == newest.pk for release in opened)
    is_over = is_released or newest.was_revoked or withdrawal > newest.sequence
    if not is_over:  # held ones too: they come when nothing about their safety is open any more
        return TranslationState.WAITING
    if is_outdated and not (is_released and live and live.edition != newest.pk):
        return TranslationState.OUTDATED
    if live and not is_outdated:
        return TranslationState.LIVE
    if opened:
        return TranslationState.SCHEDULED
    return TranslationState.WITHDRAWN


def _is_live(release: OpenRelease, at: datetime) -> bool:
    return release.since <= at and (release.until is None or at < release.until)


def find_rank(state: TranslationState, critical: str, *, is_outdated: bool, is_read: bool) -> Rank:
    if state in (TranslationState.LIVE, TranslationState.WITHDRAWN):
        return Rank.DONE
    if state not in TO_DO or is_read:
        return Rank.PENDING
    if critical:
        return Rank.HARMFUL if is_outdated else Rank.CRITICAL
    return Rank.OPEN


def find_position(rank: Rank, since: datetime) -> int:
    """By rank, then by time."""
    return rank * _STEP + (since - EPOCH) // _MICROSECOND


def rank_of(position: int) -> Rank:
    return Rank(position // _STEP)
