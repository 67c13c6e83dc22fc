"""Urgent notices as the desk shows them: in which languages each can be read, who signed or sent it, how it ended."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from editorial.accounts.languages import all_languages, own_name
from editorial.accounts.models import User
from editorial.editions.models import Edition, Record, Release, SignOff
from editorial.reading.models import UrgentNotice
from editorial.reading.site_words import NOTICE_WORDS, SITE_WORDS
from editorial.reviews import queue
from editorial.reviews.services import notices


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice. `editions` are those of its text that wait for a signature."""

    notice: UrgentNotice
    live: list[str]  # names of the languages in which it can be read
    missing: list[str]  # and of those in which readers see the source language
    signers: list[str]
    waiting: list[Edition]
    blockers: list[str] = field(default_factory=list)  # why this user cannot end it

    @property
    def is_standing(self) -> bool:
        return not hasattr(self.notice, "end")

    @property
    def is_live(self) -> bool:
        return self.is_standing and bool(self.live)


@dataclass(frozen=True, slots=True)
class RecordNotices:
    """The notices about one record, and what this user cannot do about it, and why."""

    record: Record
    rows: list[NoticeRow]
    writing_blockers: list[str]
    sending_blockers: list[str]


def load_notices(record: Record, user: User) -> RecordNotices:
    """A number of queries that depends on nothing but how many notices the record has had."""
    found = notices.find_notices(record)
    texts = [notice.text_id for notice in found if notice.text_id]
    live, signers = _live_languages(texts), _signers(texts)
    words = _word_languages() if any(notice.stock for notice in found) else set()
    waiting = list(Edition.objects.filter(queue.is_pending(), document__in=texts).order_by("language"))
    return RecordNotices(
        record,
        [
            NoticeRow(
                notice,
                *_split(live.get(notice.text_id, set()) if notice.text_id else words),
                signers.get(notice.text_id or 0, []) or [notice.recorded_by_name],
                [edition for edition in waiting if edition.document_id == notice.text_id],
                list(notices.ending_blockers(notice, user)),
            )
            for notice in found
        ],
        list(notices.writing_blockers(record, user)),
        list(notices.sending_blockers(record, user)),
    )


def _split(live: Collection[str]) -> tuple[list[str], list[str]]:
    codes = list(all_languages())
    return [own_name(code) for code in codes if code in live], [own_name(code) for code in codes if code not in live]


def _live_languages(texts: Iterable[int]) -> dict[int, set[str]]:
    languages: dict[int, set[str]] = {}
    for pk, language in (
        Release.objects.live(timezone.now()).filter(document__in=texts).values_list("document", "language")
    ):
        languages.setdefault(pk, set()).add(language)
    return languages


def _word_languages() -> set[str]:
    live = Release.objects.live(timezone.now()).with_key(SITE_WORDS, NOTICE_WORDS)
    return set(live.values_list("language", flat=True))


def _signers(texts: Iterable[int]) -> dict[int, list[str]]:
    """{text's key: names of who signed it, in any language}"""
    signed = SignOff.objects.filter(document__in=texts, revocation__isnull=True).order_by("sequence")
    names: dict[int, list[str]] = {}
    for pk, name in signed.values_list("document", "signer_name"):
        if name not in names.setdefault(pk, []):
            names[pk].append(name)
    return names
