"""What a database reads for a search: an index of words, and no page's words one after the other."""

import pytest
from django.db import connection
from django.utils import timezone

from editorial.editions.models import Edition
from editorial.reading.models import SearchEntry
from editorial.reading.search import engines
from editorial.reading.search.engines import search_engine
from editorial.reading.search.indexed_words import TITLE, token
from editorial.reading.search.queries import read_query
from editorial.reading.search.ranking import find_entries, search_pages
from tests.factories import pages
from tests.factories.search_library import add_entries, article
from tests.layers import layer
from tests.reading.query_plans import plans_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

COUNT = 30


@layer
def live(desk) -> Edition:
    document = pages.article(desk.author, slug="okapi", title="Okapi", lead="A lead.")
    pages.publish(document, desk.author, desk.reviewer)
    return Edition.objects.get(document=document)


@pytest.mark.parametrize("bits", [0, 1, 2, 3, 10])
def test_of_what_has_a_word_the_newest_come_however_common_it_is(live, monkeypatch, bits):
    monkeypatch.setattr(engines, "ERA", bits)
    titles = {
        "quagga": lambda number: True,
        "zebra": lambda number: number % 3 == 0,
        "tapir": lambda number: number < 4,
        "lemur": lambda number: number in (2, COUNT - 1),
    }  # fmt: skip
    trees = [article("en", " ".join(word for word, has in titles.items() if has(number)), "A lead.")
             for number in range(COUNT)]  # fmt: skip
    entries = add_entries(live, trees, timezone.now())
    SearchEntry.objects.filter(pk__in=[entry.pk for entry in entries[11:15]]).delete()
    kept = [(number, entry.pk) for number, entry in enumerate(entries) if number not in range(11, 15)]
    engine = search_engine()
    for word, has in titles.items():
        with engine.asking():
            found = engine.newest(engine.find([[[token(word, "en", TITLE)]]]), 5)
            assert {entry.pk for entry in found} == {*[pk for number, pk in kept if has(number)][-5:]}, word


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the plan is PostgreSQL's")
@pytest.mark.parametrize("typed", ["quagga", "quagga striped", "okapi"])
def test_a_search_holds_no_row_against_its_words(live, typed):
    add_entries(live, [article("en", "Quagga", "A striped lead.") for _number in range(300)], timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reading_searchentry")
    at = timezone.now()
    plans = plans_of(lambda: search_pages(read_query(typed, "en", at), at))
    found = [plan for plan in plans if "@@" in plan]
    assert len(found) >= 2
    for plan in found:
        assert "Bitmap Index Scan on reading_searchindex" in plan
        assert "Seq Scan" not in plan, plan
        assert not [line for line in plan.splitlines() if "Filter:" in line and "@@" in line], plan


def test_a_search_without_its_settings_finds_the_same(live):
    add_entries(live, [article("en", "Quagga", "A lead.") for _number in range(3)], timezone.now())
    at = timezone.now()
    query = read_query("quagga", "en", at)
    assert find_entries(query, at)[0] == search_pages(query, at)[0]
