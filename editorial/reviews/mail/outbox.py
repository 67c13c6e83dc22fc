"""Writing to the outbox, and handing what waits to a worker, letter by letter.

A worker takes a letter in one short transaction, sends it outside of any, and notes how that went in another: nobody
who signs ever waits for a mail server. A letter keeps its name (`claim`) and its rows from the first attempt on. If its
worker dies, the next one sends it again when the lease is over, under the same Message-ID.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from editorial.accounts.mail_retries import LEASE, wait_after
from editorial.accounts.models import MailChoice, User
from editorial.editions.compiled_questions import KEYS, find_rows
from editorial.editions.models import Edition

from ..models import Mail, MailState
from .events import EVENTS
from .obsolete import obsolete_ids

# The hour at home from which the daily mail goes out.
DIGEST_AT = time(7)

Line = tuple[int, int | None]  # keys of a person and of the edition that they are told of, if it is about one


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person, of one event or more."""

    name: str
    user: User
    mails: list[Mail]
    is_digest: bool


def write_mail(
    event: str,
    people: Iterable[int],
    edition: Edition | None,
    because: str,
    *,
    said: dict[str, Any] | None = None,
    urgent: bool = False,
) -> None:
    """Tell these people (by key) of an event, each once. In the transaction of what happened, with which it is undone.

    `because` is the digest of the record that is the reason, or the day. Whoever wants no mail gets no row.
    """
    write_mail_lines(
        event, because, {(person, edition.pk if edition else None): said or {} for person in people}, urgent=urgent
    )


def write_mail_lines(
    event: str,
    because: str,
    lines: Mapping[Line, dict[str, Any]],
    *,
    urgent: bool = False,
    not_before: Mapping[Line, datetime] | None = None,
) -> None:
    """The same about many editions: {(key of a person, key of an edition): what is said}. As many queries as for one.

    Lines that `not_before` names wait until then, where they do not wait for a daily mail.
    """
    EVENTS[event]  # a name that is none fails here, and not in the worker
    if not lines:
        return
    now, times = timezone.now(), not_before or {}
    choices = dict(find_rows(_ask_choices, keys=sorted({person for person, _edition in lines})))
    Mail.objects.bulk_create(
        [
            Mail(
                user_id=person,
                event=event,
                edition_id=edition,
                because=because,
                said=said,
                urgent=urgent,
                written_at=now,
                # The daily mail comes once a day anyway.
                not_before=now
                if choices[person] == MailChoice.DAILY and not urgent
                else max(now, times.get((person, edition), now)),
            )
            for (person, edition), said in sorted(lines.items(), key=itemgetter(0))
            if person in choices
        ],
        ignore_conflicts=True,
    )


def mail_recipients() -> QuerySet[User]:
    """Those who get any."""
    return User.objects.filter(is_active=True).exclude(mail_choice=MailChoice.NONE).exclude(email="")


def _ask_choices() -> QuerySet[User, Any]:
    return mail_recipients().filter(pk__in=[KEYS]).order_by().values_list("pk", "mail_choice")


def last_digest_time(now: datetime) -> datetime:
    """When the newest daily mail was to go out: what was written before it goes in it."""
    today = timezone.localdate(now)
    cut = timezone.make_aware(datetime.combine(today, DIGEST_AT))
    return cut if cut <= now else timezone.make_aware(datetime.combine(today - timedelta(days=1), DIGEST_AT))


def ready_mail(now: datetime) -> QuerySet[Mail]:
    """Rows whose time has come. Those for a daily mail wait for it; a letter that was begun does not."""
    due = Mail.objects.filter(state=MailState.WAITING, not_before__lte=now)
    return due.exclude(
        user__mail_choice=MailChoice.DAILY, urgent=False, claim="", written_at__gte=last_digest_time(now)
    )


def people_with_mail(now: datetime) -> list[int]:
    """Keys of those for whom something is ready, who has waited longest first."""
    return list(dict.fromkeys(ready_mail(now).order_by("written_at", "pk").values_list("user_id", flat=True)))


def claim_letter(user_id: int, now: datetime) -> Letter | None:
    """The next letter for this person, this worker's for the length of the lease; None when there is no more.

    The person's row is locked meanwhile; a person who is locked is another worker's just now.
    """
    with transaction.atomic():
        person = User.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=user_id).first()
        if person is None:
            return None
        rows = list(ready_mail(now).filter(user=person).select_related("edition__document").defer("edition__content"))
        if not person.is_active or not person.email or person.mail_choice == MailChoice.NONE:
            _settle(rows, MailState.UNWANTED, now)
            return None
        rows = _without_what_is_over(rows, now)
        letter = _begun(person, rows) or _next(person, rows, now)
        if letter is None:
            return None
        _rows_of(letter).update(
            claim=letter.name, in_digest=letter.is_digest, not_before=now + LEASE, attempts=F("attempts") + 1
        )
        return letter


def _without_what_is_over(rows: list[Mail], now: datetime) -> list[Mail]:
    """Asks nobody for what was done meanwhile. A letter that was begun keeps its rows, and says so."""
    done = obsolete_ids(row for row in rows if not row.claim)
    _settle([row for row in rows if row.pk in done], MailState.UNWANTED, now)
    return [row for row in rows if row.pk not in done]


def _begun(person: User, rows: list[Mail]) -> Letter | None:
    """A letter whose worker died or failed: the same rows under the same name."""
    first = next((row for row in rows if row.claim), None)
    if first is None:
        return None
    return Letter(first.claim, person, [row for row in rows if row.claim == first.claim], first.in_digest)


def _next(person: User, rows: list[Mail], now: datetime) -> Letter | None:
    at_once = [row for row in rows if row.urgent or person.mail_choice == MailChoice.AT_ONCE]
    if at_once:
        first = at_once[0]
        mails = [first]
        if EVENTS[first.event].is_grouped:
            mails = [row for row in at_once if (row.event, row.urgent) == (first.event, first.urgent)]
        return Letter(uuid.uuid4().hex, person, mails, is_digest=False)
    digests = Mail.objects.filter(user=person, in_digest=True)
    if not rows or digests.filter(state=MailState.WAITING).exists():
        return None
    if digests.filter(state=MailState.SENT, settled_at__gte=last_digest_time(now)).exists():
        return None
    return Letter(uuid.uuid4().hex, person, rows, is_digest=True)


def _rows_of(letter: Letter) -> QuerySet[Mail]:
    return Mail.objects.filter(pk__in=[mail.pk for mail in letter.mails], state=MailState.WAITING)


def _settle(rows: list[Mail], state: MailState, now: datetime, problem: str = "") -> None:
    mails = Mail.objects.filter(pk__in=[row.pk for row in rows], state=MailState.WAITING)
    mails.update(state=state, settled_at=now, problem=problem[:300])


def mark_sent(letter: Letter, now: datetime) -> None:
    """The mail server has taken the letter."""
    _settle(letter.mails, MailState.SENT, now)


def mark_failed(letter: Letter, problem: str, now: datetime) -> bool:
    """It has not. Returns whether it will be tried again."""
    wait = wait_after(letter.mails[0].attempts + 1)
    if wait is None:
        _settle(letter.mails, MailState.FAILED, now, problem)
        return False
    _rows_of(letter).update(not_before=now + wait, problem=problem[:300])
    return True


def delete_settled(before: datetime) -> int:
    """Delete rows that were settled before then; returns how many. What happened is kept in the records."""
    return Mail.objects.filter(settled_at__lt=before).delete()[0]
