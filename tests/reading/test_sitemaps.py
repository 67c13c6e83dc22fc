"""Sitemaps name every page that can be read, in each language that it can be read in, and nothing else."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.editions.working.copies import change_slug
from editorial.library.services.topics import save_topic
from editorial.reading import sitemaps
from editorial.reviews.services import withdraw
from tests.factories import pages

pytestmark = pytest.mark.both_databases
SITE = "http://testserver"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(sitemaps, "PART", 4)
    monkeypatch.setattr(sitemaps, "CHUNK", 2)


def read(client, path: str):
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(response.getvalue())  # noqa: S314 (ours)


def parts(client) -> list[str]:
    return [element.text.removeprefix(SITE) for element in read(client, "/sitemap.xml").iter(f"{MAPS}loc")]


def listed(client, language: str) -> dict[str, dict[str, str]]:
    """{address: {language: its address there}} of all parts of a language"""
    found: dict[str, dict[str, str]] = {}
    for path in parts(client):
        if not path.startswith(f"/sitemaps/{language}-"):
            continue
        root = read(client, path)
        assert root.tag == f"{MAPS}urlset"
        assert len(root)
        for url in root:
            links = {link.get("hreflang"): link.get("href").removeprefix(SITE) for link in url.iter(f"{XHTML}link")}
            found[url.find(f"{MAPS}loc").text.removeprefix(SITE)] = links
    return found


def test_topics_stand_in_the_languages_that_have_a_page_about_them(client, desk):
    topic = save_topic("care", "Care", user=desk.author)
    pages.publish(pages.article(desk.author, slug="a-page", topics=[topic]), desk.author, desk.reviewer)
    english, spanish_pages = listed(client, "en"), listed(client, "es")
    assert english["/en/topics/care/"] == {"en": "/en/topics/care/", "x-default": "/en/topics/care/"}
    assert "/es/topics/care/" not in spanish_pages
    for name in ("topics", "a-z", "changes"):
        assert spanish_pages[f"/es/{name}/"]["en"] == f"/en/{name}/"


def test_every_page_stands_in_the_languages_that_it_can_be_read_in(client, spanish, stock, desk):
    for number in range(6):
        pages.publish(pages.article(desk.author, slug=f"page-{number}"), desk.author, desk.reviewer)
    pages.article(desk.author, slug="a-draft")
    english, spanish_pages = listed(client, "en"), listed(client, "es")
    assert {path for path in english if path.startswith("/en/articles/")} == {
        "/en/articles/", "/en/articles/a-page/", *(f"/en/articles/page-{number}/" for number in range(6)),
    }  # fmt: skip
    assert {path for path in spanish_pages if path.startswith("/es/articles/")} == {
        "/es/articles/",
        "/es/articles/a-page/",
    }
    own = {"en": "/en/articles/a-page/", "es": "/es/articles/a-page/"}
    assert english["/en/articles/a-page/"] == own | {"x-default": own["en"]}
    assert spanish_pages["/es/articles/a-page/"] == english["/en/articles/a-page/"]
    assert english["/en/"]["x-default"] == "/"
    for path in english:
        assert client.get(path).status_code == 200


def test_what_is_taken_down_or_moved_stands_there_no_more(client, spanish, desk):
    change_slug(spanish, "moved", user=desk.head)
    withdraw(spanish, "es", user=desk.operator, reason="wrong")
    assert "/en/articles/moved/" in listed(client, "en")
    assert not [path for path in listed(client, "es") if "moved" in path or "a-page" in path]
    withdraw(spanish, "", user=desk.operator, reason="wrong")
    assert not [path for path in listed(client, "en") if "moved" in path]


def test_a_page_says_when_it_was_released(client, article):
    [path] = [path for path in parts(client) if path.startswith("/sitemaps/en-") and "-site" not in path]
    [url] = read(client, path)
    assert url.find(f"{MAPS}lastmod").text.endswith("+00:00")


def test_pages_about_the_site_stand_there_where_they_can_be_read(client, desk):
    document = pages.site_words(desk.author, "privacy", "Privacy", "<p>None.</p>", is_page=True)
    pages.publish(document, desk.author, desk.reviewer)
    assert "/en/about/privacy/" in listed(client, "en")
    assert "/es/about/privacy/" not in listed(client, "es")


def test_statements_do_not_grow_with_the_pages(client, article, desk):
    def measured(path) -> int:
        with CaptureQueriesContext(connection) as queries:
            read(client, path)
        return len(queries)

    [path] = [path for path in parts(client) if path.startswith("/sitemaps/en-") and "-site" not in path]
    before = measured("/sitemap.xml"), measured(path)
    for _number in range(5):
        pages.publish(pages.article(desk.author), desk.author, desk.reviewer)
    assert (measured("/sitemap.xml"), measured(path)) == before


@pytest.mark.parametrize("path", ["en-99999", "en-x", "xx-0", "en-", f"en-{'9' * 40}", "en-²"])
def test_an_unknown_part_is_unknown(client, article, path):
    assert client.get(f"/sitemaps/{path}.xml").status_code == 404


def test_a_sitemap_is_sent_again_only_where_something_changed(client, article, desk):
    for path in [*parts(client)[:2], "/sitemap.xml"]:
        etag = client.get(path)["ETag"]
        assert client.get(path, HTTP_IF_NONE_MATCH=etag).status_code == 304
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405
        pages.publish(pages.article(desk.author), desk.author, desk.reviewer)
        assert client.get(path, HTTP_IF_NONE_MATCH=etag).status_code == 200
