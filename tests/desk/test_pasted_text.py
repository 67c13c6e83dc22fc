"""What the editor asks of the server when somebody pastes."""

import pytest
from django.test import Client
from django.urls import reverse

from editorial.editions.blockers import Blocked
from editorial.editions.freezing import find_signed_source, find_unchecked_units
from tests.desk.forms import filled
from tests.factories import pages

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


def test_an_editor_of_one_block_gets_lines(workplace):
    client = Client()
    client.force_login(workplace.translator)
    html = "<table><tr><th>Drug</th><th>Dose</th></tr><tr><td>CPS 10</td><td>200 mg</td></tr></table>"
    answer = client.post(reverse("desk:paste"), {"html": html, "is_one_block": "1"})
    assert answer.json()["html"] == "<p>Drug | Dose<br>CPS 10 | 200 mg</p>"


def test_what_is_too_much_is_refused_in_words(workplace):
    answer = paste(workplace.author, "<b>" * 500)
    assert answer.status_code == 409
    assert "nested more than 50 levels" in answer.json()["refused"][0]


def test_a_request_without_its_token_is_refused(workplace):
    assert paste(workplace.author, "a", enforce_csrf_checks=True).status_code == 403


FOREIGN = "<table><tr><td>CPS 10</td><td>200 mg</td></tr></table><p>Do <del>not</del> stop: 10<sup>9</sup></p>"


def test_a_form_with_foreign_html_is_saved_and_says_what_changed(world, signed_in):
    client, page = signed_in(world.author), f"/admin/articles/article/{world.draft.pk}/change/"
    opened = filled(client.get(page))
    answer = client.post(page, opened | {"sections-0-body": FOREIGN}, follow=True)
    shown = answer.content.decode()
    assert "Struck-out passages left out: 1. The words: “not”." in shown
    saved = filled(answer)["sections-0-body"]
    assert ">CPS 10</td>" in saved
    assert "10<sup>9</sup></p>" in saved


@pytest.mark.parametrize("title", ["\u200b", "\u2067\u2069", "\u00ad \u200e"])
def test_a_title_of_characters_that_nobody_can_see_is_missing(world, signed_in, title):
    client, page = signed_in(world.author), f"/admin/articles/article/{world.draft.pk}/change/"
    answer = client.post(page, filled(client.get(page)) | {"title": title})
    assert answer.status_code == 400
    assert "This field is required." in answer.content.decode()
    assert client.post("/admin/articles/article/add/", {"title": title, "slug": "new"}).status_code == 400


def test_a_no_break_space_alone_makes_no_new_edition_and_no_translation_outdated(workplace):
    pages.edit(workplace.document, workplace.author, lead="Take 5 mg.")
    edition = workplace.published()
    pages.translate(workplace.document, "es", workplace.translator)
    pages.edit(workplace.document, workplace.author, lead="Take 5\u00a0mg.")
    with pytest.raises(Blocked, match="Nothing has changed"):
        workplace.published()
    assert find_signed_source(workplace.document) == edition
    assert find_unchecked_units(workplace.document, "es", edition) == []
