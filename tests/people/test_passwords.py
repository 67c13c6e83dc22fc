"""Nobody sets another's password: a link goes to its owner by mail, and is nowhere else."""

import logging
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.accounts.models import User
from editorial.people.models import AccountMail, Act, PasswordLink, PersonRecord, open_requests
from editorial.people.services import LinkRefused, answer_request, change_person, send_password_link
from editorial.people.services.links import MOST_PER_ACCOUNT, MOST_PER_ADDRESS
from editorial.reviews.mail.worker import send_waiting
from tests.factories import people
from tests.factories.people import PASSWORD, again

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NEW = "seven horses in a meadow"
RESET = "/admin/password_reset/"


def ask(client, person, **address):
    return client.post(RESET, {"email": person.email}, **address)


def links() -> list[str]:
    return [found for letter in mail.outbox for found in re.findall(r"/admin/reset/\S+", letter.body)]


@pytest.mark.parametrize("make", [people.author, people.reviewer, people.head, people.site_admin])
def test_an_admin_sets_nobodys_password(signed_in, make):
    person, client = make(), signed_in(people.site_admin())
    typed = {"password1": NEW, "password2": NEW, "usable_password": "true", "set-password": "1"}
    assert client.post(f"/admin/accounts/user/{person.pk}/password/", typed).status_code == 403
    page = client.get(f"/admin/accounts/user/{person.pk}/change/").content.decode()
    client.post(f"/admin/accounts/user/{person.pk}/change/", {"password": "x"} | typed)
    page, _dialog, _login_again = page.partition('<dialog class="login-again"')
    assert again(person).check_password(PASSWORD) and 'type="password"' not in page


def test_a_new_person_gets_a_link_and_no_password(signed_in, client, caplog):
    caplog.set_level(logging.DEBUG)
    admin = people.site_admin()
    typed = {"username": "ana", "first_name": "Ana", "last_name": "Ruiz", "email": "ana@example.org", "is_staff": "on",
             "password1": NEW, "password2": NEW, "usable_password": "true"}  # fmt: skip
    answer = signed_in(admin).post("/admin/accounts/user/add/", typed, follow=True)
    send_waiting()
    person = User.objects.get(username="ana")
    assert not person.has_usable_password()
    (link,) = links()
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]
    kept = [repr(row.__dict__) for model in apps.get_models() for row in model._base_manager.all()]
    for place in (answer.content.decode(), caplog.text, *kept):
        assert link.rstrip("/").rsplit("/", 1)[1] not in place
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    assert client.post(address, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    assert client.post("/admin/login/", {"username": "ana", "password": NEW})["Location"] == "/admin/"


def test_a_link_names_this_site_whatever_the_request_says(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ask(client, people.reviewer(), HTTP_HOST="evil.example.org")
    send_waiting()
    assert links() and "evil" not in mail.outbox[0].body and settings.SITE_URL in mail.outbox[0].body


def test_a_link_that_is_not_taken_is_tried_again_and_stands_nowhere(through, caplog, time_machine):
    from tests.people.broken_mail import BrokenBackend

    now = timezone.now()
    time_machine.move_to(now, tick=False)
    through(BrokenBackend)
    send_password_link(people.reviewer())
    assert (send_waiting().failed, send_waiting().failed) == (1, 0)
    row = AccountMail.objects.get()
    assert (row.not_before, row.attempts) == (now + timedelta(minutes=1), 1)
    assert "tried again" in caplog.text and "/reset/" not in caplog.text + repr(row.__dict__)
    through()
    time_machine.move_to(now + timedelta(minutes=1), tick=False)
    send_waiting()
    assert len(links()) == 1 and not AccountMail.objects.exists()


def test_a_link_that_nobody_takes_is_given_up_after_two_days(through, caplog, time_machine):
    from tests.people.broken_mail import BrokenBackend

    begun = timezone.now()
    through(BrokenBackend)
    send_password_link(people.reviewer())
    while row := AccountMail.objects.first():
        time_machine.move_to(row.not_before)
        send_waiting()
    assert timedelta(days=1) < timezone.now() - begun < timedelta(days=3) and "given up" in caplog.text


def test_a_link_that_waits_is_not_sent_to_an_address_that_was_changed_meanwhile():
    signer, admin = people.reviewer(), people.site_admin()
    send_password_link(signer, user=admin)
    request = change_person(signer, {"email": [signer.email, "new@example.org"]}, user=admin).request
    answer_request(request, agrees=True, user=people.reviewer())
    send_waiting()
    assert links() == [] and mail.outbox


def test_a_new_address_resets_no_password_for_two_days(client, time_machine):
    signer, admin = people.reviewer(), people.site_admin()
    request = change_person(signer, {"email": [signer.email, "new@example.org"]}, user=admin).request
    answer_request(request, agrees=True, user=people.reviewer())
    signer = again(signer)
    with pytest.raises(LinkRefused, match="two days"):
        send_password_link(signer, user=admin)
    assert ask(client, signer).status_code == 302
    send_waiting()
    assert links() == []
    time_machine.move_to(timezone.now() + timedelta(days=2, minutes=1))
    ask(client, signer)
    send_waiting()
    assert len(links()) == 1


def test_links_are_limited_by_account_and_by_address(client, time_machine):
    person = people.author()
    for number in range(MOST_PER_ACCOUNT + 2):
        ask(client, person, REMOTE_ADDR=f"192.0.2.{number}")
    send_waiting()
    assert len(links()) == MOST_PER_ACCOUNT
    statuses = [
        client.post(RESET, {"email": "nobody@example.org"}, REMOTE_ADDR="192.0.2.99").status_code
        for _number in range(MOST_PER_ADDRESS + 1)
    ]
    assert statuses == [302] * MOST_PER_ADDRESS + [429]
    time_machine.move_to(timezone.now() + timedelta(hours=1, minutes=1))
    assert ask(client, person, REMOTE_ADDR="192.0.2.99").status_code == 302


def test_who_has_an_account_is_told_to_nobody_not_even_by_how_long_it_takes(client):
    known, work = people.author(), []
    for email in (known.email, "x@example.org"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(RESET, {"email": email})
        statements = [re.sub(r"'[^']*'", "?", query["sql"]) for query in asked]
        work.append((answer.status_code, answer["Location"], statements))
    assert work[0] == work[1]
    assert mail.outbox == [] and not PasswordLink.objects.filter(person=known).exists()
    send_waiting()
    assert [letter.to for letter in mail.outbox] == [[known.email]]


def test_a_password_set_on_the_server_is_on_record(monkeypatch):
    person = people.reviewer()
    monkeypatch.setattr("getpass.getpass", lambda prompt="": NEW)
    call_command("changepassword", person.username, stdout=StringIO())
    assert again(person).check_password(NEW)
    record = PersonRecord.objects.get()
    assert (record.act, record.person, record.recorded_by) == (Act.PASSWORD, person, None) and record.recorded_by_name


def test_the_first_people_are_set_up_on_the_server_and_on_record():
    call_command(
        "set_up_person", "ana", role=["site-admin"], email="ana@example.org", reason="New site.", stdout=StringIO()
    )
    send_waiting()
    person, record = User.objects.get(username="ana"), PersonRecord.objects.get()
    assert (record.act, record.person, record.changes["role:site-admin:"]) == (Act.SERVER, person, [None, True])
    assert len(links()) == 1
    call_command("verify_records", stdout=StringIO())


def test_a_team_without_a_second_person_is_helped_on_the_server():
    admin, author = people.site_admin(), people.author()
    people.on_record(admin, author)
    change_person(author, {"role:reviewer:": [None, True]}, user=admin)
    listed = StringIO()
    call_command("agree_to_change", stdout=listed)
    assert author.name in listed.getvalue()
    number = open_requests().get().sequence
    with pytest.raises(CommandError, match="Say who you are"):
        call_command("agree_to_change", str(number), stdout=StringIO())
    call_command("agree_to_change", str(number), reason="Our only reviewer left.", stdout=StringIO())
    assert again(author).roles.filter(role="reviewer").exists()
    call_command("verify_records", stdout=StringIO())


def test_a_link_that_does_not_hold_any_more_leads_to_a_new_one(client):
    assert f'href="{RESET}"' in client.get("/admin/reset/MQ/set-password/").content.decode()
