"""People set their own password: it is in their log, and they are told by mail, in case it was somebody else."""

from django.db import transaction

from editorial.accounts.models import User
from editorial.editions.models import append_site_record

from .. import letters
from ..models import Act, PersonRecord


def record_own_password(person: User) -> PersonRecord:
    """The record of a password that its owner has just set; called in the transaction that set it."""
    with transaction.atomic():
        record = append_site_record(PersonRecord(act=Act.OWN_PASSWORD, person=person), user=person)
        letters.tell_of_password(person)
        return record
