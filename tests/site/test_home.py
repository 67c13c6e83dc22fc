"""Home: the search, then what most readers come for, in their language, and nothing that is not live."""

from types import SimpleNamespace

import pytest

from articles.models import Group
from editorial.library.services.topics import save_topic
from editorial.reading.paths import arrange_path
from editorial.reviews.services import withdraw
from tests.factories import drugs, pages, people
from tests.layers import layer
from tests.reading import rendered

pytestmark = pytest.mark.django_db

CALL = {"heading": "When to call?", "body": "<p>Call today.</p>", "group": Group.WHEN_TO_CALL}


@layer
def desk():
    return SimpleNamespace(
        author=people.author(), reviewer=people.reviewer(), translator=people.translator("es"), head=people.head()
    )


@layer
def site(desk):
    """A path of two articles, of which the second says when to call; the first is there in Spanish too."""
    topics = {slug: save_topic(slug, slug.title(), user=desk.author) for slug in ("immunotherapy", "side-effects")}
    first = pages.article(desk.author, slug="first", title="First steps", topics=[topics["immunotherapy"]])
    second = pages.article(desk.author, slug="signs", title="Signs", sections=[CALL], topics=[topics["side-effects"]])
    for document in (first, second):
        pages.publish(document, desk.author, desk.reviewer)
    pages.publish_translation(first, "es", desk.translator, desk.reviewer)
    arrange_path("immunotherapy", [first, second], user=desk.head)
    arrange_path("side-effects", [second], user=desk.head)
    return first, second


def door(response, name: str) -> list[str]:
    """Where the links of a door lead."""
    return [
        link.get("href") for found in rendered.parsed(response).find_class(f"door-{name}") for link in found.iter("a")
    ]


def test_the_search_comes_first(client, site):
    order = [node.get("class") for node in rendered.only(client.get("/en/"), ".//main").iter("form", "section")]
    assert order[0] == "search-form"


def test_the_path_leads_through_its_pages_in_order(client, site):
    assert door(client.get("/en/"), "path") == ["/en/articles/first/", "/en/articles/signs/"]


def test_when_to_call_is_one_tap_away(client, site):
    assert door(client.get("/en/"), "call") == ["/en/articles/signs/#group-when-to-call"]
    assert 'id="group-when-to-call"' in client.get("/en/articles/signs/").content.decode()


def test_a_page_that_was_taken_down_is_in_no_door(client, site):
    withdraw(site[1], "", user=people.reviewer(), reason="wrong")
    response = client.get("/en/")
    assert door(response, "path") == ["/en/articles/first/"]
    assert door(response, "call") == []


def test_pages_in_another_language_stand_apart(client, site):
    foreign = [
        link.get("href")
        for node in rendered.parsed(client.get("/es/")).find_class("foreign")
        for link in node.iter("a")
    ]
    assert foreign == ["/es/articles/signs/", "/es/topics/side-effects/"]
    assert door(client.get("/es/"), "path")[0] == "/es/articles/first/"


def test_a_language_without_pages_says_so_in_its_own_words(client, site):
    notice = rendered.parsed(client.get("/vi/")).find_class("in-another-language")
    assert "Chưa có trang nào bằng Tiếng Việt" in " ".join(notice[0].text_content().split())
    assert rendered.parsed(client.get("/es/")).find_class("in-another-language") == []


def test_drugs_are_offered_by_brand(client, site):
    user, reviewer = drugs.drug_admin(), people.reviewer()
    document = drugs.monograph(user)
    pages.publish(document, user, reviewer)
    [link, _all] = door(client.get("/en/"), "drugs")
    assert link == f"/en/drugs/{document.slug}/"


def test_a_site_without_pages_has_a_home(client, site):
    for document in site:
        withdraw(document, "", user=people.reviewer(), reason="wrong")
    response = client.get("/en/")
    assert response.status_code == 200
    assert not rendered.parsed(response).find_class("door")
