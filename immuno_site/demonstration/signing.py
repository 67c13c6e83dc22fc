"""The demonstration's people submit, translate and sign, as everybody does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest import mock

from django.utils import timezone

from editorial.editions import freezing
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document, Edition
from editorial.editions.working.copies import version_token
from editorial.editions.working.translated_words import write_translation
from editorial.reviews.checklist import current_questions
from editorial.reviews.models import Answer
from editorial.reviews.services import sign_off, submit

from .content_files import Words
from .people import PASSWORD

REASON = "demonstration"
TRANSLATORS = {"es": "translator", "ar": "translator", "zh-hans": "translator2", "vi": "translator2"}


def is_signed(document: Document) -> bool:
    """Whether the demonstration has loaded this document before."""
    return Edition.objects.filter(document=document).exists()


def sign(document: Document, language: str, people: dict, *, writer: str = "author") -> None:
    """Submit the working copy, and sign it."""
    edition = submit(document, language, user=people[TRANSLATORS.get(language, writer)])
    answers = {question.pk: Answer.YES for question in current_questions(edition)}
    reviewer = people["reviewer" if language == "en" else "reviewer2"]
    sign_off(edition, user=reviewer, password=PASSWORD, answers=answers)


def translate(document: Document, language: str, words: Words, people: dict) -> None:
    """Write these words; where nothing is missing then, submit and sign them."""
    words = {place: text for place, text in words.items() if text}
    if words:
        _write(document, language, words, people)
        if not freezing.build_candidate(document, language).blockers:
            sign(document, language, people)


def propose(document: Document, language: str, words: Words, people: dict) -> None:
    """Submit other words for a signed translation: something to review at the first sign-in."""
    _write(document, language, words, people)
    submit(document, language, user=people[TRANSLATORS[language]])


def _write(document: Document, language: str, words: Words, people: dict) -> None:
    source = freezing.find_signed_source(document)
    # With what other pages share and had its words before: topics.
    kind = kind_of(document)
    checked = frozenset(words) | kind.words(kind.read_copy(document), language).keys()
    write_translation(
        document, language, words, source=source, user=people[TRANSLATORS[language]],
        token=version_token(document, language), checked=checked, reason=REASON,
    )  # fmt: skip


@contextmanager
def set_clock_back(days: int) -> Iterator[None]:
    """Inside, it is this many days earlier: the only way to show a page past its review date on the first day.

    Only the demonstration may do this. The records bear that earlier time, and verify like all others.
    """
    shift, now = timedelta(days=days), timezone.now

    def then() -> datetime:
        return now() - shift

    with mock.patch.object(timezone, "now", then):
        yield
