"""Lists too long for a page: the glossary by its letters, a reviewer's page, and what is not counted to the end."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.kind import ArticleKind
from editorial.editions.kinds import Listing
from editorial.library.glossary.kind import GlossaryKind
from editorial.reading import list_slices, list_views
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.factories import pages
from tests.layers import layer
from tests.reading import rendered

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

# Where a Spanish reader has "Biopsia" and "Célula", two others are in English still.
WORDS = {"biopsy": "Biopsia", "cell": "Célula", "antibody": "", "blood": ""}


@layer
def glossary(desk):
    for word, spanish in WORDS.items():
        document = pages.glossary_entry(desk.author, word, word.title())
        edition = pages.publish(document, desk.author, desk.reviewer)
        if spanish:
            typed = pages.typed_translation(edition, "es")
            words = {place: spanish if text == f"es {word.title()}" else text for place, text in typed.items()}
            pages.translate(document, "es", desk.translator, words)
            pages.publish(document, desk.translator, desk.reviewer, "es")


@layer
def signed(desk):
    """Three articles by one reviewer, the oldest first."""
    documents = [pages.article(desk.author, slug=f"page-{number}", title=f"Title {number}") for number in range(3)]
    return [pages.publish(document, desk.author, desk.reviewer) for document in documents]


@pytest.fixture
def short_glossary(monkeypatch, glossary):
    monkeypatch.setattr(GlossaryKind, "listing", replace(GlossaryKind.listing, per_page=2))


def terms(response) -> list[str]:
    return [term.findtext("a") for term in rendered.parsed(response).iter("dt")]


def letters(response) -> list[tuple[str, str]]:
    """[(letter, where it leads)]"""
    navs = [node for node in rendered.parsed(response).iter("nav") if node.get("class") == "letters"]
    return [(link.text, link.get("href")) for nav in navs for link in nav.iter("a")]


def test_a_short_glossary_is_one_page_whose_letters_are_places_on_it(client, glossary):
    response = client.get("/en/glossary/")
    assert terms(response) == ["Antibody", "Biopsy", "Blood", "Cell"]
    assert letters(response) == [("A", "#letter-1"), ("B", "#letter-2"), ("C", "#letter-3")]


def test_a_long_glossary_has_a_page_for_each_letter(client, short_glossary):
    response = client.get("/en/glossary/?letter=B")
    assert terms(response) == ["Biopsy", "Blood"]
    assert letters(response) == [("A", "?letter=A"), ("B", "?letter=B"), ("C", "?letter=C")]
    assert rendered.canonical(response) == "/en/glossary/?letter=B"
    assert terms(client.get("/en/glossary/?letter=b")) == ["Biopsy", "Blood"]


@pytest.mark.parametrize("query", ["", "letter=x", "letter=", "letter=%D8%A3", "letter=<b>"])
def test_what_is_no_letter_of_the_glossary_asks_for_all_of_it(client, short_glossary, query):
    response = client.get(f"/en/glossary/?{query}")
    assert terms(response) == ["Antibody", "Biopsy"]
    assert rendered.canonical(response) == "/en/glossary/"
    assert terms(client.get(f"/en/glossary/?page=2&{query}")) == ["Blood", "Cell"]


def test_under_a_letter_what_is_in_the_readers_language_comes_first(client, short_glossary):
    assert terms(client.get("/es/glossary/")) == ["Biopsia", "Célula"]
    assert terms(client.get("/es/glossary/?page=2")) == ["Antibody", "Blood"]
    response = client.get("/es/glossary/?letter=B")
    assert terms(response) == ["Biopsia", "Blood"]
    assert [letter for letter, _address in letters(response)] == ["B", "C", "A"]


def test_a_letter_takes_as_few_queries_however_long_the_glossary_is(client, desk, short_glossary):
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return len(captured)

    before = {path: queries(path) for path in ("/en/glossary/", "/en/glossary/?letter=B")}
    for number in range(4):
        document = pages.glossary_entry(desk.author, f"b-{number}", f"Bone {number}")
        pages.publish(document, desk.author, desk.reviewer)
    assert {path: queries(path) for path in before} == before
    assert max(before.values()) <= 5


def test_a_reviewers_page_shows_the_newest_signatures_a_page_at_a_time(client, desk, signed, monkeypatch):
    monkeypatch.setattr(list_views, "SIGNED_PER_PAGE", 2)
    address = f"/en/reviewers/{desk.reviewer.reviewer.slug}/"
    pages.confirm(signed[0], desk.reviewer)

    def titles(response) -> list[str]:
        rows = [node for node in rendered.parsed(response).iter("p") if node.get("class") == "signed-title"]
        return ["".join(row.itertext()) for row in rows]

    first, second = client.get(address), client.get(f"{address}?page=2")
    assert titles(first) == ["Title 0", "Title 2"]
    assert titles(second) == ["Title 1"]
    assert desk.reviewer.reviewer.name in rendered.words(second)
    assert rendered.canonical(second) == f"{address}?page=2"
    revoke_sign_off(signed[2].sign_offs.get(), user=desk.reviewer, reason="An error.")
    withdraw(signed[1].document, "en", user=desk.operator, reason="wrong")
    assert titles(client.get(f"{address}?page=2")) == ["Title 0"]


def test_a_list_says_of_how_many_pages_it_is_only_as_far_as_it_is_counted(client, signed, monkeypatch):
    monkeypatch.setattr(ArticleKind, "listing", Listing(per_page=1))
    assert "Page 2 of 3" in rendered.words(client.get("/en/articles/?page=2"))
    monkeypatch.setattr(list_slices, "MOST_COUNTED", 2)
    response = client.get("/en/articles/?page=2")
    assert "Page 2" in rendered.words(response)
    assert "of 3" not in rendered.words(response)
    assert {"?page=1", "?page=3"} <= set(rendered.links(response))
    assert rendered.canonical(client.get("/en/articles/?page=99")) == "/en/articles/?page=3"
