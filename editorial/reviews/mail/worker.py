"""Sending what waits. Everything that a pass needs is in the database: kill it at any moment, and start it again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from editorial.people.account_log import delete_log_ins
from editorial.people.outbox import ready_account_mail, send_account_mail

from . import notifications, outbox
from .letters import compose_letter

log = logging.getLogger(__name__)

# Longer than a page may be reported as due (notifications.DUE_WINDOW), so that nothing is told twice.
KEPT = timedelta(days=365)


@dataclass(slots=True)
class PassResult:
    sent: int = 0
    failed: int = 0


def write_daily_mail() -> None:
    """What has to be done once a day, and may be done more often."""
    notifications.notify_due()
    notifications.notify_unanswered()
    outbox.delete_settled(timezone.now() - KEPT)
    delete_log_ins(timezone.now())


def send_waiting(go_on: Callable[[], bool] = lambda: True) -> PassResult:
    """One pass: everything that is ready, accounts' first, then each person's in turn. Asks `go_on` before each letter.

    A mail server that cannot be reached ends the pass, and nothing is counted as an attempt.
    """
    result = PassResult()
    people = outbox.people_with_mail(timezone.now())
    about_accounts = ready_account_mail(timezone.now()).count()
    if not people and not about_accounts:
        return result
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:  # smtplib's errors are OSErrors
        log.error(
            "The mail server cannot be reached, so %s people and %s letters about accounts wait: %s",
            len(people), about_accounts, error,
        )  # fmt: skip
        return result
    try:
        result.sent, result.failed = send_account_mail(connection, go_on)
        for person in people:
            while go_on() and (letter := outbox.claim_letter(person, timezone.now())):
                _deliver(letter, connection, result)
    finally:
        connection.close()
    return result


def _deliver(letter: outbox.Letter, connection: BaseEmailBackend, result: PassResult) -> None:
    try:
        message = compose_letter(letter)
        message.connection = connection
        message.send()
    except Exception as error:  # whatever it is, the other letters go out and this one is tried again
        result.failed += 1
        again = outbox.mark_failed(letter, f"{type(error).__name__}: {error}", timezone.now())
        then = "It will be tried again." if again else "It is given up."
        log.exception("Mail %s to account %s was not sent. %s", letter.name, letter.user.pk, then)
        connection.close()  # who knows what state the conversation is in; the next letter opens another
        return
    outbox.mark_sent(letter, timezone.now())
    result.sent += 1
