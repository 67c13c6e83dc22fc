"""Previews on the desk: straight to the page for those who are signed in, and links for those who have no account."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editorial.reading.models import PreviewLink
from editorial.reading.preview_links import create_preview_link
from tests.factories import pages, people
from tests.reading import rendered


@pytest.fixture
def links(world) -> str:
    return f"/admin/desk/documents/{world.live.pk}/previews/"


def made(response) -> str:
    """The path of the link that the page shows."""
    [field] = [node for node in rendered.parsed(response).iter("input") if node.get("id") == "made-link"]
    assert field.get("value").startswith("http://testserver/preview/")
    return field.get("value").removeprefix("http://testserver")


def test_the_desk_shows_the_working_copy_as_readers_would_see_it(signed_in, world):
    response = signed_in(world.operator).get(f"/admin/desk/documents/{world.live.pk}/en/preview/")
    said = rendered.words(response)
    assert "Words that are not submitted yet." in said
    assert "Not reviewed: not medical advice." in said
    assert "no-store" in response["Cache-Control"]
    assert rendered.robots(response) == ["noindex, nofollow"]


def test_where_there_is_no_signed_source_the_desk_says_why(signed_in, world):
    response = signed_in(world.translator).get(f"/admin/desk/documents/{world.draft.pk}/es/preview/")
    assert response.status_code == 200
    assert "The source page has no live edition yet." in rendered.words(response)


@pytest.mark.parametrize(
    ("who", "address", "language"),
    [
        ("author", "/admin/articles/article/{live.pk}/change/", "en"),
        ("drug_admin", "/admin/drugs/monograph/{drug.pk}/change/", "en"),
        ("author", "/admin/library/glossaryentry/{entry.pk}/change/", "en"),
        ("author", "/admin/library/sitewords/{words.pk}/change/", "en"),
        ("translator", "/admin/translate/{live.pk}/es/", "es"),
        ("head", "/admin/desk/documents/{live.pk}/", "es"),
    ],
)
def test_pages_of_the_desk_lead_to_the_preview_and_to_its_links(signed_in, world, who, address, language):
    client = signed_in(getattr(world, who))
    found = rendered.links(client.get(address.format(**vars(world))))
    ways = [
        item
        for item in found
        if item and re.search(rf"/{language}/preview/$|/previews/(\?language={language})?$", item)
    ]
    assert len(ways) == 2
    assert {client.get(way).status_code for way in ways} == {200}


def test_a_link_is_shown_once_and_opens_the_page_without_an_account(signed_in, world, links):
    client = signed_in(world.author)
    response = client.post(links, {"language": "en", "days": "1"})
    assert "no-store" in response["Cache-Control"]
    path = made(response)
    assert "Words that are not submitted yet." in rendered.words(Client().get(path))
    token = path.split("/")[2]
    assert token not in client.get(links).content.decode()
    assert token not in repr(dict(client.session))
    assert not response.cookies.get("messages")


def test_the_list_says_who_made_which_link_and_offers_to_take_back_ones_own(signed_in, world, links):
    create_preview_link(world.live, "es", user=world.translator)
    for who, buttons in (("author", 1), ("translator", 1), ("head", 2), ("admin", 2), ("reviewer", 0)):
        response = signed_in(getattr(world, who)).get(links)
        said = rendered.words(response)
        assert world.author.name in said and world.translator.name in said
        actions = [form.get("action") for form in rendered.parsed(response).iter("form")]
        assert len([action for action in actions if action and action.endswith("/revoke/")]) == buttons, who


def test_a_link_that_was_taken_back_is_listed_as_that_and_opens_nothing(signed_in, world, links):
    client = signed_in(world.author)
    path = made(client.post(links, {"language": "en", "days": "1"}))
    link = PreviewLink.objects.first()
    assert client.post(f"/admin/desk/previews/{link.pk}/revoke/").status_code == 302
    assert "link revoked" in rendered.words(client.get(links))
    assert Client().get(path).status_code == 404
    again = client.post(f"/admin/desk/previews/{link.pk}/revoke/")
    assert again.status_code == 409
    assert "has already revoked this link" in rendered.words(again)


def test_what_was_chosen_wrongly_is_refused_in_words(signed_in, world, links):
    client, before = signed_in(world.author), PreviewLink.objects.count()
    for data in ({}, {"language": "en"}, {"language": "xx", "days": "7"}, {"language": "en", "days": "365"}):
        assert client.post(links, data).status_code == 400
    assert client.post(links, {"language": "ar", "days": "7"}).status_code == 409
    assert PreviewLink.objects.count() == before


def test_who_may_share_nothing_is_offered_no_form(signed_in, world, links):
    for who, offered in (("operator", []), ("translator", ["es"]), ("author", ["en"])):
        root = rendered.parsed(signed_in(getattr(world, who)).get(links))
        selects = [node for node in root.iter("select") if node.get("name") == "language"]
        assert [option.get("value") for select in selects for option in select.iter("option")] == offered


def test_the_list_takes_the_same_queries_however_many_links_there_are(signed_in, world, links):
    client = signed_in(world.head)

    def measured() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(links).status_code == 200
        return len(queries)

    few = measured()
    for _number in range(10):
        create_preview_link(world.live, "en", user=world.author)
        create_preview_link(world.live, "en", user=people.author())
    assert measured() == few


def test_the_preview_of_a_draft_leaves_readers_with_what_was_signed(signed_in, world, client):
    before = client.get("/en/articles/live/").content
    signed_in(world.author).get(f"/admin/desk/documents/{world.live.pk}/en/preview/")
    pages.edit(world.live, world.author, lead="Newer words.")
    assert client.get("/en/articles/live/").content == before


@pytest.mark.parametrize("language", ["de", "EN", "xx", "en'"])
def test_an_unknown_language_has_no_preview(signed_in, world, language):
    address = f"/admin/desk/documents/{world.live.pk}/{language}/preview/"
    assert signed_in(world.author).get(address).status_code == 404
