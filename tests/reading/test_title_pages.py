"""Topics, the pages about each, and all pages from A to Z: what is live, by title, the readers' language first."""

import pytest
from django.utils import timezone

from editorial.library.services.topics import save_topic
from editorial.reading import title_questions, title_views
from editorial.reading.list_rows import find_list_problems
from editorial.reading.models import ListedTitle
from editorial.reading.paths import arrange_path
from editorial.reviews.services import withdraw
from tests.factories import pages
from tests.layers import layer
from tests.reading import rendered
from tests.reading.query_plans import explain, is_scanned_or_sorted

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@layer
def topics(desk):
    return [save_topic(slug, name, user=desk.author) for slug, name in (("tests", "Tests"), ("care", "Care"))]


@layer
def library(desk, topics):
    """ "Beta" and "Alpha" are about tests, "Beta" in Spanish too; "Gamma" is about care and nobody signed it."""
    beta = pages.article(desk.author, slug="beta", title="Beta", topics=[topics[0]])
    alpha = pages.article(desk.author, slug="alpha", title="Alpha", topics=[topics[0]])
    for document in (beta, alpha):
        pages.publish(document, desk.author, desk.reviewer)
    pages.publish_translation(beta, "es", desk.translator, desk.reviewer)
    pages.article(desk.author, slug="gamma", title="Gamma", topics=[topics[1]])
    return beta, alpha


def headings(response, level="h3") -> list[str]:
    return [node.text_content().strip() for node in rendered.parsed(response).iter(level)]


def named_links(response, part: str) -> list[tuple[str, str]]:
    """[(what a link says, where it leads)] of the links of the text into this part of the site."""
    main = rendered.only(response, ".//main")
    found = [(" ".join(link.text_content().split()), link.get("href")) for link in main.iter("a")]
    return [(name, address) for name, address in found if part in address]


def test_a_topic_is_offered_once_a_page_about_it_is_live(client, library):
    assert named_links(client.get("/en/topics/"), "/topics/t") == [("Tests", "/en/topics/tests/")]
    assert client.get("/en/topics/care/").status_code == 404
    assert client.get("/en/topics/never-was/").status_code == 404


def test_the_pages_about_a_topic_stand_by_title(client, library):
    assert named_links(client.get("/en/topics/tests/"), "/articles/") == [
        ("Alpha", "/en/articles/alpha/"),
        ("Beta", "/en/articles/beta/"),
    ]


def test_pages_in_another_language_stand_apart_and_say_so(client, library):
    response = client.get("/es/topics/tests/")
    assert [name for name, _url in named_links(response, "/articles/")] == ["es Beta", "Alpha"]
    alpha = next(text for text in rendered.texts(response) if text.words == "Alpha")
    assert (alpha.lang, alpha.dir) == ("en", "ltr")
    assert "Por ahora solo en" in " ".join(headings(response, "h2"))


def test_a_topic_is_called_as_the_signed_pages_call_it(client, desk, library):
    save_topic("tests", "Examinations", user=desk.author)
    assert headings(client.get("/en/topics/tests/"), "h1") == ["Tests"]
    pages.edit(library[0], desk.author, title="Better")
    pages.publish(library[0], desk.author, desk.reviewer)
    assert headings(client.get("/en/topics/tests/"), "h1") == ["Examinations"]


def test_what_was_taken_down_is_in_no_list(client, desk, library):
    withdraw(library[1], "en", user=desk.operator, reason="wrong")
    for address in ("/en/topics/tests/", "/en/a-z/", "/es/topics/tests/"):
        assert "Alpha" not in rendered.words(client.get(address))
    withdraw(library[0], "en", user=desk.operator, reason="wrong")
    assert client.get("/en/topics/tests/").status_code == 404


def test_all_pages_stand_from_a_to_z_under_their_letters(client, library):
    response = client.get("/en/a-z/")
    assert headings(response, "h2")[:2] == ["A", "B"]
    assert [name for name, _url in named_links(response, "/articles/")] == ["Alpha", "Beta"]
    assert [name for name, _url in named_links(client.get("/en/a-z/?letter=b"), "/articles/")] == ["Beta"]


def test_a_long_list_has_pages(client, library, monkeypatch):
    monkeypatch.setattr(title_views, "TITLES_PER_PAGE", 1)
    monkeypatch.setattr(title_views, "PAGES_PER_TOPIC", 1)
    for address in ("/en/a-z/", "/en/topics/tests/"):
        first, second = client.get(address), client.get(f"{address}?page=2")
        assert [name for name, _url in named_links(first, "/articles/")] == ["Alpha"]
        assert [name for name, _url in named_links(second, "/articles/")] == ["Beta"]
        assert rendered.canonical(second) == f"{address}?page=2"


def test_an_article_leads_to_its_topics_in_the_readers_language(client, library):
    assert "/es/topics/tests/" in rendered.links(client.get("/es/articles/beta/"))


def test_the_rows_are_those_of_the_editions(library):
    assert list(find_list_problems()) == []
    ListedTitle.objects.filter(topic="tests").first().delete()
    assert len(list(find_list_problems())) == 1


def test_a_later_topic_or_title_is_found_without_reading_past_the_others(library):
    now = timezone.now()
    questions = [
        lambda: title_questions.find_titles("en", "tests", now, number=1, per_page=24),
        lambda: title_questions.find_titles("en", "", now, number=1, per_page=24, letter="B"),
    ]
    for ask in questions:
        assert not is_scanned_or_sorted(explain(ask).replace("SCAN counted", ""))


def test_the_path_of_a_topic_comes_first_in_the_editors_order(client, desk, library):
    arrange_path("tests", [library[0], library[1]], user=desk.head)
    assert [name for name, _url in named_links(client.get("/en/topics/tests/"), "/articles/")] == ["Beta", "Alpha"]
    assert "Read in this order" in headings(client.get("/en/topics/tests/"), "h2")
