"""Mail about accounts: who is told of what is written in the transaction in which it happened, and a worker sends it.

A row never holds a word of its letter. The words, and a link to set a password, are made when it is sent and stand
nowhere else; whoever reads the table learns who is told, of what, and since when. Once it is sent the row is deleted.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from editorial.accounts.mail_retries import LEASE, wait_after
from editorial.accounts.models import User

from .models import AccountMail

log = logging.getLogger(__name__)

# Makes the letter of a row; None where nothing is to be sent any more.
Composer = Callable[[AccountMail], EmailMessage | None]
_composers: dict[str, Composer] = {}


def register_letter(letter: str, compose: Composer) -> None:
    """Say how the letters of this code are made. The code is stored, so it never changes."""
    _composers[letter] = compose


def write_account_mail(letter: str, *, person: User | None = None, address: str = "", record: int = 0) -> AccountMail:
    """Tell somebody, in the transaction of what happened. `record` is the key of the one that the letter is about."""
    _composers[letter]  # a code that is none fails here, and not in the worker
    now = timezone.now()
    return AccountMail.objects.create(
        letter=letter, person=person, address=address, record=record, written_at=now, not_before=now
    )


def ready_account_mail(now: datetime) -> QuerySet[AccountMail]:
    """What a worker may take, the oldest first."""
    return AccountMail.objects.filter(not_before__lte=now).order_by("not_before", "pk")


def send_account_mail(connection: BaseEmailBackend, go_on: Callable[[], bool] = lambda: True) -> tuple[int, int]:
    """Everything that is ready: (how many were sent, how many failed). What failed is tried again later."""
    sent = failed = 0
    while go_on() and (mail := _claim(timezone.now())):
        try:
            if message := _compose(mail):
                message.connection = connection
                message.send()
                sent += 1
            mail.delete()
        except Exception as error:  # whatever it is, the other letters go out
            failed += 1
            _put_back(mail, error, timezone.now())
            connection.close()  # who knows what state the conversation is in; the next letter opens another
    return sent, failed


def _claim(now: datetime) -> AccountMail | None:
    """The next one, this worker's for the length of the lease."""
    with transaction.atomic():
        mail = ready_account_mail(now).select_for_update(skip_locked=True).first()
        if mail:
            mail.not_before, mail.attempts = now + LEASE, mail.attempts + 1
            mail.save(update_fields=["not_before", "attempts"])
        return mail


def _compose(mail: AccountMail) -> EmailMessage | None:
    """Its Message-ID is the row's own: sent twice, it is still one message."""
    with transaction.atomic():  # what a letter turns into is written whole or not at all
        message = _composers[mail.letter](mail)
    if message:
        host = urlsplit(settings.SITE_URL).hostname
        message.extra_headers |= {"Message-ID": f"<{mail.name}@{host}>", "Auto-Submitted": "auto-generated"}
    return message


def _put_back(mail: AccountMail, error: Exception, now: datetime) -> None:
    """Nothing of a letter is logged, nor what a server says of it: it may hold a link."""
    wait = wait_after(mail.attempts)
    then = "It will be tried again." if wait else "It is given up."
    log.error("Mail %s about an account (%s) was not sent: %s. %s", mail.name, mail.letter, type(error).__name__, then)
    if wait:
        mail.not_before = now + wait
        mail.save(update_fields=["not_before"])
    else:
        mail.delete()
