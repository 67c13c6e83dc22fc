"""The reading order in the admin: addresses by line, kept as typed where one is wrong, closed to who may not set it."""

import pytest

from editorial.library.services.topics import save_topic
from editorial.reading.paths import arrange_path, find_path
from tests.factories import pages, people
from tests.layers import layer
from tests.reading import rendered

pytestmark = pytest.mark.django_db


@layer
def topic():
    return save_topic("tests", "Tests", user=people.author())


@layer
def articles():
    author = people.author()
    return [pages.article(author, slug=slug, title=slug.title()) for slug in ("one", "two")]


def address_of(topic) -> str:
    return f"/admin/library/topic/{topic.pk}/change/"


def save(client, topic, lines: str, **typed):
    return client.post(address_of(topic), {"name_en": "Tests", "path": lines, **typed})


def typed(response) -> str:
    return rendered.only(response, ".//textarea[@name='path']").text.strip()


@pytest.mark.parametrize(
    "lines",
    [
        "/articles/two/\n/articles/one/",
        "https://testserver/en/articles/two/\n\n  articles/one \n",
        "/es/articles/two\n/articles/one#x",
    ],
)
def test_a_path_is_typed_as_addresses(topic, articles, signed_in, lines):
    response = save(signed_in(people.head()), topic, lines)
    assert response.status_code == 302
    assert find_path("tests") == [articles[1], articles[0]]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("/articles/one/\n/articles/nothing/", "There is no page at “/articles/nothing/”"),
        ("nonsense", "There is no page at “nonsense”"),
        ("https://example.org/articles/one/", "There is no page at"),
        ("/articles/one/\n/articles/one/", "appears twice"),
        ("/articles/one/\n" * 13, "at most 12 pages"),
    ],
)
def test_what_is_wrong_is_said_and_kept(topic, articles, signed_in, lines, message):
    response = save(signed_in(people.head()), topic, lines)
    assert message in rendered.words(response)
    assert typed(response).split() == lines.split()
    assert find_path("tests") == []


def test_an_author_names_topics_and_cannot_change_the_order(topic, articles, signed_in):
    arrange_path("tests", articles, user=people.head())
    client = signed_in(people.author())
    assert typed(client.get(address_of(topic))) == "/articles/one/\n/articles/two/"
    assert save(client, topic, "/articles/two/", name_en="Examinations").status_code == 302
    topic.refresh_from_db()
    assert topic.name_en == "Examinations"
    assert find_path("tests") == articles
