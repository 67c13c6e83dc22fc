"""Mail about accounts. It is sent when the transaction is over, straight to the mail server: no outbox keeps it."""

import logging
from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override

from editorial.accounts.models import User
from editorial.accounts.roles import Permission, roles_granting

from .models import Act, PersonRecord

log = logging.getLogger(__name__)


def send_link(person: User) -> None:
    """The link with which a person sets their password. It is made here, and is only in this letter."""
    transaction.on_commit(partial(_send_link, person))


def _send_link(person: User) -> None:
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("password_reset_confirm", args=[uid, default_token_generator.make_token(person)])
    with override(person.mail_language):
        letter = _compose(_("Set your password for the desk"), "link", person, link=_absolute(path))
    _send([letter])


def tell_of_password(person: User) -> None:
    """The owner of an account learns that its password was set."""
    if person.email:
        transaction.on_commit(partial(_tell_of_password, person))


def _tell_of_password(person: User) -> None:
    with override(person.mail_language):
        letter = _compose(_("The password of your account was set anew"), "password", person)
    _send([letter])


def tell_old_address(person: User, old: str) -> None:
    """Whoever reads the old address learns that it is not the account's any more."""
    if old:
        transaction.on_commit(partial(_tell_old_address, person, old))


def _tell_old_address(person: User, old: str) -> None:
    with override(person.mail_language):
        letter = _compose(_("The email address of your account was changed"), "old_address", person, new=person.email)
    letter.to = [old]
    _send([letter])


def tell_who_may_agree(request: PersonRecord) -> None:
    """Those who may agree to a request."""
    people = User.objects.filter(is_active=True, is_staff=True, roles__role__in=roles_granting(Permission.AGREE))
    others = people.exclude(pk__in=[request.recorded_by_id, request.person_id]).exclude(email="").distinct()
    transaction.on_commit(partial(_tell_of_request, request, list(others)))


def _tell_of_request(request: PersonRecord, people: Iterable[User]) -> None:
    letters = []
    for person in people:
        with override(person.mail_language):
            subject = _("A change of %(name)s waits for a second person") % {"name": request.person.name}
            context = {"about": request.person.name, "by": request.recorded_by_name}
            letters.append(_compose(subject, "asked", person, link=_absolute(reverse("admin:index")), **context))
    _send(letters)


def tell_who_asked(answer: PersonRecord) -> None:
    """Whoever asked for a change, and the person whom it is about, learn of the answer."""
    request = answer.request
    people = {user.pk: user for user in (request.recorded_by, request.person) if user} if request else {}
    told = [user for pk, user in people.items() if user.email and pk != answer.recorded_by_id]
    transaction.on_commit(partial(_tell_of_answer, answer, told))


def _tell_of_answer(answer: PersonRecord, people: Iterable[User]) -> None:
    letters = []
    for person in people:
        with override(person.mail_language):
            subject = _("The change of %(name)s was answered") % {"name": answer.person.name}
            context = {"about": answer.person.name, "by": answer.recorded_by_name, "reason": answer.reason}
            letters.append(_compose(subject, "answered", person, is_agreed=answer.act == Act.AGREED, **context))
    _send(letters)


def _compose(subject: str, name: str, person: User, **context: object) -> EmailMessage:
    """A letter to a person, in the language that is active."""
    text = render_to_string(f"people/mail/{name}.txt", {"person": person, "site": settings.SITE_URL, **context})
    return EmailMessage(" ".join(subject.split()), text, to=[person.email])


def _send(letters: list[EmailMessage]) -> None:
    """All over one connection. Nothing of a letter is logged: it may hold a link."""
    try:
        get_connection().send_messages(letters)
    except Exception as error:  # whatever it is: what was done stays done, and the log says that nobody was told
        log.error("%s letters about accounts were not sent: %s", len(letters), type(error).__name__)


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"
