"""The desk's lists: who finds what in them, in a constant number of queries."""

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.reviews.services import record_review, submit
from tests.factories import pages, people

pytestmark = pytest.mark.once


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def sections(response) -> dict[str, str]:
    """{heading: text} of the panels of a page."""
    root = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return {
        panel.find("h2").text: "".join(panel.itertext())
        for panel in root.iter("section")
        if panel.find("h2") is not None
    }


def waiting(author, count: int) -> None:
    for number in range(count):
        submit(pages.article(author, title=f"Waiting {number}"), "en", user=author)


@pytest.mark.parametrize("who", ["reviewer", "author", "head"])
def test_the_queue_takes_the_same_queries_however_much_waits(signed_in, world, who):
    client = signed_in(getattr(world, who))
    few = queries(client, "/admin/desk/")
    waiting(world.author, 100)
    assert queries(client, "/admin/desk/") == few <= 16


def test_the_list_of_articles_takes_the_same_queries_however_many_there_are(signed_in, world):
    client = signed_in(world.author)
    few = queries(client, "/admin/articles/article/")
    for _number in range(50):
        pages.article(world.author)
    assert queries(client, "/admin/articles/article/") == few <= 16


def test_the_page_of_a_document_takes_the_same_queries_however_many_editions_it_has(signed_in, world):
    client, path = signed_in(world.author), f"/admin/desk/documents/{world.live.pk}/"
    few = queries(client, path)
    for number in range(10):
        pages.edit(world.live, world.author, title=f"Title {number}")
        pages.publish(world.live, world.author, world.reviewer)
    assert queries(client, path) == few


def test_the_queue_shows_first_what_one_can_sign(signed_in, world):
    mine, others = "Waits for your signature", "Waits for others"
    found = {who: sections(signed_in(getattr(world, who)).get("/admin/desk/")) for who in ("reviewer", "author")}
    title = world.waiting.title
    assert title in found["reviewer"][mine]
    assert title not in found["reviewer"][others]
    assert title in found["author"][others]
    assert mine not in found["author"]


@pytest.mark.parametrize(
    "make",
    [
        lambda world: people.reviewer("es"),
        lambda world: people.person(*[grant.role for grant in world.reviewer.roles.all()]),
        lambda world: _expired(),
        lambda world: _wrote_it(world),
    ],
    ids=["another language", "no credentials", "expired", "wrote in it"],
)
def test_what_somebody_may_not_sign_does_not_wait_for_them(signed_in, world, make):
    found = sections(signed_in(make(world)).get("/admin/desk/"))
    assert world.waiting.title not in found["Waits for your signature"]
    assert world.waiting.title in found["Waits for others"]


def _expired():
    user = people.reviewer("en")
    user.reviewer.valid_until = "2020-01-01"
    user.reviewer.save()
    return user


def _wrote_it(world):
    both = people.person("author", "reviewer", signs_in=["en"])
    pages.edit(world.waiting_document, both, title=world.waiting.title, lead="Changed.")
    submit(world.waiting_document, "en", user=both)
    return both


def test_what_was_sent_back_waits_for_whoever_submitted_it(signed_in, world):
    record_review(world.waiting, user=world.reviewer, remarks="Say it <plainly>.")
    page = signed_in(world.author).get("/admin/desk/")
    assert "Say it <plainly>." in sections(page)["Sent back to you"]
    assert world.waiting.title not in sections(page)["Waits for others"]
    assert "Sent back to you" not in sections(signed_in(world.head).get("/admin/desk/"))
    pages.edit(world.waiting_document, world.author, lead="Plainly.")
    submit(world.waiting_document, "en", user=world.author)
    assert "Sent back to you" not in sections(signed_in(world.author).get("/admin/desk/"))


def test_the_list_of_articles_shows_each_languages_state(signed_in, world):
    pages.edit(world.live, world.author, title="Newer")
    pages.publish(world.live, world.author, world.reviewer)
    root = html5lib.parse(
        signed_in(world.author).get("/admin/articles/article/?q=live").content.decode(), namespaceHTMLElements=False
    )
    [states] = [each for each in root.iter("ul") if each.get("class") == "states"]
    found = {each.find("b").text: each.find("span").text for each in states.iter("li")}
    assert found == {"en": "Live", "es": "Live, outdated", "ar": "Missing", "zh-hans": "Missing", "vi": "Missing"}
