"""Pages of drugs through the whole site: the same few queries however much there is, and pieces inside articles."""

import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.reviews.services import withdraw
from tests import PROVING
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.layers import layer
from tests.reading import rendered

pytestmark = pytest.mark.django_db

MOST = 4
PATHS = ["/en/drugs/", "/es/drugs/", "/ar/drugs/?state=regular&cancer=unknown", "/en/drugs/zebramab/",
         "/es/drugs/zebramab/", "/ar/drugs/zebramab/", "/en/articles/main/"]  # fmt: skip


@layer
def desk():
    return SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), author=people.author(), reviewer=people.reviewer(),
        translator=people.translator("es"), operator=people.operator(),
    )  # fmt: skip


def released(desk, slug: str, on: date = date(2020, 11, 13), **parts):
    """A monograph that is live in English, with one grant."""
    document = drugs.monograph(desk.admin, slug=slug, **parts)
    drugs.verified(document, desk.admin, desk.other, on=on, pathway="accelerated")
    pages.publish(document, desk.admin, desk.reviewer)
    return document


@layer
def zebramab(desk):
    """A monograph that is live in English and Spanish, and an article with each of its pieces."""
    document = released(desk, "zebramab")
    pages.publish_translation(document, "es", desk.translator, desk.reviewer)
    sections = [
        {"heading": name, "body": "<p>Words.</p>", "piece_of": document, "piece": name}
        for name in ("card", "approvals", "dosing", "side-effects")
    ]
    article = pages.article(desk.author, slug="main", title="Main", sections=sections)
    pages.publish(article, desk.author, desk.reviewer)
    return document


def measured(client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", PATHS)
def test_no_page_takes_more_than_four_queries(client, desk, zebramab, path):
    assert measured(client, path) <= MOST


def test_pages_take_the_same_queries_however_many_drugs_and_events_there_are(client, desk, zebramab):
    before = {path: measured(client, path) for path in PATHS}
    for number in range(12 if PROVING else 3):
        released(desk, f"other-{number}")
    drugs.verified(zebramab, desk.admin, desk.other, "converted", date(2021, 7, 26))
    drugs.verified(zebramab, desk.admin, desk.other, "withdrawn-by-sponsor", date(2022, 7, 26))
    pages.publish(zebramab, desk.admin, desk.reviewer)
    pages.publish_translation(zebramab, "es", desk.translator, desk.reviewer)
    assert {path: measured(client, path) for path in PATHS} == before


def test_the_list_leads_to_what_is_live_and_says_which_is_not_translated(client, desk, zebramab):
    released(desk, "lionumab", title="Lionumab")
    response = client.get("/es/drugs/")
    assert {"/es/drugs/zebramab/", "/es/drugs/lionumab/"} <= set(rendered.links(response))
    titles = {text.words: text.lang for text in rendered.texts(response) if "mab" in text.words}
    assert titles == {"(es Zebramab)": "es", "(lionumab)": "en"}
    withdraw(zebramab, "en", user=desk.operator, reason="wrong")
    assert "/es/drugs/zebramab/" not in rendered.links(client.get("/es/drugs/"))


@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-hans", "vi"])
def test_a_list_with_strange_filters_is_a_list(client, zebramab, language):
    response = client.get(f"/{language}/drugs/?state=%00&cancer=<script>&cancer=&page=x&biomarker=pd-l1")
    assert response.status_code == 200
    assert f"/{language}/drugs/zebramab/" in rendered.links(response)


def test_an_event_shows_when_an_edition_with_it_is_signed(client, desk, zebramab):
    def marks() -> int:
        return client.get("/en/drugs/zebramab/").content.decode().count('class="timeline-mark timeline-')

    before = marks()
    event = drugs.event(zebramab, desk.admin, "withdrawn-by-agency", date(2022, 1, 1))
    assert marks() == before
    drugs.verify(event, desk.other)
    assert marks() == before
    pages.publish(zebramab, desk.admin, desk.reviewer)
    response = client.get("/en/drugs/zebramab/")
    assert marks() == before + 1
    [block] = [node for node in rendered.parsed(response).iter("section") if node.get("id") == "no-longer-approved"]
    assert "Talk with your care team." in "".join(block.itertext())


def test_every_piece_stands_in_an_article_whose_own_line_says_who_checked_both(client, desk, zebramab):
    root = rendered.parsed(client.get("/en/articles/main/"))
    pieces = [node for node in root.iter("aside") if (node.get("class") or "") == "piece piece-live"]
    said = [" ".join("".join(piece.itertext()).split()) for piece in pieces]
    for words, expected in zip(said, ("A drug.", "For cancer that has spread.", "200 mg", "Tiredness"), strict=True):
        assert "Zebramab" in words
        assert expected in words
        assert desk.reviewer.reviewer.name not in words
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert sorted(ids) == sorted(set(ids))


def test_whom_to_call_and_who_pays_stand_on_every_drug(client, desk, zebramab):
    for slug in ("helpline", "advertising"):
        pages.publish(
            pages.site_words(desk.author, slug, f"Zebra {slug}", "<p>Words.</p>", is_page=True),
            desk.author,
            desk.reviewer,
        )
    said = rendered.words(client.get("/en/drugs/zebramab/"))
    assert "Zebra helpline" in said
    assert "Zebra advertising" in said


def test_every_source_of_an_event_is_among_the_references(client, zebramab):
    response = client.get("/en/drugs/zebramab/")
    ids = {node.get("id") for node in rendered.parsed(response).iter()}
    sources = [
        node.get("href")[1:] for node in rendered.parsed(response).iter("a") if node.get("class") == "source-number"
    ]
    assert sources
    assert set(sources) <= ids


def test_a_page_past_its_review_date_says_so_in_its_pieces_too(client, zebramab):
    with time_machine.travel(timezone.now() + timedelta(days=800), tick=False):
        assert rendered.words(client.get("/en/articles/main/")).count("past its review date") >= 4


def test_a_reviewer_sees_the_page_before_it_is_signed(client, desk):
    document = drugs.monograph(desk.admin)
    drugs.verified(document, desk.admin, desk.other, pathway="accelerated")
    edition = submit(document, "en", user=desk.admin)
    client.force_login(desk.reviewer)
    response = client.get(f"/admin/desk/editions/{edition.pk}/page/")
    assert response.status_code == 200
    assert "For cancer that has spread." in rendered.words(response)
    assert response.content.decode().count('class="timeline-bar') == 1


def test_the_list_never_states_what_an_outdated_translation_says_of_an_approval(client, desk, zebramab):
    """The source shows the withdrawal; nobody has translated it yet."""
    drugs.verified(zebramab, desk.admin, desk.other, "withdrawn-by-sponsor", date(2022, 7, 26))
    before = client.get("/es/drugs/?state=in-force")
    assert "/es/drugs/zebramab/" in rendered.links(before)
    pages.publish(zebramab, desk.admin, desk.reviewer)
    in_force = client.get("/es/drugs/?state=in-force")
    assert "/es/drugs/zebramab/" not in rendered.links(in_force)
    assert in_force["ETag"] != before["ETag"]
    response = client.get("/es/drugs/?state=withdrawn")
    assert "/es/drugs/zebramab/" in rendered.links(response)
    assert {text.lang for text in rendered.texts(response) if "zebramab" in text.words} == {"en"}
    assert "La versión más reciente aún no está en su idioma" in rendered.words(response)


def test_the_list_says_which_drug_is_past_its_review_date(client, zebramab):
    assert "past its review date" not in rendered.words(client.get("/en/drugs/"))
    with time_machine.travel(timezone.now() + timedelta(days=800), tick=False):
        assert "past its review date" in rendered.words(client.get("/en/drugs/"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_search_engines_are_told_which_drug_a_page_is_about(client, zebramab, language):
    root = rendered.parsed(client.get(f"/{language}/drugs/zebramab/"))
    [element] = [one for one in root.iter("script") if one.get("type") == "application/ld+json"]
    page = json.loads(element.text)["@graph"][0]
    title = page["name"]
    assert page["about"] == {"@type": "Drug", "name": title, "nonProprietaryName": title, "proprietaryName": ["Zebra"]}
