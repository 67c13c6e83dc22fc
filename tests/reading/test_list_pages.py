"""A long list has several pages: each has an address, a title and alternates of its own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.kind import ArticleKind
from editorial.editions.kinds import Listing
from editorial.reviews.services import withdraw
from tests.factories import pages
from tests.layers import layer
from tests.reading import rendered

pytestmark = pytest.mark.both_databases


@layer
def three(desk):
    """Three live articles, of which one was taken down in Spanish and one is translated into Arabic."""
    documents = [pages.article(desk.author, slug=f"page-{number}") for number in range(3)]
    for document in documents:
        pages.publish(document, desk.author, desk.reviewer)
    pages.publish_translation(documents[0], "es", desk.translator, desk.reviewer)
    withdraw(documents[0], "es", user=desk.operator, reason="wrong")
    pages.publish_translation(documents[1], "ar", desk.translator, desk.reviewer)
    return documents


@pytest.fixture(autouse=True)
def short_lists(monkeypatch):
    monkeypatch.setattr(ArticleKind, "listing", Listing(per_page=1))


def switched(response) -> dict[str, str]:
    """{language: where the language switch leads}"""
    links = [link for link in rendered.parsed(response).iter("a") if link.get("hreflang")]
    return {link.get("hreflang"): link.get("href") for link in links}


def alternates(response) -> dict[str, str]:
    return {
        link.get("hreflang"): link.get("href").removeprefix("http://testserver")
        for link in rendered.parsed(response).iter("link")
        if link.get("rel") == "alternate" and link.get("hreflang") not in (None, "x-default")
    }


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_page_of_a_list_is_canonical_under_its_own_address(client, three, language):
    first = f"/{language}/articles/"
    for number, canonical in [(1, first), (2, f"{first}?page=2"), (3, f"{first}?page=3"), ("x", first)]:
        assert rendered.canonical(client.get(f"{first}?page={number}")) == canonical
    assert rendered.canonical(client.get(f"{first}?page=99")) == f"{first}?page=3"
    assert rendered.canonical(client.get(f"{first}?page=2&utm_source=x")) == f"{first}?page=2"


def test_the_title_says_which_page_of_a_list_it_is(client, three):
    assert "page" not in rendered.only(client.get("/en/articles/"), ".//title").text.lower()
    assert rendered.only(client.get("/en/articles/?page=2"), ".//title").text.startswith("Articles, page 2 |")
    assert "، الصفحة 2 |" in rendered.only(client.get("/ar/articles/?page=2"), ".//title").text


def test_the_language_switch_keeps_the_page_where_the_other_language_has_it(client, three):
    second, third = client.get("/en/articles/?page=2"), client.get("/en/articles/?page=3")
    assert switched(second)["es"] == "/es/articles/?page=2"
    assert switched(second)["ar"] == "/ar/articles/?page=2"
    assert switched(third)["ar"] == "/ar/articles/?page=3"
    assert switched(third)["es"] == "/es/articles/"
    assert switched(client.get("/en/articles/"))["es"] == "/es/articles/"


def test_a_page_that_another_language_lacks_has_no_alternate_in_it(client, three):
    third = alternates(client.get("/en/articles/?page=3"))
    assert third["ar"] == "/ar/articles/?page=3"
    assert "es" not in third
    assert alternates(client.get("/en/articles/?page=2"))["es"] == "/es/articles/?page=2"


@pytest.mark.parametrize("language", ["en", "es", "ar", "vi"])
def test_where_the_switch_leads_there_is_such_a_page(client, three, language):
    for number in (1, 2, 3):
        for address in switched(client.get(f"/{language}/articles/?page={number}")).values():
            assert rendered.canonical(client.get(address)) == address


def test_a_later_page_of_a_list_takes_as_few_queries_however_long_it_is(client, desk, three):
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)

    before = queries("/en/articles/?page=2")
    assert before <= queries("/en/articles/") + 2 <= 6
    for number in range(3):
        pages.publish(pages.article(desk.author, slug=f"more-{number}"), desk.author, desk.reviewer)
    assert queries("/en/articles/?page=2") == before
