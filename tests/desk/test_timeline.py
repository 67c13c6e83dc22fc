"""One timeline of everything that happened to a document: whole, in order, page by page, and told in words."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from editorial.desk.history.presenters import group_by_day
from editorial.desk.history.sources import EntryType
from editorial.desk.history.timeline import Timeline, TimelineFilters, TimelinePosition
from editorial.editions.working.copies import change_slug, version_token
from editorial.editions.working.edits import find_tracked_tables
from editorial.library.services.topics import save_topic
from editorial.reviews.models import Act, Cause, Recheck
from editorial.reviews.services import (
    add_remark,
    answer_remark,
    dismiss_recheck,
    revoke_sign_off,
    send_back,
    withdraw,
)
from tests import PROVING
from tests.databases import on_postgres
from tests.factories import figures, pages, people
from tests.factories.pages import submit
from tests.factories.workplace import DAY, Workplace, at_work
from tests.layers import layer


@pytest.fixture
def desk(workplace):
    return workplace


pytestmark = pytest.mark.both_databases


def entries(document, **filters):
    return Timeline(document, TimelineFilters(**filters)).page(size=1000).entries


def told(document, **filters) -> list[str]:
    return [item.what for item in entries(document, **filters)]


def in_pages(document, size: int, **filters) -> list[list]:
    """All pages of this size, one after the other, as links lead from each to the next."""
    timeline, found, before = Timeline(document, TimelineFilters(**filters)), [], None
    while True:
        page = timeline.page(before, size)
        found.append(page.entries)
        if not page.older:
            return found
        before = TimelinePosition.read(page.older)


TOLD = datetime(2026, 1, 11, 17, tzinfo=UTC)


@layer
def long_story(opened_workplace) -> Workplace:
    with at_work(opened_workplace) as desk:
        tell(desk)
        return desk


@pytest.fixture
def story(long_story):
    """Everything that can happen to a page, much of it at one and the same time."""
    with time_machine.travel(TOLD, tick=False):
        yield long_story


def tell(desk: Workplace) -> None:
    edition = desk.published("First")
    pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    desk.clock.shift(DAY)
    opened = Recheck.objects.create(
        edition=edition, cause=Cause.EVENT, document=desk.document, because="x", opened_at=timezone.now(),
        opened_by=desk.head, opened_by_name=desk.head.name,
    )  # fmt: skip
    dismiss_recheck(opened, user=desk.reviewer, password=people.PASSWORD, reason="A comma.")
    pages.confirm(edition, desk.reviewer)
    desk.clock.shift(DAY)
    waiting = desk.submitted("Second")
    remark = add_remark(waiting, user=desk.author, text="Says who?")
    for act, user in ((Act.SAID, desk.head), (Act.DONE, desk.head), (Act.SET_ASIDE, desk.reviewer)):
        answer_remark(waiting, remark, user=user, text="The trial.", act=act)
    send_back(waiting, user=desk.reviewer, remarks="Not yet.")
    change_slug(desk.document, "moved", user=desk.head)
    desk.clock.shift(DAY)
    desk.scheduled("Third", 1)
    desk.clock.shift(timedelta(minutes=1))
    revoke_sign_off(edition.sign_offs.first(), user=desk.head, reason="An error.")
    desk.clock.shift(2 * DAY)
    withdraw(desk.document, "en", user=desk.operator, reason="A grave error.")


def test_everything_that_happened_is_told_once_newest_first(story):
    found = entries(story.document)
    assert [item.at for item in found] == sorted((item.at for item in found), reverse=True)
    assert {item.sort for item in found} == set(EntryType) - {EntryType.FACT, EntryType.POLICY}
    records = [item.what.partition(":")[0] for item in found if item.sort != EntryType.EDIT]
    assert records == [
        "Taken down in every language", "Recheck of edition 1 opened", "Recheck of edition 1 opened",
        f"Sign-off of edition 1 by {story.reviewer.name} revoked",
        "Recheck of edition 1 opened", "Edition 3 released", "Edition 3 signed", "Edition 3 submitted for review",
        "Edition 2 sent back", "Remark on edition 2 set aside", "Remark on edition 2", "Reply to a remark on edition 2",
        "Remark on edition 2", "Edition 2 submitted for review", "Address changed. Old address",
        "Recheck of edition 1 settled", "Recheck of edition 1 opened", "Edition 1 reaffirmed",
        "Edition 1 released", "Edition 1 released", "Edition 1 signed", "Edition 1 signed",
        "Edition 1 submitted for review", "Edition 1 submitted for review",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "filters", [{}, {"language": "en"}, {"language": "es"}, {"sort": "edit"}, {"sort": "publication", "language": "es"}]
)
def test_pages_of_any_size_are_the_whole_cut_in_pieces(story, filters):
    whole = entries(story.document, **filters)
    assert whole
    count = len(whole)
    few = {1, 7, count - 1, count, count + 1} - {0}
    for size in range(1, count + 2) if PROVING else few:
        cut = in_pages(story.document, size, **filters)
        assert [item for page in cut for item in page] == whole
        assert {len(page) for page in cut[:-1]} <= {size}


def test_older_pages_stay_as_they_are_while_newer_entries_come(story):
    timeline = Timeline(story.document)
    before = TimelinePosition.read(timeline.page(size=5).older)
    older = [(item.at, item.what) for item in timeline.page(before, 5).entries]
    pages.edit(story.document, story.author, lead="Meanwhile")
    assert [(item.at, item.what) for item in Timeline(story.document).page(before, 5).entries] == older


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"sort": "submission", "language": "es"}, ["Edition 1 submitted for review"]),
        (
            {"sort": "remark"},
            [
                "Remark on edition 2 set aside",
                "Remark on edition 2",
                "Reply to a remark on edition 2",
                "Remark on edition 2",
            ],
        ),
        ({"sort": "review"}, ["Edition 2 sent back"]),
        ({"sort": "review", "language": "es"}, []),
        (
            {"sort": "recheck", "language": "en"},
            ["Recheck of edition 1 opened", "Recheck of edition 1 settled", "Recheck of edition 1 opened"],
        ),
        ({"sort": "sign-off", "language": "es"}, ["Edition 1 signed"]),
        (
            {"sort": "publication", "language": "es"},
            [
                "Taken down in every language",
                "Address changed. Old address",
                "Edition 1 released",
            ],
        ),
        ({"sort": "fact"}, []),
        ({"language": "ar"}, ["Taken down in every language", "Address changed. Old address"]),
        ({"person": "operator"}, ["Taken down in every language"]),
        ({"person": "head", "sort": "recheck"}, ["Recheck of edition 1 opened"] * 3),
    ],
)
def test_each_filter_lets_through_what_it_names_and_nothing_else(story, filters, expected):
    if "person" in filters:
        filters = filters | {"person": str(getattr(story, filters["person"]).pk)}
    assert [words.partition(":")[0] for words in told(story.document, **filters)] == expected


def test_everybody_who_did_something_is_offered(story):
    everybody = {story.author, story.reviewer, story.translator, story.head, story.operator}
    assert Timeline(story.document).people() == {
        str(item.pk): item.name for item in sorted(everybody, key=lambda person: person.name.casefold())
    }


def test_each_language_has_its_own_edits_and_the_structure_is_the_sources(desk):
    desk.published()
    section = pages.working(desk.document).sections.get()
    pages.translate(desk.document, "es", desk.translator, {("article", "title"): "Título"}, reason="Spanish")
    pages.edit(desk.document, desk.author, title="Plainer", reason="English")
    pages.edit(desk.document, desk.author, sections=[{"id": section.pk, "care_level": "emergency"}], reason="Care")
    found = {code: {item.words for item in entries(desk.document, language=code, sort="edit")} for code in ("en", "es")}
    assert found["es"] == {"Spanish"}
    assert found["en"] == {"created", "", "English", "Care"}
    [spanish] = entries(desk.document, language="es", sort="edit")
    assert [(text.language, text.parts) for text in spanish.edit.texts] == [("es", [("added", "Título")])]


@pytest.mark.postgres
def test_edits_in_a_language_are_found_in_one_pass_without_statistics(desk):
    # As a join this took 18 seconds for 3,000 rows that nobody had analysed.
    for table in find_tracked_tables(desk.document, {}):
        if table.words:
            assert "hashed SubPlan" in table.in_language("en").explain()


def edited(desk, **parts):
    """What the newest edits say besides words, after the article was saved so."""
    desk.clock.shift(timedelta(minutes=1))
    before = len(entries(desk.document, sort="edit"))
    pages.edit(desk.document, desk.author, **parts)
    found = entries(desk.document, sort="edit")
    return [(item.what, *item.facts) for item in found[: len(found) - before]]


def test_changes_of_the_structure_are_told_in_words(desk):
    one = pages.working(desk.document).sections.get().pk
    assert edited(desk, sections=[{"id": one}, {"heading": "Second", "body": "<p>x</p>"}]) == [
        ("section: Second", "added")
    ]
    two = pages.working(desk.document).sections.last().pk
    assert edited(desk, sections=[{"id": two}, {"id": one}]) == [
        ("section: What is it?", "moved from position 1 to 2"),
        ("section: Second", "moved from position 2 to 1"),
    ]
    assert edited(desk, sections=[{"id": two, "care_level": "emergency", "group": "when-to-call"}]) == [
        ("section: Second", "group: Overview → When to call", "care level: ∅ → Emergency")
    ]
    assert edited(desk, sections=[{"id": two, "retired": True}]) == [
        ("section: Second", "removed from the page; its text is kept")
    ]
    assert edited(desk, sections=[{"id": two, "retired": False}]) == [("section: Second", "back on the page")]
    cited = {"id": two, "body": "<p>x[@schmid-2020]</p>"}
    assert edited(desk, references=[pages.reference()], sections=[cited]) == [
        ("section: Second", "cites [@schmid-2020]")
    ]
    assert edited(desk, sections=[{"id": two, "body": "<p>x</p>"}]) == [
        ("section: Second", "cites [@schmid-2020] no longer")
    ]
    assert edited(desk, review_interval_months=6) == [("article: Immunotherapy", "review every … months: 12 → 6")]
    topic = save_topic("lungs", "Lungs", user=desk.author)
    # The topic's own history comes along with it.
    assert ("topic of an article: Lungs", "added") in edited(desk, topics=[topic])
    assert edited(desk, topics=[]) == [("topic of an article: Lungs", "taken off")]
    figure = figures.figure(desk.author)
    assert ("section: Second", f"figure: ∅ → {figure}") in edited(desk, sections=[{"id": two, "figure": figure}])


def bury(document, count: int) -> None:
    """So many more rows of history, newer than all others."""
    row, now = Article.history.filter(document=document.pk).latest("history_id"), timezone.now()
    copied = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "history_id"
    } | {"full_row": None, "rows_since_full": None, "changed_languages": None}
    titles = ({"title_en": f"Title {number}", "lead_es": f"Entrada {number // 2}"} for number in range(count))
    Article.history.model.objects.bulk_create(
        Article.history.model(**copied | title | {"history_date": now + timedelta(seconds=number)})
        for number, title in enumerate(titles)
    )


def test_changed_texts_with_links_take_one_query_for_their_addresses(desk):
    pages.article(desk.author, slug="other")
    document = pages.article(desk.author)

    def cost(count: int) -> int:
        section = pages.working(document).sections.get()
        for number in range(count):
            body = f'<p>Read <a href="/articles/other/">this</a> {number} of {count}</p>'
            pages.edit(document, desk.author, sections=[{"id": section.pk, "heading": "Links", "body": body}])
        with CaptureQueriesContext(connection) as caught:
            shown = [part for entry in entries(document) for text in entry.edit.texts for part in text.parts]
        assert any("/articles/other/" in words for _status, words in shown) and "/documents/" not in str(shown)
        return len(caught)

    assert cost(2) == cost(6)  # the first of all follows a full row, of which no words have to be read


@pytest.mark.parametrize("filters", [{}, {"language": "en"}, {"language": "es"}, {"sort": "edit"}])
def test_a_page_costs_the_same_however_much_happened(story, filters):
    def cost(before=None):
        with CaptureQueriesContext(connection) as caught:
            timeline = Timeline(story.document, TimelineFilters(**filters, person=str(story.author.pk)))
            page = timeline.page(before)
            timeline.people()
            group_by_day(page.entries)
        return len(caught), page

    bury(story.document, 40)
    few, _page = cost()
    bury(story.document, 3000 if PROVING else 300)
    if on_postgres():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does; without it, every plan is one for a single row
    many, page = cost()
    assert len(page.entries) == 30
    assert many <= few  # the few rows include some that left words out
    older, page = cost(TimelinePosition.read(page.older))
    assert len(page.entries) == 30
    assert older <= few


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("", False), ("x", False), ("1.editions", False), ("1.editions.x", False), ("١.editions.1", False),
        ("-1.editions.1", False), ("9" * 30 + ".editions.1", False), ("1.editions." + "9" * 30, False),
        ("1764000000000001.editions.7", True), ("1.nothing.1", True),
    ],
)  # fmt: skip
def test_a_place_is_read_from_an_address_or_is_none(desk, written, place):
    found = TimelinePosition.read(written)
    assert (found is not None) == place
    assert not place or str(found) == written
    Timeline(desk.document).page(found)


def test_what_one_save_wrote_stands_together(desk):
    desk.clock.shift(timedelta(minutes=1))
    pages.edit(
        desk.document, desk.author, title="New", reason="Both",
        sections=[{"heading": "More", "body": "<p>x</p>"}],
    )  # fmt: skip
    [(_day, [newest, *_others])] = group_by_day(entries(desk.document))
    assert [item.entry.what for item in newest.shown] == ["section: More", "article: New"]
    desk.clock.shift(timedelta(minutes=1))
    submit(desk.document, "en", user=desk.author)
    [(_day, moments)] = group_by_day(entries(desk.document))
    assert moments[0].first.sort == EntryType.SUBMISSION
    assert version_token(desk.document, "en") == 3
