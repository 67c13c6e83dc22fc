"""The rule of readers' lists: which release stands for a document, in each language, and from when until when.

A pure function over records. No record reaches back in time, so all of it can be told when one is written, and no list
waits for a scheduler to be right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from django.conf import settings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOST = 2**63 - 1
_LONGEST_KEY = 120  # bytes of what a title is sorted by


@dataclass(frozen=True, slots=True)
class OpenRelease:
    """A release that is live or will be."""

    pk: int
    language: str
    sequence: int
    released_from: datetime
    released_until: datetime | None
    edition_id: int
    says_as: int  # key of an edition of the source: see EditionWording
    title: str

    def is_live(self, at: datetime) -> bool:
        return self.released_from <= at and (self.released_until is None or at < self.released_until)


@dataclass(frozen=True, slots=True)
class OpenWithdrawal:
    """A withdrawal in one language after which nothing was released there by the time in question."""

    sequence: int
    withdrawn_from: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    release: OpenRelease
    is_outdated: bool  # the live source has said something else since the translation for these readers


@dataclass(frozen=True, slots=True)
class ListedInterval:
    choice: Choice
    since: datetime
    until: datetime | None


def choose_release(
    own: OpenRelease | None, source: OpenRelease | None, *, is_taken_down: bool, has_medical_facts: bool
) -> Choice | None:
    """What a list has of a document, of the live releases in the readers' language and in the source language.

    The release in this language, else the one in the source language. What was taken down in this language is not
    offered in another one instead: its address says so. Where a translation is outdated, a list of facts has the
    source's release, other lists have the translation.
    """
    if own is None:
        return None if source is None or is_taken_down else Choice(source, is_outdated=False)
    if source is None or own.says_as == source.says_as:
        return Choice(own, is_outdated=False)
    return Choice(source if has_medical_facts else own, is_outdated=True)


def find_intervals(
    releases: Sequence[OpenRelease],
    withdrawals: Sequence[OpenWithdrawal],
    language: str,
    at: datetime,
    *,
    has_medical_facts: bool,
) -> list[ListedInterval]:
    """What a list in `language` has of a document from `at` on, oldest first.

    `releases` are the document's that are open after `at`, in any language; `withdrawals` those in just this one.
    """
    in_question = [release for release in releases if release.language in (language, settings.SOURCE_LANGUAGE)]
    ends = [release.released_until for release in in_question if release.released_until]
    starts = [release.released_from for release in in_question]
    instants = {*starts, *ends, *(withdrawal.withdrawn_from for withdrawal in withdrawals)}
    intervals: list[ListedInterval] = []
    for since, until in pairwise([at, *sorted(instant for instant in instants if instant > at), None]):
        assert since is not None  # noqa: S101 (only the last is)
        live = {release.language: release for release in in_question if release.is_live(since)}
        choice = choose_release(
            live.get(language),
            live.get(settings.SOURCE_LANGUAGE),
            is_taken_down=_is_taken_down(in_question, withdrawals, language, since),
            has_medical_facts=has_medical_facts,
        )
        if choice is None:
            continue
        if intervals and intervals[-1].until == since and intervals[-1].choice == choice:
            since = intervals.pop().since
        intervals.append(ListedInterval(choice, since, until))
    return intervals


def _is_taken_down(
    releases: Sequence[OpenRelease], withdrawals: Sequence[OpenWithdrawal], language: str, at: datetime
) -> bool:
    """As WithdrawalQuerySet.in_force: a newer release in the language ends what a withdrawal says."""
    began = [release.sequence for release in releases if release.language == language and release.released_from <= at]
    return any(
        withdrawal.withdrawn_from <= at and not any(sequence > withdrawal.sequence for sequence in began)
        for withdrawal in withdrawals
    )


def newest_first(at: datetime, key: int) -> bytes:
    """The position of what has this time and, where two have the same, this key: later ones come first."""
    microseconds = (at - _EPOCH) // _MICROSECOND
    return (_MOST - microseconds).to_bytes(8) + (_MOST - key).to_bytes(8)


def by_title(sort_key: str, key: int, *, is_fallback: bool) -> bytes:
    """The position by what a title is sorted by. What is in the readers' own language comes first: letters of two
    alphabets do not mix.
    """
    return bytes([is_fallback]) + sort_key.encode()[:_LONGEST_KEY] + b"\0" + key.to_bytes(8)
