"""Reading paths: who arranges them, what follows a page, and that readers get nothing by them that is not live."""

import pytest
from django.utils import timezone

from editorial.editions.blockers import Blocked
from editorial.library.services.topics import save_topic
from editorial.reading.models import PathStep
from editorial.reading.paths import MOST_RELATED, MOST_STEPS, arrange_path, find_further, find_path
from editorial.reviews.services import withdraw
from tests.factories import pages, people
from tests.layers import layer
from tests.reading import rendered

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TITLES = ("One", "Two", "Three", "Four", "Five", "Six")


@layer
def articles(desk):
    """Live articles, all but "Two" about one topic; "One" and "Two" are there in Spanish too."""
    topic = save_topic("tests", "Tests", user=desk.author)
    documents = [
        pages.article(desk.author, slug=title.lower(), title=title, topics=[topic] if title != "Two" else [])
        for title in TITLES
    ]
    for document in documents:
        pages.publish(document, desk.author, desk.reviewer)
    for document in documents[:2]:
        pages.publish_translation(document, "es", desk.translator, desk.reviewer)
    return documents


def following(client, slug: str, language: str = "en") -> tuple[str, list[str]]:
    """(the next page, those about the same topic)"""
    found = rendered.parsed(client.get(f"/{language}/articles/{slug}/")).find_class("further")
    links = [link for nav in found for link in nav.iter("a") if "/articles/" in link.get("href")]
    names = [(link.getparent().get("class"), link.get("href").split("/")[-2]) for link in links]
    following = [slug for place, slug in names if place == "further-next"]
    return "".join(following), [slug for place, slug in names if place != "further-next"]


def test_the_next_page_is_that_of_the_path(client, desk, articles):
    arrange_path("tests", [articles[2], articles[0], articles[4]], user=desk.head)
    assert following(client, "three")[0] == "one"
    assert following(client, "one")[0] == "five"
    assert following(client, "five")[0] == ""
    assert following(client, "two")[0] == ""


def test_a_step_that_is_not_live_is_left_out(client, desk, articles):
    draft = pages.article(desk.author, slug="draft", title="Draft")
    arrange_path("tests", [articles[0], draft, articles[1], articles[2]], user=desk.head)
    assert following(client, "one")[0] == "two"
    withdraw(articles[1], "", user=people.reviewer(), reason="wrong")
    assert following(client, "one")[0] == "three"
    assert "Draft" not in rendered.words(client.get("/en/topics/tests/"))


def test_readers_are_led_on_in_their_own_language_alone(client, desk, articles):
    arrange_path("tests", [articles[0], articles[2], articles[1]], user=desk.head)
    assert following(client, "one", "es") == ("two", [])


def test_without_a_path_pages_about_the_topic_follow_by_title_from_the_page_on(client, articles):
    # By title: Five, Four, One, Six, Three.
    assert following(client, "four") == ("", ["one", "six", "three"])
    assert following(client, "three") == ("", ["five", "four", "one"])


def test_no_page_follows_twice(client, desk, articles):
    arrange_path("tests", [articles[3], articles[0]], user=desk.head)
    assert following(client, "four") == ("one", ["six", "three", "five"])


def test_a_page_without_a_topic_leads_nowhere(client, desk):
    pages.publish(pages.article(desk.author, slug="alone"), desk.author, desk.reviewer)
    assert following(client, "alone") == ("", [])


def test_few_rows_follow_however_many_pages_there_are(articles):
    found = find_further("article", "one", "en", timezone.now())
    assert found.topic == "tests"
    assert len(found.rows) == MOST_RELATED


@pytest.mark.parametrize("make", [people.author, people.reviewer, people.operator, lambda: people.translator("es")])
def test_only_who_sets_policies_arranges_a_path(articles, make):
    with pytest.raises(Blocked, match="head of content"):
        arrange_path("tests", articles[:2], user=make())
    assert find_path("tests") == []


def test_all_that_is_wrong_is_said_at_once_and_nothing_changes(desk, articles):
    arrange_path("tests", articles[:1], user=desk.head)
    with pytest.raises(Blocked) as refused:
        arrange_path("tests", articles * 3, user=desk.author)
    assert len(refused.value.blockers) == 3
    assert len(articles * 3) > MOST_STEPS
    assert find_path("tests") == articles[:1]


def test_the_history_says_who_arranged_it(desk, articles):
    arrange_path("tests", articles[:2], user=desk.head)
    arrange_path("tests", articles[1:2], user=desk.head)
    assert find_path("tests") == [articles[1]]
    history = PathStep.history.order_by("history_id")
    assert [(row.history_type, row.history_user_name) for row in history][-1] == ("-", desk.head.name)
    assert history.filter(history_type="~", place=1).count() == 1


def test_what_does_not_change_writes_no_history(desk, articles):
    arrange_path("tests", articles[:2], user=desk.head)
    count = PathStep.history.count()
    arrange_path("tests", articles[:2], user=desk.head)
    assert PathStep.history.count() == count
