"""The translation desk's page: what matters most comes first, in one's own languages, whatever the library holds."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial.editions.models import Document, Edition
from editorial.editions.tree.units import find_units
from editorial.translations.models import ListedTranslation, Rank, TranslationState
from editorial.translations.overview import filters as overview_filters
from editorial.translations.overview.filters import Filters
from editorial.translations.overview.languages import visible_languages
from editorial.translations.overview.questions import Place, first_to_do, list_pages
from editorial.translations.overview.reckoning import EPOCH, find_position
from tests.databases import on_postgres
from tests.factories import pages, people
from tests.factories.counting import counted_cost
from tests.layers import layer
from tests.reading.query_plans import explain, is_scanned_or_sorted

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PATH = "/admin/translations/"
STATES = TranslationState


@layer
def author():
    return people.author()


@layer
def reviewer():
    return people.reviewer()


@layer
def translator():
    return people.translator("es", "ar")


@layer
def live(author, reviewer) -> Edition:
    return pages.publish(pages.article(author, title="Plain"), author, reviewer)


CARE = {"heading": "Call", "body": "<p>Call at once.</p>", "group": "when-to-call", "care_level": "emergency"}


def create_rows(edition: Edition, count: int, languages=("es", "ar"), **fields) -> None:
    """So many pages of which rows say that they are missing in these languages, the last since longest."""
    start, now = Document.objects.count(), timezone.now()
    documents = Document.objects.bulk_create(
        Document(kind="article", slug=f"many-{start + number}") for number in range(count)
    )
    ListedTranslation.objects.bulk_create(
        ListedTranslation(
            **{
                "document": document,
                "kind": "article",
                "language": language,
                "source": edition,
                "state": STATES.MISSING,
                "units": 3,
                "units_done": 0,
                "words": 9,
                "since": (since := now - timedelta(hours=number)),
                "position": find_position(Rank.OPEN, since),
                "holds_from": EPOCH,
                **fields,
            }
        )
        for number, document in enumerate(documents)
        for language in languages
    )


def listed(user, *languages, after=None, size=50, **filters):
    part = list_pages(Filters(languages, **filters), user=user, after=after, size=size, at=timezone.now())
    return [page.first.document_id for page in part.pages], part.following


@pytest.mark.parametrize(
    ("who", "status", "languages"),
    [
        (lambda: people.translator("ar"), 200, ["ar"]),
        (lambda: people.reviewer("es"), 200, ["es"]),
        (lambda: people.reviewer("en"), 200, []),
        (lambda: people.head(), 200, ["es", "ar", "zh-hans", "vi"]),
        (lambda: people.author(), 403, []),
        (lambda: people.operator(), 403, []),
    ],
    ids=["translator", "reviewer", "english reviewer", "head", "author", "operator"],
)
def test_everybody_sees_their_own_languages_whatever_they_ask(client, live, who, status, languages):
    assert client.get(PATH).status_code == 302
    user = who()
    client.force_login(user)
    response = client.get(PATH, {"languages": "es,ar,zh-hans,vi"})
    assert response.status_code == status
    assert [code for code, *_names in (response.context or {}).get("languages", [])] == languages
    assert visible_languages(user) == languages
    assert listed(user, "es", "ar", "zh-hans", "vi")[0] == ([live.document_id] if languages else [])


def test_what_may_harm_comes_first_then_critical_pages_then_where_readers_waited_longest(author, reviewer, live):
    translator = people.translator("es")
    critical = pages.article(author, sections=[CARE])
    pages.publish(critical, author, reviewer)
    harmful = pages.article(author)
    pages.publish(harmful, author, reviewer)
    pages.publish_translation(harmful, "es", translator, reviewer)
    done = pages.article(author)
    pages.publish(done, author, reviewer)
    pages.publish_translation(done, "es", translator, reviewer)
    pages.edit(harmful, author, lead="Wait for 4 hours.")
    pages.publish(harmful, author, reviewer)
    newer = pages.publish(pages.article(author), author, reviewer).document
    order = [harmful.pk, critical.pk, live.document_id, newer.pk, done.pk]
    assert listed(translator, "es") == (order, None)
    assert [row.document_id for row in first_to_do(translator, 9, timezone.now())] == order[:-1]
    assert listed(translator, "es", critical="yes")[0] == order[:2]
    assert listed(translator, "es", state="live")[0] == [done.pk]
    assert listed(translator, "es", kind="glossary")[0] == []


def test_the_first_page_of_the_desk_begins_as_the_list_does(client, live, translator):
    create_rows(live, 11)
    client.force_login(translator)
    response = client.get("/admin/desk/")
    work = [item.cell.url for item in response.context["to_translate"]]
    rows = first_to_do(translator, 10, timezone.now())
    assert work == [f"/admin/translate/{row.document_id}/{row.language}/" for row in rows] and len(work) == 10
    assert response.context["has_more_to_translate"] and 'href="/admin/translations/"' in response.content.decode()
    client.force_login(people.author())
    page = client.get("/admin/desk/")
    assert page.context["to_translate"] == [] and 'href="/admin/translations/"' not in page.content.decode()


def test_cells_say_in_a_word_how_far_it_is_and_lead_to_what_is_next(client, live, translator, reviewer):
    units = find_units(live.tree)
    pages.translate(live.document, "es", translator, {unit.place: "es Words" for unit in units[:2]})
    client.force_login(translator)
    page = client.get(PATH).content.decode()
    assert f"{2 * 100 // len(units)}%" in page and "In progress" in page and "Missing" in page
    pages.translate(live.document, "es", translator)
    edition = pages.publish(live.document, translator, reviewer, "es")
    response = client.get(PATH)
    [shown] = response.context["pages"]
    assert [(cell.state, cell.url) for cell in shown.cells] == [
        ("live", f"/admin/desk/editions/{edition.pk}/"),
        ("missing", f"/admin/translate/{live.document_id}/ar/"),
    ]
    client.force_login(people.head())
    [shown] = client.get(PATH, {"languages": "ar"}).context["pages"]
    assert shown.cells[0].url == f"/admin/desk/documents/{live.document_id}/"


@pytest.mark.parametrize("most", [1_000, 0])
def test_pages_are_found_by_words_of_their_title(client, author, reviewer, live, translator, monkeypatch, most):
    """However many pages have them."""
    monkeypatch.setattr(overview_filters, "MOST_FOUND", most)
    other = pages.publish(pages.article(author, title="Checkpoint inhibitors"), author, reviewer).document
    assert listed(translator, "es", q="INHIB checkp")[0] == [other.pk]
    assert listed(translator, "es", q="whom")[0] == []  # of the text, not of the title
    client.force_login(translator)
    for query in ("\0", "'\"%_", "x" * 5000, "  "):
        assert client.get(PATH, {"q": query}).status_code == 200


@pytest.mark.parametrize("after", ["", "x", "1", "-", "1-", "9" * 40 + "-1", "1-" + "9" * 19, "٣-١", "-1-2"])
def test_what_is_no_place_in_the_list_is_its_beginning(client, live, translator, after):
    client.force_login(translator)
    response = client.get(PATH, {"after": after, "state": "?", "kind": "nothing", "languages": "xx,,es\0"})
    assert response.status_code == 200 and len(response.context["pages"]) == 1


def test_no_place_is_beyond_what_a_database_holds():
    assert Place.read(str(place := Place(2**63 - 1, 2**63 - 1))) == place
    assert Place.read(f"{2**63}-1") is None


@settings(max_examples=8 if on_postgres() else 25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    positions=st.lists(st.tuples(*[st.none() | st.integers(0, 4)] * 3).filter(any), min_size=1, max_size=12),
    size=st.integers(1, 4),
)
def test_turning_pages_shows_each_page_once_in_order(live, positions, size):
    head, languages = people.head(), ("es", "ar", "vi")
    ListedTranslation.objects.all().delete()
    wanted = []
    for row in positions:
        before = set(Document.objects.values_list("pk", flat=True))
        for language, position in zip(languages, row, strict=True):
            if position is None:
                continue
            if not wanted or wanted[-1][1] in before:
                create_rows(live, 1, [language], position=position)
                wanted.append([position, Document.objects.latest("pk").pk])
            else:
                ListedTranslation.objects.create(
                    document_id=wanted[-1][1], kind="article", language=language, source=live, units=1, words=1,
                    units_done=0, state=STATES.MISSING, since=EPOCH, position=position, holds_from=EPOCH,
                )  # fmt: skip
                wanted[-1][0] = min(wanted[-1][0], position)
    found, after = [], None
    for _turn in range(len(positions) + 1):
        part, after = listed(head, *languages, after=after, size=size)
        found += part
        if after is None:
            break
    assert found == [document for _position, document in sorted(wanted)]


def test_the_page_takes_as_many_statements_for_three_hundred_pages_as_for_thirty(client, live, translator):
    client.force_login(translator)
    client.get(PATH)  # the first request of a program asks more
    taken = []
    for count in (30, 300):
        create_rows(live, count)
        for query in ({}, {"languages": "es"}, {"state": "missing", "q": "plain"}, {"after": "5-1"}):
            with counted_cost() as cost:
                assert client.get(PATH, query).status_code == 200
            taken.append((cost.queries, query))
    assert taken[:4] == taken[4:]
    assert taken[0][0] <= 12


def test_lists_are_read_from_an_index_in_their_order(live, translator):
    create_rows(live, 300)
    for filters in ({}, {"state": "missing"}, {"kind": "article"}, {"critical": "yes"}):
        plan = explain(lambda filters=filters: listed(translator, "es", size=9, after=Place(1, 1), **filters))
        assert not is_scanned_or_sorted(plan), plan


def test_a_page_in_thirty_languages_shows_six_at_most(live):
    assert Filters.read({}, [f"x{number}" for number in range(30)]).languages == ("x0", "x1", "x2", "x3", "x4", "x5")
    assert connection.vendor
