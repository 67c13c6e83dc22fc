"""Sessions end, log-ins lead where one wanted to be, and the log tells its owner."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from editorial.people.account_log import KEPT, delete_log_ins, read_log
from editorial.people.services import change_person
from editorial.reviews.mail.worker import send_waiting
from tests.factories import people
from tests.factories.people import PASSWORD, again

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DESK = "/admin/desk/"


def log_in(client, user, password=PASSWORD, **typed):
    return client.post("/admin/login/", {"username": user.username, "password": password, **typed})


def is_in(client) -> bool:
    return client.get("/admin/desk/mail/").status_code == 200


def test_a_session_ends_when_nobody_used_it_for_a_shift_and_not_before(client, time_machine):
    start = timezone.now()
    log_in(client, people.author())
    for hours in (8, 16, 24, 35):
        time_machine.move_to(start + timedelta(hours=hours), tick=False)
        assert is_in(client), hours
    time_machine.move_to(start + timedelta(hours=47, minutes=1), tick=False)
    assert not is_in(client)
    assert settings.SESSION_COOKIE_AGE == 12 * 60 * 60


def test_a_person_ends_all_their_sessions(signed_in):
    user = people.author()
    here, elsewhere, other = signed_in(user), signed_in(user), signed_in(people.author())
    assert here.post("/admin/desk/account/log-out/").status_code == 302
    assert [is_in(client) for client in (here, elsewhere, other)] == [False, False, True]
    assert log_in(here, user).status_code == 302 and is_in(here)


def test_an_admin_ends_all_sessions_of_somebody(signed_in):
    user, admin = people.author(), people.site_admin()
    theirs = signed_in(user)
    signed_in(admin).post(f"/admin/accounts/user/{user.pk}/log-out/")
    assert not is_in(theirs)
    assert "Logged out everywhere" in {entry.what for entry in read_log(again(user))}


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("/admin/desk/mail/", "/admin/desk/mail/"),
        ("/admin/desk/?tab=all&page=2", "/admin/desk/?tab=all&page=2"),
        ("", "/admin/"),
        ("https://evil.example.org/", "/admin/"),
        (None, "/admin/"),
    ],
)
def test_after_logging_in_one_is_where_one_wanted_to_be(client, wanted, place):
    typed = {} if wanted is None else {"next": wanted}
    assert log_in(client, people.author(), **typed)["Location"] == place


def test_the_log_tells_of_log_ins_failures_and_rights(client, signed_in):
    user, admin = people.author(), people.site_admin()
    log_in(client, user, "wrong")
    log_in(client, user)
    change_person(user, {"role:operator:": [None, True]}, user=admin)
    own = client.get("/admin/desk/account/").content.decode()
    theirs = signed_in(admin).get(f"/admin/accounts/user/{user.pk}/history/").content.decode()
    for page in (own, theirs):
        for words in ("Logged in", "Wrong password", "Duty operator", admin.name):
            assert words in page
    assert signed_in(people.author()).get(f"/admin/accounts/user/{user.pk}/history/").status_code == 403


def test_log_ins_are_kept_for_ninety_days(client):
    user = people.author()
    log_in(client, user)
    delete_log_ins(timezone.now() + KEPT - timedelta(minutes=1))
    assert read_log(user)
    delete_log_ins(timezone.now() + KEPT + timedelta(minutes=1))
    assert read_log(user) == []


def test_a_password_that_is_changed_is_in_the_log_and_its_owner_is_told(signed_in):
    user, new = people.author(), "seven horses in a meadow"
    client = signed_in(user)
    wrong = {"old_password": "wrong", "new_password1": new, "new_password2": new}
    assert client.post("/admin/password_change/", wrong).status_code == 200
    assert client.post("/admin/password_change/", wrong | {"old_password": PASSWORD}).status_code == 302
    send_waiting()
    assert is_in(client) and again(user).check_password(new)
    assert [letter.to for letter in mail.outbox] == [[user.email]]
    assert [entry.what for entry in read_log(user)] == ["Set their own password"]


def test_a_log_tells_only_of_the_time_when_the_name_was_theirs(client, time_machine):
    start = timezone.now()
    first, admin = people.author(username="ana"), people.site_admin()
    log_in(client, first)
    time_machine.move_to(start + timedelta(hours=1))
    change_person(first, {"username": ["ana", "ana.ruiz"]}, user=admin)
    time_machine.move_to(start + timedelta(hours=2))
    second = people.author(username="ana")
    log_in(client, second, "wrong")
    assert [entry.what for entry in read_log(again(first))] == ["Changed", "Logged in"]
    assert [entry.what for entry in read_log(second)] == ["Wrong password"]
