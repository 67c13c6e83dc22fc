"""What somebody does with the server itself: the first people, and a small team that lost its second person.

There is nobody to agree, so the chain says who ran it: the server's account and the name that they gave.
"""

import getpass
import socket

from django.db import transaction

from editorial.accounts.models import User
from editorial.editions.blockers import refuse_if
from editorial.editions.models import append_site_record

from .. import letters
from ..facts import Changes, Facts, compare_facts, describe_person, is_described, lock_person
from ..models import Act, PersonRecord
from ..verification import recorded_facts
from .changes import answer_for, apply, clash_blockers, stale_request_blockers


def server_name() -> str:
    """Who runs a command, as far as the server knows: account@host."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as containers have them
        account = "?"
    return f"{account}@{socket.gethostname()}"[:300]


def set_up_person(username: str, wanted: Facts, *, reason: str) -> tuple[User, Changes]:
    """Make the person, or change them, without a second one; returns them and what was changed.

    `wanted` are facts in the words of `describe_person`. Raises ValidationError for a name that cannot be one.
    """
    with transaction.atomic():
        person = User.objects.filter(username=username).first()
        if person is None:
            person = User(username=username, is_staff=True)
            person.set_unusable_password()
            person.full_clean()
            person.save()
        person = lock_person(person)
        before = describe_person(person)
        changes = compare_facts(before, before | wanted)
        apply(person, changes)
        person.full_clean(exclude=["password"])  # an address that is none, for example: nothing is changed then
        is_told = is_described(recorded_facts(person).get(person.pk, {}))
        _record_on_server(person, changes if is_told else compare_facts({}, describe_person(person)), reason)
        return person, changes


def record_everything(person: User, *, reason: str) -> None:
    """The record of somebody whom a command made whole: without one, nobody could tell who made them a signer."""
    with transaction.atomic():
        _record_on_server(person, compare_facts({}, describe_person(person)), reason)


def _record_on_server(person: User, changes: Changes, reason: str) -> None:
    record = PersonRecord(act=Act.SERVER, person=person, changes=changes, reason=reason)
    append_site_record(record, user=None, name=server_name())


def agree_on_server(request: PersonRecord, *, reason: str) -> PersonRecord:
    """Agree to a request where nobody else can. Raises Blocked where it was answered or is out of date."""
    with transaction.atomic():
        person = lock_person(request.person)
        request = PersonRecord.objects.select_related("person", "recorded_by").get(pk=request.pk)
        refuse_if([*stale_request_blockers(request, person), *clash_blockers(person, request.changes)])
        answer = answer_for(request, Act.AGREED, reason)
        append_site_record(answer, user=None, name=server_name())
        apply(person, request.changes)
        letters.tell_who_asked(answer)
        return answer


def set_password_on_server(person: User, password: str) -> PersonRecord:
    """Set a person's password, with its record. It ends every session under their name, and they are told."""
    with transaction.atomic():
        person = lock_person(person)
        person.set_password(password)
        person.save(update_fields=["password"])
        record = append_site_record(PersonRecord(act=Act.PASSWORD, person=person), user=None, name=server_name())
        letters.tell_of_password(person)
        return record
