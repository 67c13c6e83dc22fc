"""Ending every session of a person at once."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import refuse_if
from editorial.editions.models import append_site_record
from editorial.editions.working.copies import refreshed_user

from ..facts import lock_person
from ..models import Act, PersonRecord


def end_sessions(person: User, *, user: User) -> User:
    """Log a person out on every device, this one too; returns them as they are now. Raises Blocked."""
    with transaction.atomic():
        user = refreshed_user(user)
        refuse_if(_blockers(person, user))
        person = lock_person(person)
        person.sessions_ended_at = timezone.now()
        person.save(update_fields=["sessions_ended_at"])
        append_site_record(PersonRecord(act=Act.SESSIONS, person=person), user=user)
        return person


def _blockers(person: User, user: User) -> Iterator[str]:
    if user.pk != person.pk and not user.can(Permission.MANAGE_PEOPLE):
        yield _("Only a site admin can log somebody else out.")
