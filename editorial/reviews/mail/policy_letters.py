"""Letters about changes of policies that take a second person. They wait in the outbox of letters about accounts."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from editorial.accounts.models import User
from editorial.accounts.roles import Permission, roles_granting
from editorial.people.models import AccountMail
from editorial.people.outbox import write_account_mail

from ..models import PolicyAct, PolicyRecord
from .addresses import desk_addresses
from .letters import absolute_url

POLICY = "policy"


def tell_who_may_agree(request: PolicyRecord) -> None:
    """Those who may answer a request: heads of content and site admins, but for whoever asked."""
    people = User.objects.filter(is_active=True, is_staff=True, roles__role__in=roles_granting(Permission.SET_POLICY))
    for person in people.exclude(pk__in=[request.recorded_by_id]).distinct():
        write_account_mail(POLICY, person=person, record=request.pk)


def tell_who_asked(answer: PolicyRecord) -> None:
    """Whoever asked learns of the answer, unless it is their own."""
    asker = answer.request.recorded_by if answer.request else None
    if asker and asker.pk != answer.recorded_by_id:
        write_account_mail(POLICY, person=asker, record=answer.pk)


def compose_policy_letter(mail: AccountMail) -> EmailMessage | None:
    """None where a request was answered meanwhile."""
    person, record = mail.person, PolicyRecord.objects.get(pk=mail.record)
    is_request = record.act == PolicyAct.ASKED
    if not person or not person.is_active or not person.email or (is_request and not record.is_open):
        return None
    with override(person.mail_language):
        subject = _("A policy that asks for fewer sign-offs waits for you") if is_request else _(
            "Your change of a policy was answered"
        )  # fmt: skip
        context = {
            "name": person.name,
            "record": record,
            "is_request": is_request,
            "is_agreed": record.act == PolicyAct.AGREED,
            "link": absolute_url(desk_addresses().policies()),
        }
        return EmailMessage(subject, render_to_string("mail/policy.txt", context), to=[person.email])
