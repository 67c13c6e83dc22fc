"""Links to set a password: by mail to the person's own address, and nowhere else.

Nothing of a link is kept: the worker makes it as it sends its mail. Each is counted, by account and by the network
address that asked for it. Whoever asks without being logged in leaves the address that they typed, and the worker looks
whose it is: asking takes as long where there is no such account.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked
from editorial.editions.models import append_site_record
from editorial.editions.working.copies import refreshed_user

from ..facts import lock_person
from ..letters import compose_link
from ..models import AccountMail, Act, PasswordLink, PersonRecord
from ..outbox import register_letter, write_account_mail

# A new address resets no password until then: whoever had the old one has read by then that it was changed.
NEW_ADDRESS_WAIT = timedelta(days=2)
PERIOD = timedelta(hours=1)
MOST_PER_ACCOUNT, MOST_PER_ADDRESS = 3, 20
LINK, ASKED_LINK = "link", "asked-link"


class LinkRefused(Blocked):
    """No link was sent. The page for people who are not logged in tells nobody why."""


def password_link_wait(person: User, now: datetime) -> datetime | None:
    """From when a link may go to the person's new address; None where one may now."""
    until = person.email_changed_at + NEW_ADDRESS_WAIT if person.email_changed_at else None
    return until if until and until > now else None


def send_password_link(person: User, *, user: User | None = None) -> None:
    """Mail a link with which the person sets a password; `user` is the site admin who asked for it.

    Raises LinkRefused.
    """
    with transaction.atomic():
        person = lock_person(person)
        blockers = list(_link_blockers(person, refreshed_user(user) if user else None))
        if blockers:
            raise LinkRefused(blockers)
        PasswordLink.objects.create(person=person, asked_at=timezone.now())
        if user:
            append_site_record(PersonRecord(act=Act.LINK, person=person), user=user)
        write_account_mail(LINK, person=person)


def _link_blockers(person: User, user: User | None) -> Iterator[str]:
    now = timezone.now()
    if user and not user.can(Permission.MANAGE_PEOPLE):
        yield _("Only a site admin can send somebody a link.")
    if not person.is_active or not person.email:
        yield _("%(name)s is not active or has no email address.") % {"name": person.name}
    if password_link_wait(person, now):
        yield _("The email address is new. It can be used to set a password two days after it was changed.")
    if PasswordLink.objects.filter(person=person, asked_at__gt=now - PERIOD).count() >= MOST_PER_ACCOUNT:
        yield _("Several links were sent within the last hour. Use the newest, or wait an hour.")


def count_asker(address: str | None) -> None:
    """Count somebody at this network address who asks for a link, whether there is such an account or not.

    Raises LinkRefused where that was too often.
    """
    if not address:
        return
    now = timezone.now()
    if PasswordLink.objects.filter(address=address, asked_at__gt=now - PERIOD).count() >= MOST_PER_ADDRESS:
        raise LinkRefused([_("Too many links were asked for from this network. Wait an hour and try again.")])
    PasswordLink.objects.create(address=address, asked_at=now)


def ask_for_link(email: str) -> None:
    """Note that somebody who is not logged in wants a link at this address."""
    write_account_mail(ASKED_LINK, address=email)


def register_link_letters() -> None:
    """Called once, when the app is ready."""
    register_letter(ASKED_LINK, _answer_asker)
    register_letter(LINK, _link_letter)


def _answer_asker(mail: AccountMail) -> None:
    """A link for everybody of the address. It goes to theirs, not to one that was typed and only looks like it."""
    for person in User.objects.filter(email__iexact=mail.address, is_active=True):
        try:
            send_password_link(person)
        except LinkRefused:
            continue


def _link_letter(mail: AccountMail) -> EmailMessage | None:
    """None where the address was changed, or the account closed, while it waited."""
    person = mail.person
    if not person or not person.is_active or not person.email or password_link_wait(person, timezone.now()):
        return None
    return compose_link(person)
