"""Telling people: each function writes to the outbox, in the transaction of what happened. A worker sends it later."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import cached_property

from editorial.accounts.models import Reviewer, User
from editorial.accounts.roles import Permission, roles_granting
from editorial.editions.compiled_questions import DAY, LANGUAGE, find_rows
from editorial.editions.models import Contribution, Edition, Record, Release, Review, Revocation, Withdrawal
from editorial.editions.validity import Validity, contributor_ids

from .. import queue
from ..absences import find_absences
from ..models import Absence, Mail, Remark, ReviewDate
from . import events
from .outbox import Line, mail_recipients, write_mail, write_mail_lines

# Told so many days before the review is due; and after it, should no worker have run, for so many days.
DUE_WITHIN, DUE_WINDOW = timedelta(days=30), timedelta(days=180)
AT_ONCE = 1000  # things that nobody answered: so many are looked up among what was mailed


def notify_reviewers(edition: Edition) -> None:
    wrote = contributor_ids(edition)
    _ask(
        events.ASKED,
        _able(edition.language) - wrote,
        edition,
        edition.record_digest,
        said={"name": edition.recorded_by_name},
        never=wrote,
    )


def notify_back_checkers(edition: Edition) -> None:
    """Those who may back-check an edition that has its sign-offs: they hold both languages, and neither wrote nor
    signed it.
    """
    validity = Validity([edition.pk])
    never = validity.contributor_ids(edition.pk) | validity.signer_ids(edition.pk)
    able = _able(edition.language) & _able(settings.SOURCE_LANGUAGE)
    _ask(events.BACK_CHECK, able - never, edition, edition.record_digest, said={}, never=never)


def _ask(
    event: str,
    people: set[int],
    edition: Edition,
    because: str,
    *,
    said: dict[str, Any],
    never: Iterable[int] = (),
) -> None:
    """Put it to these people; and to whoever stands in for one who is away, told for whom. `never` are left out."""
    for absence in find_absences():
        if absence.user_id in people and absence.deputy_id not in never:
            # Before what they are asked for themselves: each is told of an event once.
            whom = {"for": absence.user.name}
            write_mail(event, {absence.deputy_id}, edition, because, said=said | whom)
    write_mail(event, people, edition, because, said=said)


def notify_fact(
    record: Record, *, permissions: Iterable[Permission], title: str, path: str, source: str, urgent: bool
) -> None:
    """Those who may verify what this record holds; not who recorded it. `title` is that of its page, `path` where it is
    verified, `source` the title of its source.
    """
    roles = {role for permission in permissions for role in roles_granting(permission)}
    people = User.objects.filter(is_active=True, roles__role__in=roles).exclude(pk=record.recorded_by_id)
    said = {"name": record.recorded_by_name, "title": title, "path": path, "reason": source}
    keys = set(people.values_list("pk", flat=True))
    write_mail(events.FACT, keys, None, record.record_digest, said=said, urgent=urgent)


def notify_sent_back(review: Review) -> None:
    people = {review.edition.recorded_by_id} - {review.recorded_by_id}
    said = {"name": review.recorded_by_name, "reason": review.remarks}
    write_mail(events.SENT_BACK, people, review.edition, review.record_digest, said=said)


def notify_released(release: Release) -> None:
    people = {release.edition.recorded_by_id} - {release.recorded_by_id}
    said = {"from": release.released_from.isoformat()}
    write_mail(events.RELEASED, people, release.edition, release.record_digest, said=said)


def notify_withdrawn(record: Withdrawal, *, by_policy: bool = False) -> None:
    """Whoever submitted the newest edition, in each language that is taken down; not of what they did themselves."""
    newest = {}
    editions = Edition.objects.filter(document=record.document).defer("content").order_by("number")
    for edition in editions.filter(language=record.language) if record.language else editions:
        newest[edition.language] = edition
    said = {
        "name": record.recorded_by_name,
        "reason": record.reason,
        "everywhere": not record.language,
        "by_policy": by_policy,
    }
    did_it = set() if by_policy else {record.recorded_by_id}
    for edition in newest.values():
        people = {edition.recorded_by_id} - did_it
        write_mail(events.WITHDRAWN, people, edition, record.record_digest, said=said)


def notify_revoked(record: Revocation) -> None:
    sign_off = record.sign_off
    people = {sign_off.edition.recorded_by_id, sign_off.recorded_by_id} - {record.recorded_by_id}
    said = {"name": record.recorded_by_name, "signer": sign_off.signer_name, "reason": record.reason}
    write_mail(events.REVOKED, people, sign_off.edition, record.record_digest, said=said)


def notify_remark(made: Remark) -> None:
    """Those whom it names are asked; those in the thread, or who submitted the edition, are told."""
    first = made.thread or made
    named = set(made.mentions.values_list("user_id", flat=True)) - {made.made_by_id}
    others = {made.edition.recorded_by_id, first.made_by_id, *first.answers.values_list("made_by_id", flat=True)}
    said = {"name": made.made_by_name, "reason": made.text, "remark": made.pk}
    _ask(events.MENTION, named, made.edition, f"remark-{made.pk}", said=said, never={made.made_by_id})
    write_mail(events.REMARK, others - named - {made.made_by_id}, made.edition, f"remark-{made.pk}", said=said)


def notify_due() -> None:
    """Pages whose review is due within a month, once for each date. The worker calls it every day.

    It may call it at every pass: the number of queries for pages that were told does not depend on how many they are.
    """
    able, today = AbleByLanguage(), timezone.localdate()
    dates = ReviewDate.objects.live(timezone.now())
    due = queue.newest_sign_offs(
        dates.filter(review_due_on__gt=today - DUE_WINDOW, review_due_on__lte=today + DUE_WITHIN)
    )
    mailed = _AlreadyMailed(events.DUE, due.values_list("edition", flat=True))
    written = Contribution.objects.filter(document=OuterRef("document"), language=OuterRef("language"))
    last_writer = written.order_by("-made_at").values("user_id")[:1]
    rows = due.annotate(last_writer=Subquery(last_writer)).select_related("edition__document").defer("edition__content")
    for sign_off in rows.order_by("review_due_on", "pk"):
        day, edition = sign_off.review_due_on.isoformat(), sign_off.edition
        # Those who wrote what its base lacks a signature for are told apart only where somebody has to be told.
        wrote = {contributor["id"] for contributor in edition.contributors}
        concerned = (able[edition.language] - wrote) | {sign_off.last_writer}
        if mailed.has_all(concerned | (mailed.deputies_of(concerned) - wrote), edition.pk, day):
            continue
        with transaction.atomic():
            people = _concerned(sign_off.edition, able)
            _ask(events.DUE, people, sign_off.edition, day, said={"on": day}, never=contributor_ids(sign_off.edition))


def notify_unanswered() -> None:
    """What nobody answered in time, to the heads of content, once for each. The worker calls it every day."""
    heads = User.objects.filter(is_active=True, roles__role__in=roles_granting(Permission.OVERSEE))
    people = set(heads.values_list("pk", flat=True))
    unanswered = iter(_find_unanswered(timezone.now()))
    while batch := list(islice(unanswered, AT_ONCE)):
        mailed = _AlreadyMailed(events.UNANSWERED, {edition for edition, _because, _since in batch})
        lines: dict[str, dict[Line, dict[str, Any]]] = {}  # by reason: one may have opened thousands of rechecks
        for edition, because, since in batch:
            if not mailed.has_all(people, edition, because):
                said = {"since": since.isoformat()}
                lines.setdefault(because, {}).update({(person, edition): said for person in people})
        for because, of_reason in lines.items():
            with transaction.atomic():
                write_mail_lines(events.UNANSWERED, because, of_reason)


def _find_unanswered(now: datetime) -> list[tuple[int, str, datetime]]:
    """[(edition's key, what is to be answered, since when)]; of a line of rechecks, its first. Two queries.

    No more than that is read of each: they may be very many.
    """
    since = now - DUE_WINDOW
    editions = queue.unanswered_editions(now).filter(recorded_at__gt=since)
    unanswered = list(editions.values_list("pk", "record_digest", "recorded_at"))
    rechecks = queue.unanswered_rechecks(now).order_by("began", "pk")
    lines: set[tuple[int, str, int]] = set()
    for edition, cause, document, because, began in rechecks.values_list(
        "edition_id", "cause", "document_id", "because", "began"
    ):
        if (edition, cause, document) not in lines:
            lines.add((edition, cause, document))
            if began > since:
                unanswered.append((edition, because, began))
    return unanswered


class _AlreadyMailed:
    """Who was told of an event of some editions already. At most three queries, when the first is asked about.

    `editions` are keys; a queryset of them takes no query of its own.
    """

    def __init__(self, event: str, editions: Iterable[int]) -> None:
        self.rows = Mail.objects.filter(event=event, edition__in=editions)

    @cached_property
    def _mailed(self) -> set[tuple[int, int, str]]:
        return set(self.rows.values_list("user_id", "edition_id", "because"))

    @cached_property
    def _wanting(self) -> set[int]:
        return set(mail_recipients().values_list("pk", flat=True))

    @cached_property
    def _absences(self) -> list[tuple[int, int]]:
        return list(Absence.objects.on(timezone.localdate()).values_list("user_id", "deputy_id"))

    def deputies_of(self, people: set[int]) -> set[int]:
        """Those who stand in today for one of these."""
        return {deputy for absentee, deputy in self._absences if absentee in people}

    def has_all(self, people: set[int], edition: int, because: str) -> bool:
        """Whether none of these people who want mail is left to be told."""
        return all((person, edition, because) in self._mailed for person in people & self._wanting)


class AbleByLanguage(dict[str, set[int]]):
    """{language: keys of the people who may sign in it today}, each asked for once."""

    def __missing__(self, language: str) -> set[int]:
        self[language] = _able(language)
        return self[language]


def _able(language: str) -> set[int]:
    """Keys of the people who may sign in this language today."""
    return {user_id for [user_id] in find_rows(_ask_able, language=language, day=timezone.localdate())}


def _ask_able() -> QuerySet[Reviewer, Any]:
    reviewers = Reviewer.objects.filter(
        languages__language=LANGUAGE,
        valid_until__gte=DAY,
        user__is_active=True,
        user__roles__role__in=roles_granting(Permission.REVIEW),
    )
    return reviewers.order_by().values_list("user_id")


def _concerned(edition: Edition, able: AbleByLanguage) -> set[int]:
    """Those who may sign the edition, and who wrote last in its language."""
    written = Contribution.objects.filter(document=edition.document_id, language=edition.language)
    last_writer = written.order_by("-made_at").values_list("user_id", flat=True)[:1]
    return (able[edition.language] - contributor_ids(edition)) | set(last_writer)
