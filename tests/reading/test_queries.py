"""A public page takes the same few queries however long it is and however much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.editions.working.copies import change_slug
from editorial.library.models import Topic
from editorial.library.services.topics import save_topic
from editorial.reading.paths import arrange_path
from editorial.reviews.services import withdraw
from tests.factories import pages
from tests.factories.pages import SECTION
from tests.layers import layer

MOST = 5
PAGES = {
    "article": "/en/articles/main/",
    "translation": "/es/articles/main/",
    "fallback": "/ar/articles/main/",
    "list": "/en/articles/",
    "home": "/en/",
    "topics": "/en/topics/",
    "topic": "/en/topics/tests/",
    "a to z": "/en/a-z/",
    "old address": "/en/articles/main-once/",
    "withdrawn everywhere": "/en/articles/gone/",
    "withdrawn in one language": "/es/articles/gone-in-spanish/",
    "reviewer": "/en/reviewers/{reviewer}/",
    "unknown": "/en/articles/never-was/",
}
STATUS = {"old address": 301, "withdrawn everywhere": 410, "withdrawn in one language": 410, "unknown": 404}


@layer
def world(desk, stock):
    """One page of each sort. Returns what measures it: {name of the page: queries}."""
    tests = save_topic("tests", "Tests", user=desk.author)
    main = pages.article(desk.author, slug="main-once", topics=[tests])
    pages.publish(main, desk.author, desk.reviewer)
    pages.publish_translation(main, "es", desk.translator, desk.reviewer)
    change_slug(main, "main", user=desk.head)
    for slug, language in (("gone", "en"), ("gone-in-spanish", "es")):
        document = pages.article(desk.author, slug=slug)
        pages.publish(document, desk.author, desk.reviewer)
        pages.publish_translation(document, "es", desk.translator, desk.reviewer)
        withdraw(document, language, user=desk.operator, reason="wrong")
    main.refresh_from_db()
    arrange_path("tests", [main], user=desk.head)
    return main


def measured(client, desk, name: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(PAGES[name].format(reviewer=desk.reviewer.reviewer.slug))
    assert response.status_code == STATUS.get(name, 200)
    return len(queries)


def many_sections(main, desk):
    pages.edit(main, desk.author, sections=[SECTION | {"heading": f"Section {number}"} for number in range(12)])
    pages.publish(main, desk.author, desk.reviewer)


def more_languages(main, desk):
    for language in ("zh-hans", "vi"):
        pages.publish_translation(main, language, desk.translator, desk.reviewer)


def more_editions(main, desk):
    for number in range(4):
        pages.edit(main, desk.author, title=f"Title {number}")
        pages.publish(main, desk.author, desk.reviewer)


def more_documents(main, desk):
    for _number in range(8):
        topics = Topic.objects.filter(slug="tests")
        pages.publish(pages.article(desk.author, topics=topics), desk.author, desk.reviewer)


def many_references(main, desk):
    listed = [pages.reference(f"source-{number}") for number in range(10)]
    cited = "".join(f"[@{reference['key']}]" for reference in listed)
    pages.edit(main, desk.author, references=listed, key_points=[{"text": f"A point{cited}"}])
    pages.publish(main, desk.author, desk.reviewer)


@pytest.mark.both_databases
@pytest.mark.parametrize("name", PAGES)
def test_no_page_takes_more_than_five_queries(client, desk, world, name):
    assert measured(client, desk, name) <= MOST


@pytest.mark.parametrize("grow", [many_sections, more_languages, more_editions, more_documents, many_references])
def test_pages_take_the_same_queries_however_much_there_is(client, desk, world, grow):
    small = {name: measured(client, desk, name) for name in PAGES}
    grow(world, desk)
    # A translation that is outdated asks for the source's editions since.
    more = {"translation": small["translation"] + 1} if grow in (many_sections, more_editions, many_references) else {}
    assert {name: measured(client, desk, name) for name in PAGES} == small | more


@pytest.mark.parametrize("name", ["article", "list", "home", "reviewer"])
def test_a_page_that_the_browser_has_takes_no_more_queries_than_one_that_it_has_not(client, desk, world, name):
    path = PAGES[name].format(reviewer=desk.reviewer.reviewer.slug)
    tag = client.get(path)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    assert len(queries) <= measured(client, desk, name)
