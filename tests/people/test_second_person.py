"""Nobody alone makes a signer, or reaches one: attacks by whoever manages people, through the admin's own pages."""

from datetime import date
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils.translation import override

from editorial.accounts.models import Reviewer, User
from editorial.accounts.roles import Permission, Role
from editorial.editions.blockers import Blocked
from editorial.editions.labels import isolate
from editorial.editions.models import append_site_record
from editorial.people.descriptions import describe_changes
from editorial.people.facts import compare_facts, describe_person
from editorial.people.models import Act, PersonRecord, open_requests
from editorial.people.services import answer_request, change_person
from editorial.reviews.mail.worker import send_waiting
from tests.desk.forms import filled
from tests.factories import pages, people
from tests.factories.people import again

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return people.site_admin()


@pytest.fixture
def signer():
    return people.reviewer()


def save(client, address: str, **typed):
    """Open a form of the admin, change these fields and save it."""
    return client.post(address, filled(client.get(address)) | typed)


def person_page(person: User) -> str:
    return f"/admin/accounts/user/{person.pk}/change/"


def wanted(person: User, **facts):
    before = describe_person(person)
    return compare_facts(before, before | facts)


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "mine@example.org"), ("first_name", "Ana"), ("last_name", "Ruiz"), ("username", "somebody")],
)
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.HEAD, Role.SITE_ADMIN])
def test_an_admin_alone_changes_nothing_of_whoever_signs_or_agrees(signed_in, admin, role, field, value):
    person = people.person(role)
    before = describe_person(person)
    assert save(signed_in(admin), person_page(person), **{field: value}).status_code == 302
    assert describe_person(person) == before
    request = open_requests().get()
    assert (request.changes, request.recorded_by) == ({field: [before[field], value]}, admin)
    with pytest.raises(Blocked, match="You asked for this yourself"):
        answer_request(request, agrees=True, user=admin)
    with pytest.raises(Blocked, match="about you"):
        answer_request(request, agrees=True, user=person)
    answer_request(request, agrees=True, user=people.reviewer())
    assert describe_person(person)[field] == value


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.HEAD, Role.SITE_ADMIN])
def test_an_admin_alone_gives_nobody_a_role_that_signs_or_agrees(signed_in, admin, role):
    person = people.author()
    save(
        signed_in(admin), person_page(person),
        **{"roles-TOTAL_FORMS": "2", "roles-1-role": role.value, "roles-1-language": ""},
    )  # fmt: skip
    assert not again(person).can(Permission.AGREE)
    answer_request(open_requests().get(), agrees=True, user=people.head())
    assert again(person).can(Permission.AGREE)


def test_an_admin_alone_gives_other_roles_and_takes_any(signed_in, admin, signer):
    person = people.person()
    save(signed_in(admin), person_page(person), **{"roles-TOTAL_FORMS": "1", "roles-0-role": "author"})
    assert again(person).can(Permission.WRITE)
    save(signed_in(admin), person_page(signer), **{"roles-0-DELETE": "on"})
    assert not again(signer).can(Permission.REVIEW)
    assert not open_requests().exists()
    assert [record.act for record in PersonRecord.objects.order_by("sequence")] == [Act.CHANGED] * 2


def test_an_admin_alone_makes_no_credentials(signed_in, admin):
    person = people.person(Role.AUTHOR)
    save(
        signed_in(admin), "/admin/accounts/reviewer/add/",
        **{"user": person.pk, "slug": "ana", "name": "Ana", "letters": "MD", "specialty": "medical-oncology",
           "valid_until": "2090-01-01", "languages-TOTAL_FORMS": "1", "languages-0-language": "en"},
    )  # fmt: skip
    assert not Reviewer.objects.filter(user=person).exists()
    answer_request(open_requests().get(), agrees=True, user=people.reviewer())
    credentials = Reviewer.objects.get(user=person)
    assert credentials.has_language("en") and credentials.valid_until == date(2090, 1, 1)


@pytest.mark.parametrize(
    "typed",
    [{"name": "Somebody Else"}, {"valid_until": "2099-01-01"}, {"letters": "MD, PhD"}, {"specialty": "pathology"}],
)
def test_an_admin_alone_changes_no_credentials(signed_in, admin, signer, typed):
    before = describe_person(signer)
    save(signed_in(admin), f"/admin/accounts/reviewer/{signer.reviewer.pk}/change/", **typed)
    assert describe_person(signer) == before
    assert open_requests().get().person == signer


def test_a_registration_that_ended_counts_at_once(signed_in, admin, signer):
    save(signed_in(admin), f"/admin/accounts/reviewer/{signer.reviewer.pk}/change/", valid_until="2020-01-01")
    assert Reviewer.objects.get(user=signer).valid_until == date(2020, 1, 1)


def test_an_account_that_was_closed_is_not_opened_again_alone(signed_in, admin, signer):
    client, address = signed_in(admin), person_page(signer)
    form = filled(client.get(address))
    client.post(address, {name: value for name, value in form.items() if name != "is_active"})
    assert not again(signer).is_active
    client.post(address, form)
    assert not again(signer).is_active
    answer_request(open_requests().get(), agrees=True, user=people.head())
    assert again(signer).is_active


@pytest.mark.parametrize("who", [people.author, people.operator, lambda: people.translator("es")])
def test_only_those_agree_who_may(admin, signer, who):
    request = change_person(signer, wanted(signer, email="new@example.org"), user=admin).request
    with pytest.raises(Blocked):
        answer_request(request, agrees=True, user=who())
    assert request.is_open


def test_nobody_agrees_to_somebody_elses_change(admin):
    """A puppet's address is swapped between the question and the answer."""
    person = people.author()
    request = change_person(person, {"role:reviewer:": [None, True]}, user=admin).request
    change_person(person, wanted(person, email="mine@example.org"), user=admin)
    with pytest.raises(Blocked, match="was changed after this was asked for"):
        answer_request(request, agrees=True, user=people.head())


@pytest.mark.both_databases
def test_a_request_is_answered_once(admin, signer):
    request = change_person(signer, wanted(signer, email="new@example.org"), user=admin).request
    answer_request(request, agrees=False, user=admin, reason="A slip.")
    with pytest.raises(Blocked, match="answered this already"):
        answer_request(request, agrees=True, user=people.head())
    assert signer.email != "new@example.org"


def test_the_old_address_is_told_and_the_log_says_who(admin, signer):
    old, other = signer.email, people.reviewer()
    request = change_person(signer, wanted(signer, email="new@example.org"), user=admin).request
    answer_request(request, agrees=True, user=other)
    send_waiting()
    told = [letter for letter in mail.outbox if letter.to == [old]]
    assert any("new@example.org" in letter.body for letter in told)
    asked, agreed = PersonRecord.objects.order_by("sequence")
    assert (asked.recorded_by, agreed.recorded_by, agreed.act) == (admin, other, Act.AGREED)


@pytest.mark.both_databases
def test_the_database_refuses_who_agrees_to_their_own_request(admin, signer):
    request = change_person(signer, wanted(signer, email="new@example.org"), user=admin).request
    for user in (admin, signer):
        with pytest.raises(DatabaseError, match="nobody agrees"), transaction.atomic():
            append_site_record(
                PersonRecord(act=Act.AGREED, person=signer, request=request, changes=request.changes), user=user
            )


def test_two_reviewers_of_one_name_need_a_line_that_tells_them_apart(signed_in, admin):
    people.credentials(people.person(), name="Ana Ruiz")
    other = people.credentials(people.person(), name="Other")
    client, address = signed_in(admin), f"/admin/accounts/reviewer/{other.pk}/change/"
    answer = save(client, address, name="ana  RUIZ")
    assert "tells them apart" in answer.content.decode() and not open_requests().exists()
    assert save(client, address, name="ana  RUIZ", distinction="Bayside Hospital, Boston").status_code == 302
    assert open_requests().get().changes["credentials:distinction"] == ["", "Bayside Hospital, Boston"]


def test_a_signature_keeps_the_line_that_tells_its_signer_apart(client):
    author, signer, other = people.author(), people.reviewer(first_name="Ana", last_name="Ruiz"), people.reviewer()
    Reviewer.objects.filter(user__in=[signer, other]).update(name="Ana Ruiz")
    pages.publish(pages.article(author, slug="without"), author, other)
    Reviewer.objects.filter(user=signer).update(distinction="Bayside Hospital, Boston")
    document = pages.article(author, slug="with")
    pages.publish(document, author, again(signer))
    assert "Bayside Hospital, Boston" in client.get("/en/articles/with/").content.decode()
    assert "Bayside" not in client.get("/en/articles/without/").content.decode()
    call_command("verify_records", stdout=StringIO())


@pytest.mark.both_databases
def test_what_somebody_took_in_between_is_refused_in_words(admin):
    first, second = people.author(), people.author()
    credentials = {
        "credentials:slug": [None, "ana"], "credentials:name": [None, "Ana"], "credentials:letters": [None, "MD"],
        "credentials:specialty": [None, "pathology"], "credentials:valid_until": [None, "2090-01-01"],
        "credentials:distinction": [None, ""],
    }  # fmt: skip
    requests = [change_person(person, credentials, user=admin).request for person in (first, second)]
    answer_request(requests[0], agrees=True, user=people.head())
    with pytest.raises(Blocked, match="tells them apart"):
        answer_request(requests[1], agrees=True, user=people.head())
    signer = people.reviewer()
    request = change_person(signer, wanted(signer, username="taken"), user=admin).request
    people.person(username="taken")
    with pytest.raises(Blocked, match="taken by now"):
        answer_request(request, agrees=True, user=people.head())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("names", [("Helen", "Helena"), ("هيلين", "هيلينا")])
def test_two_values_of_the_other_direction_never_swap_their_places(language, names):
    """Beside each other they would be one run of words, and the arrow between them would point from new to old."""
    with override(language):
        [line] = describe_changes({"first_name": list(names), "last_name": [None, ""]})
    is_apart = all(isolate(name) in line for name in names)
    assert is_apart or (language == "en" and names[0].isascii())
