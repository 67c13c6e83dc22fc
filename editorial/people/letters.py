"""Letters about accounts: who is told of what, and the words, which are made only as a letter is sent (`outbox.py`)."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override

from editorial.accounts.models import User
from editorial.accounts.roles import Permission, roles_granting

from .models import AccountMail, Act, PersonRecord
from .outbox import register_letter, write_account_mail

PASSWORD, OLD_ADDRESS, REQUEST, ANSWER = "password", "old-address", "request", "answer"


def tell_of_password(person: User) -> None:
    """The owner of an account learns that its password was set."""
    write_account_mail(PASSWORD, person=person)


def tell_old_address(person: User, old: str) -> None:
    """Whoever reads the old address learns that it is not the account's any more."""
    if old:
        write_account_mail(OLD_ADDRESS, person=person, address=old)


def tell_who_may_agree(request: PersonRecord) -> None:
    """Those who may agree to a request."""
    people = User.objects.filter(is_active=True, is_staff=True, roles__role__in=roles_granting(Permission.AGREE))
    for person in people.exclude(pk__in=[request.recorded_by_id, request.person_id]).distinct():
        write_account_mail(REQUEST, person=person, record=request.pk)


def tell_who_asked(answer: PersonRecord) -> None:
    """Whoever asked for a change, and the person whom it is about, learn of the answer."""
    asker = answer.request.recorded_by if answer.request else None
    people = {user.pk: user for user in (asker, answer.person) if user}
    for pk, person in people.items():
        if pk != answer.recorded_by_id:
            write_account_mail(ANSWER, person=person, record=answer.pk)


def compose_link(person: User) -> EmailMessage:
    """The link with which a person sets their password. It is made here, and is only in this letter."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("password_reset_confirm", args=[uid, default_token_generator.make_token(person)])
    with override(person.mail_language):
        return _compose(_("Set your password for the desk"), "link", person, link=_absolute(path))


def register_letters() -> None:
    """Called once, when the app is ready."""
    register_letter(PASSWORD, _password_letter)
    register_letter(OLD_ADDRESS, _old_address_letter)
    register_letter(REQUEST, _request_letter)
    register_letter(ANSWER, _answer_letter)


def _password_letter(mail: AccountMail) -> EmailMessage | None:
    person = mail.person
    if not person or not person.email:
        return None
    with override(person.mail_language):
        return _compose(_("The password of your account was set anew"), "password", person)


def _old_address_letter(mail: AccountMail) -> EmailMessage | None:
    person = mail.person
    if not person:
        return None
    with override(person.mail_language):
        subject = _("The email address of your account was changed")
        letter = _compose(subject, "old_address", person, new=person.email)
    letter.to = [mail.address]
    return letter


def _request_letter(mail: AccountMail) -> EmailMessage | None:
    """Nobody is asked for what was answered meanwhile."""
    person, request = mail.person, PersonRecord.objects.select_related("person").get(pk=mail.record)
    if not person or not person.is_active or not person.email or not request.is_open:
        return None
    with override(person.mail_language):
        subject = _("A change of %(name)s waits for a second person") % {"name": request.person.name}
        context = {"about": request.person.name, "by": request.recorded_by_name}
        return _compose(subject, "asked", person, link=_absolute(reverse("admin:index")), **context)


def _answer_letter(mail: AccountMail) -> EmailMessage | None:
    person, answer = mail.person, PersonRecord.objects.select_related("person").get(pk=mail.record)
    if not person or not person.email:
        return None
    with override(person.mail_language):
        subject = _("The change of %(name)s was answered") % {"name": answer.person.name}
        context = {"about": answer.person.name, "by": answer.recorded_by_name, "reason": answer.reason}
        return _compose(subject, "answered", person, is_agreed=answer.act == Act.AGREED, **context)


def _compose(subject: str, name: str, person: User, **context: object) -> EmailMessage:
    """A letter to a person, in the language that is active."""
    text = render_to_string(f"people/mail/{name}.txt", {"person": person, "site": settings.SITE_URL, **context})
    return EmailMessage(" ".join(subject.split()), text, to=[person.email])


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"
