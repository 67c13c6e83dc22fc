"""Several people at once do something about people and policies: the records stay one chain, and one answer counts."""

from contextlib import ExitStack
from io import StringIO

import pytest
from django.core.management import call_command

from editorial.accounts.models import User
from editorial.people.models import AccountMail, Act, PersonRecord
from editorial.people.services import change_person, record_own_password
from editorial.reviews.models import PolicyAct, PolicyRecord, SignOffPolicy
from editorial.reviews.services import change_sign_off_policy
from tests.editions.concurrent_workers import Workers
from tests.factories import people

pytestmark = [pytest.mark.both_databases, pytest.mark.race]
ROUNDS = 3


@pytest.fixture
def workers(fresh_connection, fresh_database):
    with ExitStack() as stack:
        yield Workers(fresh_database, stack)


def test_the_first_records_of_all_are_written_at_once(workers):
    for _number in range(4):
        workers.hire("end_sessions", people.person())
    assert workers.rounds(ROUNDS) == [["ended"] * 4] * ROUNDS
    assert PersonRecord.objects.count() == 4 * ROUNDS
    call_command("verify_records", stdout=StringIO())


@pytest.mark.parametrize("kinds", [("article", "drug"), ("article", "article")])
def test_the_first_policies_of_all_are_set_at_once(workers, kinds):
    for kind in kinds:
        workers.hire("set_policy", people.head(), kind=kind, sign_offs=2)
    assert workers.rounds(1) == [["set", "set"]]
    records = PolicyRecord.objects.filter(act=PolicyAct.CHANGED)
    assert SignOffPolicy.objects.count() == records.count() == len(set(kinds))
    call_command("verify_records", stdout=StringIO())


@pytest.mark.parametrize("second_agrees", [True, False])
def test_of_two_who_answer_one_request_at_once_exactly_one_counts(workers, second_agrees):
    admin, signers = people.site_admin(), [people.reviewer() for _number in range(ROUNDS)]
    requests = [
        change_person(signer, {"email": [signer.email, f"new{signer.pk}@example.org"]}, user=admin).request.pk
        for signer in signers
    ]
    for agrees in (True, second_agrees):
        workers.hire("answer_request", people.head(), requests=requests, agrees=agrees)
    people.on_record(*User.objects.all())
    assert [sorted(told) for told in workers.rounds(ROUNDS)] == [["Blocked", "answered"]] * ROUNDS
    for signer, request in zip(signers, requests, strict=True):
        answer = PersonRecord.objects.get(request=request)
        signer.refresh_from_db()
        assert signer.email.startswith("new") is (answer.act == Act.AGREED)
    call_command("verify_records", stdout=StringIO())


def test_of_two_who_answer_a_request_about_a_policy_at_once_exactly_one_counts(workers):
    head = people.head()
    change_sign_off_policy("article", "", {"sign_offs": 2, "grave_sign_offs": 3}, user=head)
    request = change_sign_off_policy("article", "", {}, user=head)
    for _number in range(2):
        workers.hire("answer_policy_request", people.site_admin(), request=request.pk)
    assert [sorted(told) for told in workers.rounds(1)] == [["Blocked", "answered"]]
    assert [record.act for record in PolicyRecord.objects.exclude(request=None)] == [PolicyAct.AGREED]
    call_command("verify_records", stdout=StringIO())


def test_two_workers_send_each_letter_about_an_account_once(workers):
    person = people.person()
    for _number in range(2):
        workers.hire("send_waiting", person)
    workers.begin()
    for _number in range(ROUNDS):
        for _letter in range(5):
            record_own_password(person)
        assert sum(workers.round()) == 5
        assert not AccountMail.objects.exists()
