"""Mail about accounts. It is sent when the transaction is over, straight to the mail server: no outbox keeps it."""

import logging
from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
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
        subject = _("Set your password for the desk")
        _send(subject, "people/mail/link.txt", person, person.email, link=_absolute(path))


def tell_old_address(person: User, old: str) -> None:
    """Whoever reads the old address learns that it is not the account's any more."""
    if old:
        transaction.on_commit(partial(_tell_old_address, person, old))


def _tell_old_address(person: User, old: str) -> None:
    with override(person.mail_language):
        subject = _("The email address of your account was changed")
        _send(subject, "people/mail/old_address.txt", person, old, new=person.email)


def tell_who_may_agree(request: PersonRecord) -> None:
    """Those who may agree to a request."""
    people = User.objects.filter(is_active=True, is_staff=True, roles__role__in=roles_granting(Permission.AGREE))
    others = people.exclude(pk__in=[request.recorded_by_id, request.person_id]).exclude(email="").distinct()
    transaction.on_commit(partial(_tell_of_request, request, list(others)))


def _tell_of_request(request: PersonRecord, people: Iterable[User]) -> None:
    for person in people:
        with override(person.mail_language):
            subject = _("A change of %(name)s waits for a second person") % {"name": request.person.name}
            asked_by = request.recorded_by_name
            _send(
                subject, "people/mail/asked.txt", person, person.email,
                about=request.person.name, by=asked_by, link=_absolute(reverse("admin:index")),
            )  # fmt: skip


def tell_who_asked(answer: PersonRecord) -> None:
    """Whoever asked for a change, and the person whom it is about, learn of the answer."""
    request = answer.request
    people = {user.pk: user for user in (request.recorded_by, request.person) if user} if request else {}
    told = [user for pk, user in people.items() if user.email and pk != answer.recorded_by_id]
    transaction.on_commit(partial(_tell_of_answer, answer, told))


def _tell_of_answer(answer: PersonRecord, people: Iterable[User]) -> None:
    for person in people:
        with override(person.mail_language):
            subject = _("The change of %(name)s was answered") % {"name": answer.person.name}
            _send(
                subject, "people/mail/answered.txt", person, person.email, about=answer.person.name,
                by=answer.recorded_by_name, is_agreed=answer.act == Act.AGREED, reason=answer.reason,
            )  # fmt: skip


def _send(subject: str, template: str, person: User, address: str, **context: object) -> None:
    """Nothing of the letter is logged: it may hold a link."""
    text = render_to_string(template, {"person": person, "site": settings.SITE_URL, **context})
    try:
        send_mail(" ".join(subject.split()), text, None, [address])
    except Exception as error:  # whatever it is: what was done stays done, and the log says that nobody was told
        log.error("A letter about account %s was not sent (%s): %s", person.pk, template, type(error).__name__)


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"
