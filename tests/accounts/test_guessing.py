"""Passwords are not guessed: after ten wrong ones, the right one is refused too, for a quarter of an hour."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from editorial.editions.blockers import Blocked
from immuno_site.proxy import client_address
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TRIES = 10


def log_in(client, user, password, **address):
    return client.post("/admin/login/", {"username": user.username, "password": password}, **address)


def test_logging_in(client, time_machine):
    user = people.author()
    statuses = [log_in(client, user, "wrong").status_code for _try in range(TRIES)]
    assert statuses == [200] * (TRIES - 1) + [429]
    refused = log_in(client, user, PASSWORD)
    assert refused.status_code == 429
    assert "Wait 15 minutes" in refused.content.decode()
    # Their owner gets in from elsewhere, and other people from here.
    assert log_in(client, user, PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 302
    assert log_in(client, people.author(), PASSWORD).status_code == 302
    time_machine.move_to(timezone.now() + timedelta(minutes=16))
    assert log_in(client, user, PASSWORD).status_code == 302


def test_signing():
    author, reviewer = people.author(), people.reviewer()
    edition = submit(pages.article(author), "en", user=author)
    told = []
    for password in ["wrong"] * TRIES + [PASSWORD]:
        with pytest.raises(Blocked) as blocked:
            pages.sign(edition, reviewer, password=password)
        told += [str(blocker)[:8] for blocker in blocked.value.blockers]
    assert told == ["That pas"] * (TRIES - 1) + ["Too many"] * 2
    assert not edition.sign_offs.exists()


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        (None, "10.0.0.1"),
        ("192.0.2.7", "192.0.2.7"),
        ("1.2.3.4, 192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("192.0.2.7, nonsense", "10.0.0.1"),
    ],
)
def test_the_proxys_word_counts_and_not_the_clients(forwarded, address):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")) == address


@pytest.mark.parametrize("length", [151, 256, 5000])
def test_a_name_longer_than_any_is_refused_before_an_attempt_is_counted(client, db, length):
    response = client.post("/admin/login/", {"username": "x" * length, "password": "y"})
    assert response.status_code == 200
    assert "at most 150 characters" in response.content.decode()
