"""What is asked past the ORM is what the ORM would answer."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial.editions.compiled_questions import compiled
from editorial.editions.models import Edition, Release, ReleaseEnd, Reliance, Review, SignOff
from editorial.editions.working.copies import change_slug
from editorial.reading import gate, page_gate, verified_releases
from editorial.reading.record_rows import EDITION, END, RELEASE, REVIEW, SIGN_OFF
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.databases import on_postgres
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.layers import layer
from tests.reading.query_plans import tables_scanned

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

START = datetime(2026, 1, 5, 17, tzinfo=UTC)
LANGUAGES = ("en", "es", "ar")
PLACES = [
    ("article", "page"),
    ("article", "moved"),
    ("leaflet", "piece"),
    ("leaflet", "word"),
    ("article", "never-was"),
]
HOURS = range(-1, 10)
a_fixture = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@layer
def history(desk):
    """Something new each hour: releases, ends, withdrawals, a revocation, another address, an edition to come."""
    with time_machine.travel(START, tick=False) as clock:
        piece = write_leaflet(desk.author, "piece", "Piece title", "<p>Piece words.</p>")
        word = write_leaflet(desk.author, "word", "Word title", "<p>Word words.</p>")
        words = pages.site_words(desk.author, "page-words", "Words", phrases=[{"key": "due-title", "text": "Due"}])
        for document in (piece, word, words):
            pages.publish(document, desk.author, desk.reviewer)
        clock.shift(timedelta(hours=1))
        body = '<p>All about <a href="/leaflets/word/">zebras</a>.</p>'
        sections = [{"heading": "Here", "body": body, "piece_of": piece, "piece": "box"}]
        page = pages.article(desk.author, slug="page", title="Main", sections=sections)
        edition = pages.publish(page, desk.author, desk.reviewer)
        clock.shift(timedelta(hours=1))
        spanish = pages.publish_translation(page, "es", desk.translator, desk.reviewer)
        pages.publish_translation(piece, "es", desk.translator, desk.reviewer)
        clock.shift(timedelta(hours=1))
        withdraw(page, "es", user=desk.operator, reason="An error.")
        clock.shift(timedelta(hours=1))
        pages.bring_back(spanish, desk.reviewer)
        revoke_sign_off(pages.confirm(edition, people.reviewer()), user=desk.head, reason="An error.")
        clock.shift(timedelta(hours=1))
        withdraw(piece, "en", user=desk.operator, reason="An error.")
        change_slug(page, "moved", user=desk.head)
        clock.shift(timedelta(hours=1))
        pages.edit(page, desk.author, lead="Changed.")
        pages.publish(page, desk.author, desk.reviewer, publish_at=timezone.now() + timedelta(hours=2))
        return page


@pytest.fixture
def recorded(history):
    with time_machine.travel(START + timedelta(days=1), tick=False):
        yield history


moments = st.builds(
    lambda hours, microseconds: START + timedelta(hours=hours, microseconds=microseconds),
    st.sampled_from(HOURS),
    st.sampled_from([-1, 0, 1]),
)


@given(place=st.sampled_from(PLACES), language=st.sampled_from(LANGUAGES), at=moments)
@settings(a_fixture, max_examples=60)
def test_a_page_is_answered_as_the_orm_answers(recorded, place, language, at):
    result = page_gate.live_page(*place, language, at)
    assert gate.GateResult({}, result.others, result.embedded_ids, result.taken_down_ids) == gate.read_result(
        map(gate.read_row, page_gate.page_releases(*place, language, at))
    )
    own = Release.objects.live(at).filter(document__kind=place[0], document__slug=place[1])
    assert {code: release.pk for code, release in result.own.items()} == dict(own.values_list("language", "pk"))


@given(place=st.sampled_from(PLACES), language=st.sampled_from([*LANGUAGES, ""]), at=moments)
@settings(a_fixture, max_examples=60)
def test_an_address_where_nothing_is_live_is_answered_as_the_orm_answers(recorded, place, language, at):
    kind, slug = place
    found = page_gate.find_withdrawal(kind, slug, language, at)
    assert ([tuple(found)] if found else []) == list(page_gate.page_withdrawals(kind, slug, language, at))
    assert page_gate.find_redirect("article", "page", at) == ("moved" if recorded_by(at) else "")
    assert page_gate.find_redirect(kind, "never-was", at) == ""


def recorded_by(at: datetime) -> bool:
    """Whether readers knew the page at `at`, which later moved."""
    return at >= START + timedelta(hours=1)


@given(language=st.sampled_from(LANGUAGES), at=moments, number=st.integers(0, 10))
@a_fixture
def test_an_edition_is_answered_as_the_orm_answers(recorded, language, at, number):
    editions = Edition.objects.filter(language=language).order_by("pk")
    if not editions:
        return
    edition = editions[number % len(editions)]
    expected = gate.read_result(map(gate.read_row, page_gate.edition_releases(edition.pk, edition.language, at)))
    assert page_gate.live_for_edition(edition, at) == expected


@given(keys=st.sets(st.integers(1, 6)), language=st.sampled_from(LANGUAGES), at=moments)
@a_fixture
def test_words_that_rest_on_any_number_of_documents_are_answered_as_the_orm_answers(recorded, keys, language, at):
    result = page_gate.live_for_tree([(key, Reliance.EMBEDS) for key in keys], language, at)
    assert result.others == gate.read_result(map(gate.read_row, page_gate.tree_releases(keys, language, at))).others
    assert result.embedded_ids == keys


@pytest.mark.parametrize(
    ("columns", "model"),
    [(RELEASE, Release), (END, ReleaseEnd), (EDITION, Edition), (SIGN_OFF, SignOff), (REVIEW, Review)],
)
def test_a_row_is_intact_where_the_record_is(recorded, columns, model):
    for values in model.objects.values_list(*columns.names):
        assert columns.is_intact(values)
        for index, name in enumerate(columns.names):
            if name == "id" or name in model.UNDIGESTED:
                continue
            other = list(values)
            other[index] = "x" if values[index] != "x" else "y"
            assert not columns.is_intact(tuple(other)), name


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 9])
def test_evidence_is_the_same_columns_as_the_orms_whatever_the_number_of_editions(recorded, count):
    keys = list(Edition.objects.order_by("pk").values_list("pk", flat=True)[:count])
    found = converted(verified_releases._EVIDENCE, keys)
    assert sorted(map(str, found)) == sorted(map(str, verified_releases.edition_evidence(keys)))
    ends = converted(verified_releases._ENDS, list(Release.objects.values_list("pk", flat=True)))
    assert sorted(map(str, ends)) == sorted(map(str, ReleaseEnd.objects.values_list(*END.names)))


def converted(make, keys) -> list[tuple]:
    question = compiled(make)
    return [tuple(question.convert(row)) for row in question.ask(keys=keys)]


def test_the_question_follows_the_settings_in_use(recorded, desk, settings):
    words = pages.site_words(desk.author, "house-rules", "Rules", "<p>Words.</p>", is_page=True)
    pages.publish(words, desk.author, desk.reviewer)
    assert page_gate.live_page("article", "moved", "en", timezone.now()).site_pages == {}
    settings.SITE_PAGES = ["site-words/house-rules"]
    found = page_gate.live_page("article", "moved", "en", timezone.now()).site_pages
    assert found == page_gate.live_site_pages(timezone.now()) == {"site-words/house-rules": "house-rules"}


@pytest.mark.skipif(on_postgres(), reason="a question to SQLite about its plan")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_and_its_evidence_read_past_no_table(recorded, language):
    def ask():
        page_gate.find_withdrawal("article", "moved", language, timezone.now())
        page_gate.find_redirect("article", "page", timezone.now())
        page_gate.live_site_pages(timezone.now())
        result = page_gate.live_page("article", "moved", language, timezone.now())
        verified_releases.verify_releases(list(result.own.values()))

    assert tables_scanned(ask) == []


@pytest.mark.postgres
def test_postgresql_plans_a_question_once_for_a_connection(recorded):
    for _time in range(8):
        page_gate.live_page("article", "moved", "en", timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%editions_dependency%'")
        assert cursor.fetchone() == (1,)
