"""Letters about changes of policies that take a second person. They are sent when the transaction is over."""

import logging
from collections.abc import Iterable
from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from editorial.accounts.models import User
from editorial.accounts.roles import Permission, roles_granting

from ..models import PolicyAct, PolicyRecord
from .addresses import desk_addresses
from .letters import absolute_url

log = logging.getLogger(__name__)


def tell_who_may_agree(request: PolicyRecord) -> None:
    """Those who may answer a request: heads of content and site admins, but for whoever asked."""
    people = User.objects.filter(is_active=True, is_staff=True, roles__role__in=roles_granting(Permission.SET_POLICY))
    others = people.exclude(pk__in=[request.recorded_by_id]).exclude(email="").distinct()
    transaction.on_commit(partial(_send, request, list(others)))


def tell_who_asked(answer: PolicyRecord) -> None:
    """Whoever asked learns of the answer, unless it is their own."""
    asker = answer.request.recorded_by if answer.request else None
    if asker and asker.pk != answer.recorded_by_id and asker.email:
        transaction.on_commit(partial(_send, answer, [asker]))


def _send(record: PolicyRecord, people: Iterable[User]) -> None:
    for person in people:
        with override(person.mail_language):
            is_request = record.act == PolicyAct.ASKED
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
            try:
                send_mail(subject, render_to_string("mail/policy.txt", context), None, [person.email])
            except Exception as error:  # what was done stays done, and the desk shows it
                log.error("A letter about a policy was not sent to account %s: %s", person.pk, type(error).__name__)
