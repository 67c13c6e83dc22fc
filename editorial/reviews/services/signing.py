"""Signing off and reaffirming: what lets an edition be read."""

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.accounts.models import Reviewer, User
from editorial.editions.blockers import field_blocker, length_blockers, refuse_if
from editorial.editions.compiled_questions import EDITION, find_rows
from editorial.editions.labels import isolate
from editorial.editions.models import Edition, Meaning, Review, SignOff, Verdict, append_record
from editorial.editions.validity import Validity
from editorial.editions.working.copies import lock_document, lock_user
from editorial.reading import gate
from editorial.reading.list_rows import refresh_lists

from .. import checklist, rules
from ..back_checks import find_back_check_units
from ..mail import notifications
from ..models import LONGEST_REMARK, Cause, Outcome, Question, Recheck
from ..threads import find_set_aside
from .intervals import open_release
from .rechecks import has_open_rechecks, open_rechecks, settle_or_hold, settle_rechecks, settle_superseded


def sign_off(
    edition: Edition,
    *,
    user: User,
    password: str,
    answers: Mapping[int, str],
    seen: str | None = None,
    publish_at: datetime | None = None,
    review_due_on: date | None = None,
    remarks: str = "",
    asks_back_check: bool = False,
) -> SignOff:
    """Put the reviewer's name to an edition; when its requirement is met, release it at once or at `publish_at`.

    `answers` maps each question's key to its answer; `seen` is `checklist.context_digest` of when the form was opened,
    None for a program that reads and signs at once. `review_due_on` defaults to the edition's review interval from
    today. `asks_back_check` keeps a translation from readers until somebody else back-checked it. Raises Blocked.
    """

    def find_blockers(edition: Edition, user: User) -> Iterator[str]:
        yield from rules.signing_blockers(edition, user)
        if asks_back_check and not find_back_check_units(edition):
            yield _("There is nothing safety-critical here for a back-check.")

    signature = Signature(
        Meaning.SIGNED, password, answers, seen, publish_at, review_due_on, remarks, asks_back_check
    )  # fmt: skip
    with signing(edition, signature, find_blockers, user=user) as (record, user):
        finish_signing(edition, user=user, now=record.recorded_at)
    return record


def finish_signing(edition: Edition, *, user: User, now: datetime) -> None:
    """Release an edition that has all that it needs; where it only lacks its back-check, ask those who may make it."""
    validity = Validity([edition.pk])
    if validity.is_valid(edition.pk):
        release_edition(edition, user=user, now=now)
    elif validity.count_missing(edition.pk) == (0, 1):
        notifications.notify_back_checkers(edition)


def reaffirm(
    edition: Edition,
    *,
    user: User,
    password: str,
    answers: Mapping[int, str],
    seen: str | None = None,
    review_due_on: date | None = None,
    remarks: str = "",
) -> SignOff:
    """Confirm that the live edition is still correct, unchanged: readers see a new review date.

    The arguments are those of `sign_off`. Raises Blocked.
    """
    signature = Signature(Meaning.REAFFIRMED, password, answers, seen, None, review_due_on, remarks)
    with signing(edition, signature, rules.reaffirmation_blockers, user=user) as (record, user):
        rechecks = Recheck.objects.open().filter(edition=edition).in_effect(record.recorded_at)
        settle_rechecks(rechecks, Outcome.REAFFIRMED, user=user)
        refresh_lists([edition.document_id], record.recorded_at)  # the signer's own page shows the newest first
    return record


@dataclass(frozen=True, slots=True)
class Signature:
    """What a reviewer enters to sign."""

    meaning: Meaning
    password: str
    answers: Mapping[int, str]
    seen: str | None
    publish_at: datetime | None
    review_due_on: date | None
    remarks: str
    asks_back_check: bool = False


@contextmanager
def signing(
    edition: Edition, signature: Signature, find_blockers: Callable[[Edition, User], Iterable[str]], *, user: User
) -> Iterator[tuple[SignOff, User]]:
    """Lock, collect blockers, write the review and the sign-off; what follows from them runs in the same transaction.

    Yields the record and the user as the database has them now. Raises Blocked.
    """
    wrong = password_blockers(user, signature.password)  # slow on purpose, so not while others wait for the lock
    with transaction.atomic():
        user = lock_user(user)
        lock_document(edition.document)
        now = timezone.now()
        questions = checklist.current_questions(edition)
        refuse_if(
            [
                *find_blockers(edition, user),
                *checklist.answer_blockers(questions, signature.answers),
                *checklist.context_blockers(edition, questions, signature.seen),
                *wrong,
                *length_blockers(signature.remarks, limit=LONGEST_REMARK),
                *_date_blockers(edition, signature.publish_at, signature.review_due_on, now),
            ]
        )
        yield _write_records(edition, signature, questions, user=user, now=now), user


def release_edition(edition: Edition, *, user: User, now: datetime) -> None:
    release = open_release(edition, user=user, now=now)
    if has_open_rechecks(edition):
        if release.released_from <= now:  # else readers still read the one before
            settle_superseded(edition, user=user)
        settle_or_hold(edition, user=user)
    open_rechecks(release, Cause.RELEASED, edition.language, user=user)
    notifications.notify_released(release)


def password_blockers(user: User, password: str) -> list[str]:
    # Asked as logging in asks, so that guesses are counted; not by address, since whoever guesses is in already.
    if not user.is_active and user.check_password(password):
        return []  # they may not sign, but that is why, and not their password
    request = HttpRequest()
    if authenticate(request, username=user.get_username(), password=password) == user:
        return []
    if getattr(request, "axes_locked_out", False):
        return [_("Too many wrong passwords. Wait 15 minutes, then try again.")]
    return [_("That password is incorrect. Type it again to sign.")]


def _date_blockers(
    edition: Edition, publish_at: datetime | None, review_due_on: date | None, now: datetime
) -> Iterator[str]:
    if publish_at is not None and publish_at > now + timedelta(days=366):
        yield _("Publish within a year. After that, what you sign today may be out of date.")
    if review_due_on is not None and review_due_on > timezone.localdate(now) + timedelta(days=3 * 366):
        yield _("The next review must be within three years.")
    if publish_at is not None and publish_at < now:
        yield _("The publication time has passed. Choose a later one or publish now.")
    published_on = timezone.localdate(_publication(edition, publish_at, now))
    if review_due_on is not None and review_due_on <= timezone.localdate(now):
        yield field_blocker("review_due_on", _("The next review must be after today."))
    elif review_due_on is not None and review_due_on <= published_on:
        yield field_blocker("review_due_on", due_too_soon(published_on))


def due_too_soon(published_on: date) -> str:
    """What to say of a review that falls due before readers have the page."""
    return _("The next review must be after the page is published, which is on %(day)s.") % {
        "day": date_format(published_on, "DATE_FORMAT")
    }


def _publication(edition: Edition, publish_at: datetime | None, now: datetime) -> datetime:
    """From when readers would have the edition: the latest time that this and the earlier signers ask for."""
    asked: list[datetime] = [time for [time] in find_rows(_ask_times, edition=edition.pk)]
    return max([now, *filter(None, [publish_at, *asked])])


def _ask_times() -> QuerySet[SignOff, Any]:
    signed = SignOff.objects.filter(edition=EDITION, revocation__isnull=True, release_not_before__isnull=False)
    return signed.order_by().values_list("release_not_before")


def _write_records(
    edition: Edition, signature: Signature, questions: list[Question], *, user: User, now: datetime
) -> SignOff:
    review = append_record(
        Review(
            document=edition.document,
            edition=edition,
            verdict=Verdict.ACCEPTED,
            remarks="\n\n".join(filter(None, [signature.remarks.strip(), *_set_aside_lines(edition)])),
            answers=checklist.recorded_answers(questions, signature.answers),
        ),
        user=user,
        at=now,
    )
    due_on = signature.review_due_on or default_review_date(
        edition, timezone.localdate(_publication(edition, signature.publish_at, now))
    )
    return append_sign_off(
        edition,
        review,
        signature.meaning,
        due_on,
        user=user,
        now=now,
        release_not_before=signature.publish_at,
        asks_back_check=signature.asks_back_check,
    )


def append_sign_off(
    edition: Edition, review: Review, meaning: Meaning, due_on: date, *, user: User, now: datetime, **more: Any
) -> SignOff:
    """Write the record of a sign-off, with the credentials of its signer as they are now."""
    reviewer = Reviewer.objects.prefetch_related("languages").get(user=user)  # without any, rules refused
    return append_record(
        SignOff(
            document=edition.document,
            edition=edition,
            review=review,
            review_digest=review.record_digest,
            language=edition.language,
            number=edition.number,
            content_digest=edition.content_digest,
            source_digest=edition.source_edition.content_digest if edition.source_edition else "",
            signer_name=reviewer.name,
            signer_letters=reviewer.letters,
            signer_distinction=reviewer.distinction,
            signer_specialty=reviewer.specialty,
            signer_slug=reviewer.slug,
            signer_valid_until=reviewer.valid_until,
            signer_languages=sorted(spoken.language for spoken in reviewer.languages.all()),
            meaning=meaning,
            seen_with=gate.seen_with_digests(edition, now),
            meaning_words=str(meaning.label),  # as the signer read them, in the language of their desk
            review_due_on=due_on,
            **more,
        ),
        user=user,
        at=now,
    )


def _set_aside_lines(edition: Edition) -> Iterator[str]:
    """What was set aside since the page was last signed in this language, and why: the chained record keeps it too."""
    for thread in find_set_aside(edition):
        yield _("Set aside by %(name)s: “%(text)s” Reason: %(reason)s") % {
            "name": isolate(thread.last_turn.made_by_name),
            "text": thread.opening.text or thread.first.text,
            "reason": thread.last_turn.text,
        }


def default_review_date(edition: Edition, day: date) -> date:
    """The day one review interval later; the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + edition.review_interval_months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
