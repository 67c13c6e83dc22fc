"""Addresses belong to documents: one in all languages, changed only by the service, and old ones lead on for good."""

import pytest
from django.urls import clear_script_prefix, set_script_prefix

from articles.services import create_article
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import kind_named
from editorial.editions.models import OldAddress
from editorial.editions.working.copies import change_slug
from editorial.reading.addresses import list_url, page_url, reviewer_url
from tests.factories import pages, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    writer, signer = people.author(), people.reviewer()
    document = pages.article(writer, slug="first")
    pages.publish(document, writer, signer)
    return document


def test_old_address_redirects_for_good_in_every_language(client, page):
    change_slug(page, "second", user=people.head())
    for language in people.EVERY_LANGUAGE:
        answer = client.get(f"/{language}/articles/first/")
        assert (answer.status_code, answer["Location"]) == (301, f"/{language}/articles/second/")
        assert client.get(f"/{language}/articles/second/").status_code == 200


def test_old_addresses_never_lead_in_chains_or_circles(client, page):
    head = people.head()
    for slug in ("second", "third", "first"):
        page = change_slug(page, slug, user=head)
    for slug in ("second", "third"):
        assert client.get(f"/en/articles/{slug}/")["Location"] == "/en/articles/first/"
    assert client.get("/en/articles/first/").status_code == 200
    assert set(OldAddress.objects.values_list("slug", flat=True)) == {"second", "third"}


@pytest.mark.parametrize("taken", ["first", "second", "other"])
def test_an_address_is_never_given_to_another(page, taken):
    change_slug(page, "second", user=people.head())
    writer = people.author()
    pages.article(writer, slug="other")
    third = pages.article(writer, slug="third")
    with pytest.raises(Blocked, match="belongs to another page, or did once"):
        change_slug(third, taken, user=people.head())
    with pytest.raises(Blocked, match="belongs to another page, or did once"):
        create_article(taken, "Title", user=writer)


@pytest.mark.parametrize("person", [people.author, people.reviewer, people.operator, lambda: people.translator("es")])
def test_only_those_who_set_policy_move_pages(page, person):
    with pytest.raises(Blocked, match="Only a head of content or a site admin can change"):
        change_slug(page, "second", user=person())
    assert not OldAddress.objects.exists()


def test_moving_a_page_changes_nothing_that_was_signed(client, page):
    before = client.get("/en/articles/first/")
    change_slug(page, "second", user=people.head())
    after = client.get("/en/articles/second/")
    assert before.content.decode().replace("/first/", "/second/") == after.content.decode()


def test_the_old_address_of_a_page_that_nobody_signed_gives_no_hint(client):
    document = pages.article(people.author(), slug="secret")
    change_slug(document, "more-secret", user=people.head())
    for slug in ("secret", "more-secret"):
        assert client.get(f"/en/articles/{slug}/").status_code == 404


def test_addresses_are_those_that_the_site_has_now():
    """They are kept, and another site in the same process has others."""
    article = kind_named("article")
    assert page_url(article, "a-page", "es") == "/es/articles/a-page/"
    try:
        set_script_prefix("/site/")
        assert page_url(article, "a-page", "es") == "/site/es/articles/a-page/"
        assert list_url(article, "en") == "/site/en/articles/"
        assert reviewer_url("ana-ruiz", "en") == "/site/en/reviewers/ana-ruiz/"
    finally:
        clear_script_prefix()
    assert page_url(article, "a-page", "es") == "/es/articles/a-page/"
    assert page_url(kind_named("site-words"), "helpline", "en") == "/en/about/helpline/"
