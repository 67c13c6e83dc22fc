"""Whoever gets past the database's guards and rewrites what was done about people is found out."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from editorial.accounts.models import Reviewer, ReviewerLanguage, RoleGrant, User
from editorial.accounts.roles import Role
from editorial.editions.chains import chain_groups
from editorial.editions.models import append_site_record
from editorial.editions.models.records import GENESIS
from editorial.people.models import Act, PersonRecord
from editorial.people.services import answer_request, change_person
from tests.editions.test_tampering import past_the_triggers
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def asked_and_agreed():
    """(who asked, the request, the answer)."""
    admin, signer = people.site_admin(), people.reviewer()
    request = change_person(signer, {"email": [signer.email, "new@example.org"]}, user=admin).request
    return admin, request, answer_request(request, agrees=True, user=people.head())


def problems() -> str:
    with pytest.raises(CommandError) as found:
        call_command("verify_records", stdout=StringIO())
    return str(found.value)


def rewrite_chain() -> None:
    """As whoever owns the database would: every digest anew, so that the chain proves itself."""
    previous = GENESIS
    for record in PersonRecord.objects.order_by("sequence"):
        record.previous_digest = previous
        record.record_digest = previous = record.digest()
        record.save()


def test_what_was_done_about_people_is_proved_and_in_every_checkpoint(asked_and_agreed):
    _admin, _request, answer = asked_and_agreed
    [group] = [group for group in chain_groups() if group.name == "people.personrecord"]
    assert [(head.length, head.digest) for head in group.heads()] == [(2, answer.record_digest)]
    people.on_record(*User.objects.all())
    call_command("verify_records", stdout=StringIO())


@pytest.mark.parametrize(
    ("column", "value"), [("reason", "Another"), ("changes", {}), ("act", Act.SERVER), ("recorded_by_name", "Nobody")]
)
def test_a_changed_record_is_found(asked_and_agreed, column, value):
    with past_the_triggers(PersonRecord):
        PersonRecord.objects.filter(sequence=1).update(**{column: value})
        assert "was changed after it was written" in problems()


def test_a_record_that_was_taken_out_is_found(asked_and_agreed):
    admin, _request, answer = asked_and_agreed
    append_site_record(PersonRecord(act=Act.SESSIONS, person=admin), user=admin)
    with past_the_triggers(PersonRecord):
        PersonRecord.objects.filter(pk=answer.pk).delete()
        assert "does not follow the record before it" in problems()


def test_an_agreement_of_whoever_asked_is_found_though_the_chain_was_rewritten(asked_and_agreed):
    admin, _request, answer = asked_and_agreed
    with past_the_triggers(PersonRecord), transaction.atomic():
        PersonRecord.objects.filter(pk=answer.pk).update(recorded_by=admin, recorded_by_name=admin.name)
        rewrite_chain()
        assert "whoever agreed had asked for it" in problems()


# --- Rows that were changed past everything here ---


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda signer, author: User.objects.filter(pk=signer.pk).update(email="mine@example.org"), "mine@example.org"),
        (lambda signer, author: Reviewer.objects.filter(user=signer).update(name="Ana"), "credentials:name is 'Ana'"),
        (lambda signer, author: ReviewerLanguage.objects.filter(language="es").delete(), "language:es is None"),
        (lambda signer, author: RoleGrant.objects.create(user=author, role=Role.REVIEWER), "role:reviewer: is True"),
        (lambda signer, author: people.reviewer(), "no record says who made them so"),
    ],
)
def test_a_row_that_is_not_as_it_was_recorded_last_is_found(change, message):
    signer, author = people.reviewer(), people.author()
    people.on_record(signer, author)
    people.author()  # signs nothing, so needs no record
    call_command("verify_records", stdout=StringIO())
    change(signer, author)
    assert message in problems()


def test_what_was_changed_by_the_services_is_as_it_was_recorded_last():
    admin, signer, author = people.site_admin(), people.reviewer(), people.author()
    people.on_record(admin, signer, author)
    change_person(author, {"first_name": [author.first_name, "Ana"]}, user=admin)
    request = change_person(author, {"role:reviewer:": [None, True]}, user=admin).request
    answer_request(request, agrees=True, user=signer)
    refused = change_person(signer, {"last_name": [signer.last_name, "Ruiz"]}, user=admin).request
    answer_request(refused, agrees=False, user=admin, reason="A slip.")
    change_person(signer, {"language:es": [True, None]}, user=admin)
    call_command("set_up_person", author.username, role=["head"], no_email=True, reason="A test.", stdout=StringIO())
    call_command("verify_records", stdout=StringIO())
