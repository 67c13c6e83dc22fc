"""What is suggested while somebody types: live and signed words, by any beginning, and nothing is kept."""

import gzip
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial.editions.models import Edition
from editorial.reading.models import SearchSuggestion
from editorial.reading.search import suggestions
from editorial.reading.search.suggestions import MOST_SUGGESTED
from editorial.reviews.services import withdraw
from immuno_site.logs import SecretAddressFilter
from tests import PROVING
from tests.factories import drugs, pages, people
from tests.factories.search_library import add_entries
from tests.layers import layer
from tests.reading.query_plans import explain, is_scanned_or_sorted

from .pages_to_find import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

MOST_STATEMENTS = 9


@layer
def quagga(desk):
    """An article about the quagga, live in English."""
    document = pages.article(desk.author, slug="quagga", title="The quagga’s pre-natal stripes", lead="A lead.")
    pages.publish(document, desk.author, desk.reviewer)
    return document


def suggest(client, typed: str, language: str = "en") -> list[str]:
    response = client.get(f"/{language}/search/suggest", {"q": typed})
    assert response.status_code == 200
    return response.json()["suggestions"]


@pytest.mark.parametrize(
    "typed", ["qu", "QUAGGA", "the qua", "is the quagga", "stripes", "pre-n", "prenat", "pre n", "natal str", "quaga"]
)
def test_a_title_is_suggested_by_the_beginning_of_any_of_its_words(client, quagga, typed):
    assert suggest(client, typed) == ["The quagga’s pre-natal stripes"]


@pytest.mark.parametrize("typed", ["", " ", "q", "okapi", "uagga", "%", "\0"])
def test_what_nothing_begins_with_suggests_nothing(client, quagga, typed):
    assert suggest(client, typed) == []
    assert suggest(client, "quagga", "es") == []


@pytest.fixture
def library(quagga, monkeypatch):
    """library(typed, language) is what the words of pages to find suggest, without the records of signed pages."""
    add_entries(Edition.objects.get(document=quagga), PAGES, timezone.now() - timedelta(minutes=1))
    monkeypatch.setattr(suggestions, "_verify", lambda found, language, at: [text for *_keys, text in found])
    return lambda typed, language: suggestions.find_suggestions(typed, language, timezone.now())


TESTS = PAGES[2].root.plain("title")


@pytest.mark.parametrize(
    ("language", "typed", "text"),
    [
        ("en", "keyt", "Keytruda"), ("en", "pembroliz", "Pembrolizumab"), ("en", "keytruta", "Keytruda"),
        ("en", "tn", "TNBC"), ("en", "side eff", "Side effects of immunotherapy"), ("en", "pd-l", TESTS),
        ("en", "pdl1", TESTS), ("es", "efectos", "Efectos secundarios de la inmunoterapia"),
        ("es", "cancer de m", "Inmunoterapia para el cáncer de mama"), ("ar", "العلاج", "العلاج المناعي لسرطان الثدي"),
        ("ar", "علاج", "العلاج المناعي لسرطان الثدي"), ("ar", "بيمبرو", "بيمبروليزوماب"),
        ("zh-hans", "副作", "免疫治疗的副作用"), ("zh-hans", "免", "免疫治疗的副作用"),
        ("vi", "tac dung", "Tác dụng phụ của liệu pháp miễn dịch"),
        ("vi", "mien dich", "Liệu pháp miễn dịch cho ung thư vú"),
    ],
)  # fmt: skip
def test_every_language_is_helped_by_what_people_type(library, language, typed, text):
    assert text in library(typed, language)


def test_no_more_is_suggested_than_is_read(library):
    assert len(library("im", "en")) <= MOST_SUGGESTED


def test_what_is_no_longer_signed_is_no_longer_suggested(client, desk, quagga):
    pages.edit(quagga, desk.author, title="Okapi")
    assert suggest(client, "okapi") == []
    pages.publish(quagga, desk.author, desk.reviewer)
    assert suggest(client, "okapi") == ["Okapi"]
    assert suggest(client, "quagga") == []
    withdraw(quagga, "en", user=desk.operator, reason="wrong")
    assert suggest(client, "okapi") == []
    assert not SearchSuggestion.objects.exists()


def test_a_scheduled_page_is_not_suggested_before_its_time(client, desk, quagga):
    pages.edit(quagga, desk.author, title="Okapi")
    pages.publish(quagga, desk.author, desk.reviewer, publish_at=timezone.now() + timedelta(days=2))
    assert suggest(client, "okapi") == []


def test_what_no_signed_tree_has_is_not_suggested(client, quagga):
    SearchSuggestion.objects.update(text="Drink bleach")
    assert suggest(client, "quagga") == []


def test_a_brand_and_words_that_mean_the_same_are_suggested(client, desk):
    admin = drugs.drug_admin()
    monograph = drugs.monograph(admin)
    drugs.verified(monograph, admin, people.reviewer())
    pages.publish(monograph, admin, desk.reviewer)
    words = pages.site_words(
        desk.author, "search-words", "Words", "", phrases=[{"key": "same-tired", "text": "fatigue; worn out"}]
    )
    pages.publish(words, desk.author, desk.reviewer)
    assert suggest(client, "zeb") == ["Zebra", "Zebramab"]
    assert suggest(client, "worn") == ["worn out"]


def test_nothing_keeps_what_was_typed_or_passes_it_on(client, quagga):
    response = client.get("/en/search/suggest", {"q": "quagga " * 60})
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Content-Type"] == "application/json"
    assert not response.cookies
    assert client.post("/en/search/suggest", {"q": "quagga"}).status_code == 405
    record = logging.LogRecord("a", logging.INFO, "", 1, "%s", ("GET /en/search/suggest?q=lump HTTP/1.1",), None)
    SecretAddressFilter().filter(record)
    assert "lump" not in record.getMessage()


def test_suggestions_take_as_many_statements_whatever_there_is(client, desk, quagga):
    def count(typed: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            suggest(client, typed)
        return len(queries)

    before = {typed: count(typed) for typed in ("quagga", "stripes", "quaghga", "okapi")}
    for number in range(3):
        document = pages.article(desk.author, title=f"Quagga {number} stripes", lead="A quagga lead.")
        pages.publish(document, desk.author, desk.reviewer)
    assert {typed: count(typed) for typed in before} == before
    assert max(before.values()) <= MOST_STATEMENTS


def test_what_begins_so_is_read_in_the_order_of_its_index(quagga):
    plan = explain(lambda: suggestions.find_begun("quagga", "en", timezone.now()))
    assert "search_suggestions" in plan
    assert not is_scanned_or_sorted(plan), plan


@settings(
    max_examples=300 if PROVING else 20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.text(max_size=300), language=st.sampled_from(["en", "es", "ar", "zh-hans", "vi"]))
def test_whatever_is_typed_is_answered(client, quagga, typed, language):
    suggest(client, typed.encode("utf-8", "ignore").decode(), language)


def test_the_script_is_small():
    assert len(gzip.compress(Path("static/js/suggest.js").read_bytes())) <= 2048
