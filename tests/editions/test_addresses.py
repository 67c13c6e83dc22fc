"""Addresses are in lower case, each one page's whatever the case; what the program asks for has a key besides."""

import importlib

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction

from editorial.editions.blockers import Blocked
from editorial.editions.models import Document, OldAddress
from editorial.editions.working.copies import change_slug
from editorial.editions.working.pages import create_page
from tests.factories import pages, people

pytestmark = pytest.mark.django_db


def test_an_address_is_written_in_lower_case_and_unique_whatever_the_case():
    author = people.author()
    assert pages.article(author, slug="Upper-Case").slug == "upper-case"
    with pytest.raises(Blocked, match="belongs to another page"):
        pages.article(author, slug="upper-case")


@pytest.mark.parametrize("slug", ["-", "_", "", "-a", "a-", "a b", "é", "a/b", "a\n", "x" * 101])
def test_an_address_without_letters_or_digits_at_its_ends_is_refused(slug):
    with pytest.raises(Blocked, match="An address has lower-case letters"):
        pages.article(people.author(), slug=slug)


def test_the_database_itself_refuses_capitals():
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(kind="article", slug="Capital")


def test_a_page_is_made_at_the_address_that_its_title_suggests(client):
    client.force_login(people.author())
    made = client.post("/admin/articles/article/add/", {"title": "Side effects: what helps?", "slug": ""})
    assert made.status_code == 302
    assert Document.objects.get().slug == "side-effects-what-helps"
    client.post("/admin/articles/article/add/", {"title": "Something else", "slug": "Typed-Address"})
    assert Document.objects.filter(slug="typed-address").exists()
    answer = client.post("/admin/articles/article/add/", {"title": "什么", "slug": ""})
    assert answer.status_code == 400
    assert "The title has no letters from a to z" in answer.content.decode()


def test_a_title_of_nothing_that_can_be_seen_is_no_title(client):
    client.force_login(people.author())
    answer = client.post("/admin/articles/article/add/", {"title": "\u200b", "slug": "an-address"})
    assert (answer.status_code, Document.objects.count()) == (400, 0)
    assert list(answer.context["form"].errors) == ["title"]


def test_what_the_program_asks_for_has_a_key_and_stays_where_it_is(client):
    author, head = people.author(), people.head()
    kind, policy_key = settings.POLICY_PAGE.split("/")
    documents = [
        *(pages.site_words(author, slug) for slug in ("emergency-number", "helpline", "article-words")),
        create_page(kind, policy_key, "How our pages are checked", user=author).document,
    ]
    client.force_login(head)
    for document in documents:
        assert document.key == document.slug
        with pytest.raises(Blocked, match="The site finds this page by its key"):
            change_slug(document, "another-address", user=head)
        page = client.get(f"/admin/desk/documents/{document.pk}/").content.decode()
        assert "The site finds this page by its key" in page
        assert 'name="slug"' not in page
    assert pages.article(author, slug="ordinary").key == ""


def test_words_that_were_moved_before_keys_were_apart_are_found_again(client):
    """The migration: a key from the address, or from the address that the words once had; capitals redirect."""
    author, reviewer = people.author(), people.reviewer()
    words = pages.site_words(author, "emergency-number", phrases=[{"key": "number", "text": "Call 911"}])
    pages.publish(words, author, reviewer)
    article = pages.article(author, slug="capitals")
    pages.publish(article, author, reviewer)
    Document.objects.filter(pk=words.pk).update(slug="moved", key="")
    OldAddress.objects.create(document=words, kind="site-words", slug="emergency-number")
    keys = importlib.import_module("editorial.editions.migrations.0002_keys_apart_from_addresses")
    keys.set_keys(apps, None)
    assert Document.objects.get(pk=words.pk).key == "emergency-number"
    OldAddress.objects.create(document=article, kind="article", slug="Capitals")
    assert client.get("/en/articles/Capitals/")["Location"] == "/en/articles/capitals/"
