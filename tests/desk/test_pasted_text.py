"""What the editor asks of the server when somebody pastes."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def paste(user, html: str, **options):
    client = Client(**options)
    client.force_login(user)
    return client.post(reverse("desk:paste"), {"html": html})


def test_who_writes_gets_the_text_and_the_changes(workplace):
    answer = paste(workplace.author, "<p>Take <del>20</del> 10<sup>9</sup>\0</p>")
    assert answer.json() == {
        "html": "<p>Take 10<sup>9</sup></p>",
        "changes": ["Struck-out passages left out: 1. The words: “20”."],
    }


def test_what_is_too_much_is_refused_in_words(workplace):
    answer = paste(workplace.author, "<b>" * 500)
    assert answer.status_code == 409
    assert "nested more than 50 levels" in answer.json()["refused"][0]


def test_a_request_without_its_token_is_refused(workplace):
    assert paste(workplace.author, "a", enforce_csrf_checks=True).status_code == 403
