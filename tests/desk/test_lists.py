"""The desk's lists: who finds what in them, in a constant number of queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin import ArticleAdmin
from editorial.accounts.list_pages import BoundedPaginator
from editorial.desk.queue import items
from editorial.desk.views import queue as queue_page
from editorial.reviews import rules
from editorial.reviews.services import send_back
from tests.factories import bulk_rows, pages, people
from tests.factories.pages import submit
from tests.parsing import parse_page
from tests.reading.query_plans import explain


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def sections(response) -> dict[str, str]:
    """{heading: text} of the panels of a page."""
    root = parse_page(response)
    return {
        panel.find("h2").text: "".join(panel.itertext())
        for panel in root.iter("section")
        if panel.find("h2") is not None
    }


def listed(client, query: str) -> list[int]:
    """Keys of the editions in the desk's list, in its order."""
    root = parse_page(client.get(f"/admin/desk/{query}"))
    links = [node.find("a").get("href") for node in root.iter("li") if node.find("ul[@class='facts meta']") is not None]
    return [int(link.split("/")[4]) for link in links]


LISTS = [
    ("reviewer", "/admin/desk/"),
    ("reviewer", "/admin/desk/?tab=signed"),
    ("author", "/admin/desk/"),
    ("translator", "/admin/desk/"),
    ("head", "/admin/desk/?tab=again&kind=article&specialty=medical-oncology&reason=event&age=7"),
    ("head", "/admin/desk/overview/"),
]


@pytest.mark.both_databases
def test_the_lists_take_the_same_queries_however_many_things_wait(signed_in, world):
    clients = [(signed_in(getattr(world, who)), path) for who, path in LISTS]
    bulk_rows.create_queue_items(world.waiting, world.other_reviewer, 30)
    few = [queries(client, path) for client, path in clients]
    bulk_rows.create_queue_items(world.waiting, world.other_reviewer, 100)
    assert [queries(client, path) for client, path in clients] == few
    assert max(few) <= 21  # of the overview, which also tells the times of decisions


@pytest.mark.both_databases
def test_of_what_somebody_signed_no_more_are_counted_than_anybody_pages_through(signed_in, world, monkeypatch):
    client = signed_in(world.reviewer)
    count = '<span class="count">{}</span>'
    page = client.get("/admin/desk/?tab=signed").content.decode()
    assert count.format(2) in page and "Only the beginning of this list" not in page
    for bounds in (items, BoundedPaginator):
        monkeypatch.setattr(bounds, "MOST_COUNTED" if bounds is items else "MOST", 1)
    page = client.get("/admin/desk/?tab=signed").content.decode()
    assert count.format("1+") in page and "Only the beginning of this list is shown." in page


@pytest.mark.both_databases
def test_what_somebody_did_in_all_their_years_is_not_listed_for_their_queue(world):
    credentials = rules.find_credentials(world.reviewer)
    queued = items.queue_items(timezone.now()).filter(items.pending_for(world.reviewer, credentials))
    plan = explain(lambda: list(items.rank_items(queued, world.reviewer, credentials)[:25]))
    by_person = r"\(recorded_by_id=|Index Cond: .*recorded_by_id"  # an index of what each did
    assert not re.search(by_person, plan)
    for count in (items.count_signed_by, items.count_sent_back_by):
        plan = explain(lambda count=count: count(world.reviewer))
        assert re.search("_by_person", plan) and not re.search("SCAN editions|Seq Scan", plan)


@pytest.mark.both_databases
def test_no_list_loads_the_content_of_an_edition(signed_in, world):
    bulk_rows.create_queue_items(world.waiting, world.other_reviewer, 20)
    paths = [*LISTS, ("reviewer", "/admin/desk/table/?tab=all"), ("reviewer", "/admin/desk/?tab=sent-back")]
    for who, path in paths:
        client = signed_in(getattr(world, who))
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        assert [item["sql"] for item in captured if '."content",' in item["sql"].split(" FROM ")[0]] == []


@pytest.mark.both_databases
def test_the_list_of_articles_takes_the_same_queries_however_many_there_are(signed_in, world):
    client = signed_in(world.author)
    few = queries(client, "/admin/articles/article/")
    for _number in range(12):
        pages.article(world.author)
    assert queries(client, "/admin/articles/article/") == few <= 16


def test_a_long_list_shows_its_first_thousand_and_says_that_there_are_more(signed_in, world, monkeypatch):
    monkeypatch.setattr(BoundedPaginator, "MOST", 4)
    monkeypatch.setattr(ArticleAdmin, "list_per_page", 3)
    bulk_rows.create_articles(9)
    client = signed_in(world.author)
    page = client.get("/admin/articles/article/").content.decode()
    assert "The first 4 are listed. Search to find the others." in page
    assert page.count("field-working_title") == 3 and "?p=2" in page and "?p=3" not in page
    found = client.get("/admin/articles/article/?q=common").content.decode()
    assert "More than 4 results" in found
    assert "1 article" in client.get("/admin/articles/article/?q=rare3").content.decode()


@pytest.mark.both_databases
def test_a_list_counts_no_further_than_it_shows(signed_in, world, monkeypatch):
    monkeypatch.setattr(BoundedPaginator, "MOST", 4)
    with CaptureQueriesContext(connection) as captured:
        signed_in(world.author).get("/admin/articles/article/?q=common")
    counts = [query["sql"] for query in captured if "COUNT(*)" in query["sql"]]
    assert counts and all("LIMIT 5" in sql for sql in counts)


@pytest.mark.both_databases
def test_the_page_of_a_document_takes_the_same_queries_however_many_editions_it_has(signed_in, world):
    client, path = signed_in(world.author), f"/admin/desk/documents/{world.live.pk}/"
    query_counts = []
    for number in range(6):
        pages.edit(world.live, world.author, title=f"Title {number}")
        pages.publish(world.live, world.author, world.reviewer)
        query_counts.append(queries(client, path))
    # The first of them stand beside what was there before, in other tables.
    assert set(query_counts[2:]) == {query_counts[-1]}
    assert query_counts[-1] <= 33


@pytest.mark.both_databases
def test_the_queue_shows_first_what_one_can_sign(signed_in, world):
    assert world.waiting.pk in listed(signed_in(world.reviewer), "")
    assert world.waiting.pk in listed(signed_in(world.author), "")  # who cannot sign sees all that waits
    assert "tab=mine" not in signed_in(world.author).get("/admin/desk/").content.decode()


@pytest.mark.both_databases
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
    client = signed_in(make(world))
    assert world.waiting.pk not in listed(client, "?tab=mine")
    assert world.waiting.pk in listed(client, "?tab=all")


def _expired():
    user = people.reviewer("en")
    user.reviewer.valid_until = "2020-01-01"
    user.reviewer.save()
    return user


def _wrote_it(world):
    both = people.person("author", "reviewer", signs_in=["en"])
    pages.edit(world.waiting_document, both, title=world.waiting.title, lead="Changed.")
    world.waiting = submit(world.waiting_document, "en", user=both)
    return both


def test_what_was_sent_back_waits_for_whoever_submitted_it(signed_in, world):
    send_back(world.waiting, user=world.reviewer, remarks="Say it <plainly>.")
    page = signed_in(world.author).get("/admin/desk/")
    assert "Say it <plainly>." in sections(page)["Sent back to you"]
    assert world.waiting.pk not in listed(signed_in(world.author), "?tab=all")
    assert world.waiting.pk in listed(signed_in(world.reviewer), "?tab=sent-back")
    assert "Sent back to you" not in sections(signed_in(world.head).get("/admin/desk/"))
    pages.edit(world.waiting_document, world.author, lead="Plainly.")
    submit(world.waiting_document, "en", user=world.author)
    assert "Sent back to you" not in sections(signed_in(world.author).get("/admin/desk/"))


def test_a_translation_that_was_sent_back_leads_its_translator_to_the_translation(signed_in, world):
    translator, signer = people.translator("es"), people.reviewer("es")
    document = pages.article(world.author)
    pages.publish(document, world.author, world.reviewer)
    pages.translate(document, "es", translator)
    pages.give_reasons(document, "es", translator)
    send_back(submit(document, "es", user=translator), user=signer, remarks="Not so.")
    [edit] = parse_page(signed_in(translator).get("/admin/desk/")).xpath("//blockquote/following-sibling::a")
    assert edit.get("href") == f"/admin/translate/{document.pk}/es/"


def test_what_came_back_and_what_is_to_translate_is_listed_as_far_as_a_page_goes(signed_in, world, monkeypatch):
    monkeypatch.setattr(queue_page, "OWN_WORK", 1)
    monkeypatch.setattr(queue_page, "FIRST_TRANSLATIONS", 1)
    translator = people.translator("ar", "vi")
    for _number in range(2):
        edition = submit(pages.article(world.author), "en", user=world.author)
        send_back(edition, user=world.reviewer, remarks="Say it plainly.")
    more = (
        (world.author, "Sent back to you", "Only the first 1 are shown."),
        (translator, "To translate", "Translations"),
    )
    for who, heading, words in more:
        assert words in sections(signed_in(who).get("/admin/desk/"))[heading]
    for name in ("OWN_WORK", "FIRST_TRANSLATIONS"):
        monkeypatch.setattr(queue_page, name, 99)
    for who, heading, words in more:
        assert words not in sections(signed_in(who).get("/admin/desk/"))[heading]


def test_the_list_of_articles_shows_each_languages_state(signed_in, world):
    pages.edit(world.live, world.author, title="Newer")
    pages.publish(world.live, world.author, world.reviewer)
    root = parse_page(signed_in(world.author).get("/admin/articles/article/?q=live"))
    [states] = [node for node in root.iter("ul") if node.get("class") == "states"]
    found = {node.find("b").text: node.find("span").text for node in states.iter("li")}
    assert found == {"en": "Live", "es": "Live, outdated", "ar": "Missing", "zh-hans": "Missing", "vi": "Missing"}


def test_a_row_says_what_it_is_how_much_changed_and_who_asked(signed_in, world):
    page = " ".join(sections(signed_in(world.reviewer).get("/admin/desk/"))["For you"].split())
    for words in ("new", "English", "article", "words", f"requested by {world.author.name}", "waiting for"):
        assert words in page
    pages.edit(world.live, world.author, lead="Other words.")
    submit(world.live, "en", user=world.author)
    page = sections(signed_in(world.reviewer).get("/admin/desk/?reason=changed"))["For you"]
    assert "words changed" in page
    assert "in 1 section" in page


def test_what_was_signed_is_listed_for_its_signer(signed_in, world):
    assert listed(signed_in(world.reviewer), "?tab=signed") != []
    assert listed(signed_in(world.other_reviewer), "?tab=signed") == []


def test_values_that_are_not_offered_are_ignored(signed_in, world):
    client = signed_in(world.head)
    everything = listed(client, "?tab=all")
    assert everything
    for query in (
        "?tab=x", "?page=x", "?page=99999999999999999999", "?kind=x&language=x&specialty=x&reason=x&age=x", "?age=-1",
        "?reviewer=x", "?reviewer=99999999999999999999", "?reviewer=²", "?tab=mine&%00=%ff",
    ):  # fmt: skip
        assert listed(client, query) == everything, query


def test_pages_of_a_list_keep_the_filters(signed_in, world):
    bulk_rows.create_queue_items(world.waiting, world.other_reviewer, 60)
    client = signed_in(world.reviewer)
    first = listed(client, "?tab=all&kind=article&reason=new")
    second = listed(client, "?tab=all&kind=article&reason=new&page=2")
    assert (len(first), len(second)) == (25, 25)
    assert not set(first) & set(second)
    page = client.get("/admin/desk/?tab=all&kind=article&reason=new").content.decode()
    assert "?tab=all&amp;kind=article&amp;reason=new&amp;page=2" in page


def test_only_who_oversees_may_ask_what_waits_for_another(signed_in, world):
    query = f"?tab=all&reviewer={world.english_reviewer.pk}"
    assert f"Pending for {world.english_reviewer.name}" in sections(signed_in(world.head).get(f"/admin/desk/{query}"))
    assert "All pending" in sections(signed_in(world.author).get(f"/admin/desk/{query}"))
