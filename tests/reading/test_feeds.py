"""Feeds tell what was released, reviewed again and taken down, in signed words, and nothing else."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.library.services.topics import save_topic
from editorial.reading import recent_changes
from editorial.reviews.services import withdraw
from tests.factories import pages

pytestmark = pytest.mark.both_databases
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client, path: str = "/en/feed/"):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 (ours)
    for name in ("title", "id", "updated"):
        assert root.find(ATOM + name).text
    assert root.find(f"{ATOM}author/{ATOM}name").text
    return root


def entries(client, path: str = "/en/feed/") -> list[tuple[str, str, str]]:
    """(title, address, summary) of each"""
    found = []
    for entry in feed(client, path).iter(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}id").text.startswith("tag:")
        assert entry.find(f"{ATOM}updated").text
        summary = entry.find(f"{ATOM}summary")
        address = entry.find(f"{ATOM}link").get("href").removeprefix("http://testserver")
        found.append((entry.find(f"{ATOM}title").text, address, summary.text or ""))
    return found


def ids(client) -> list[str]:
    return [entry.find(f"{ATOM}id").text for entry in feed(client).iter(f"{ATOM}entry")]


def test_a_page_is_new_then_changed_then_checked_again_then_taken_down(client, article, stock, desk):
    address = "/en/articles/a-page/"
    assert entries(client) == [("New page: Zebra title", address, "Zebra lead.")]
    known = ids(client)
    assert ids(client) == known

    pages.edit(article, desk.author, title="Lion title", change_note="We say more.")
    edition = pages.publish(article, desk.author, desk.reviewer)
    assert entries(client) == [("Changed page: Lion title", address, "We say more.")]
    assert ids(client) != known

    pages.confirm(edition, desk.reviewer)
    assert entries(client)[0][:2] == ("Page checked again: Lion title", address)

    withdraw(article, "en", user=desk.operator, reason="wrong")
    assert entries(client) == [("Stock title (a-page)", address, "Stock words.")]
    assert "Lion" not in client.get("/en/feed/").content.decode()


def test_each_language_has_its_own(client, spanish, desk):
    assert len(entries(client, "/es/feed/")) == 1
    assert entries(client, "/ar/feed/") == []
    withdraw(spanish, "es", user=desk.operator, reason="wrong")
    assert [address for _title, address, _summary in entries(client, "/es/feed/")] == ["/es/articles/a-page/"]
    assert entries(client)[0][0] == "New page: Zebra title"


def test_what_was_never_released_is_no_news(client, article, desk):
    draft = pages.article(desk.author, slug="a-draft")
    pages.submit(draft, "en", user=desk.author)
    withdraw(article, "", user=desk.operator, reason="wrong")
    assert [address for _title, address, _summary in entries(client)] == ["/en/articles/a-page/"]
    assert entries(client, "/es/feed/") == []


def test_a_topic_has_the_changes_of_the_pages_that_name_it(client, article, desk):
    topic = save_topic("care", "Care & more", user=desk.author)
    document = pages.article(desk.author, slug="about", topics=[topic])
    pages.publish(document, desk.author, desk.reviewer)
    path = "/en/topics/care/feed/"
    assert [address for _title, address, _summary in entries(client, path)] == ["/en/articles/about/"]
    assert feed(client, path).find(f"{ATOM}title").text == "Care & more"
    pages.edit(document, desk.author, topics=[])  # a draft says nothing
    assert len(entries(client, path)) == 1
    pages.publish(document, desk.author, desk.reviewer)
    assert client.get(path).status_code == 404
    assert client.get("/en/topics/never-was/feed/").status_code == 404


def test_a_page_that_is_taken_down_is_news_of_the_topics_that_it_named_to_readers(client, stock, desk):
    topics = [save_topic(key, key.title(), user=desk.author) for key in ("care", "other")]
    document = pages.article(desk.author, slug="about", topics=topics[:1])
    pages.publish(document, desk.author, desk.reviewer)
    pages.edit(document, desk.author, topics=topics)  # a draft
    withdraw(document, "en", user=desk.operator, reason="wrong")
    assert entries(client, "/en/topics/care/feed/") == [("Stock title (about)", "/en/articles/about/", "Stock words.")]
    assert client.get("/en/topics/other/feed/").status_code == 404


def test_a_feed_is_bounded_and_asked_in_a_constant_number_of_statements(client, article, stock, desk, monkeypatch):
    def measured() -> int:
        with CaptureQueriesContext(connection) as queries:
            entries(client)
        return len(queries)

    withdraw(article, "en", user=desk.operator, reason="wrong")
    documents = [pages.article(desk.author, title=f"Page {number}") for number in range(4)]
    pages.publish(documents[0], desk.author, desk.reviewer)
    before = measured()
    for document in documents[1:]:
        pages.publish(document, desk.author, desk.reviewer)
    withdraw(documents[1], "en", user=desk.operator, reason="wrong")
    assert measured() == before
    monkeypatch.setattr(recent_changes, "MOST", 2)
    assert len(entries(client)) == 2


def test_a_feed_that_did_not_change_is_not_sent_again(client, article, desk):
    etag = client.get("/en/feed/")["ETag"]
    assert client.get("/en/feed/", HTTP_IF_NONE_MATCH=etag).status_code == 304
    assert client.head("/en/feed/").status_code == 200
    assert client.post("/en/feed/").status_code == 405
    pages.publish(pages.article(desk.author), desk.author, desk.reviewer)
    assert client.get("/en/feed/", HTTP_IF_NONE_MATCH=etag).status_code == 200
