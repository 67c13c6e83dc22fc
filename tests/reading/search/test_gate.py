"""Search finds what may be read now, in the reader's language, and nothing else: at once, and whatever is recorded."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.editions.models import Document, Edition
from editorial.reading.list_rows import find_list_problems
from editorial.reading.models import SearchEntry, SearchWord
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.factories import pages
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

MOST_STATEMENTS = 16


@layer
def quagga(desk) -> Document:
    """An article about the quagga, live in English and Spanish."""
    document = pages.article(desk.author, slug="quagga", title="Quagga title", lead="A quagga lead.")
    pages.publish(document, desk.author, desk.reviewer)
    pages.publish_translation(document, "es", desk.translator, desk.reviewer)
    return document


def is_found(client, typed: str = "quagga", language: str = "en") -> bool:
    response = client.get(f"/{language}/search/", {"q": typed})
    assert response.status_code == 200
    return f"/{language}/articles/quagga/" in response.content.decode()


def test_a_live_page_is_found_in_each_language_that_it_is_live_in(client, quagga):
    assert is_found(client)
    assert is_found(client, language="es")
    assert not is_found(client, language="ar")


def test_a_draft_and_what_waits_for_a_signature_are_not_found(client, desk, quagga):
    pages.edit(quagga, desk.author, title="Okapi title")
    assert not is_found(client, "okapi")
    edition = pages.submit(quagga, "en", user=desk.author)
    assert not is_found(client, "okapi")
    assert is_found(client)
    pages.sign(edition, desk.reviewer)
    assert is_found(client, "okapi")
    assert not SearchEntry.objects.filter(names="quagga titl", shown_until=None, language="en").exists()


@pytest.mark.parametrize(("language", "gone"), [("", {"en", "es"}), ("en", {"en", "es"}), ("es", {"es"})])
def test_a_withdrawn_page_is_gone_at_once(client, desk, quagga, language, gone):
    withdraw(quagga, language, user=desk.operator, reason="wrong")
    assert {code for code in ("en", "es") if not is_found(client, language=code)} == gone
    assert list(find_list_problems()) == []


def test_a_revoked_page_is_gone_at_once(client, desk, quagga):
    edition = Edition.objects.get(document=quagga, language="en")
    revoke_sign_off(edition.sign_offs.get(), user=desk.reviewer, reason="An error.")
    assert not is_found(client)


def test_a_scheduled_page_is_not_found_before_its_time(client, desk, quagga):
    pages.edit(quagga, desk.author, title="Okapi title")
    pages.publish(quagga, desk.author, desk.reviewer, publish_at=timezone.now() + timedelta(days=2))
    assert not is_found(client, "okapi")
    assert is_found(client)
    assert SearchEntry.objects.filter(shown_from__gt=timezone.now()).exists()


def test_an_entry_that_the_gate_does_not_let_through_is_not_shown(client, desk, quagga):
    entry = SearchEntry.objects.get(language="en")
    withdraw(quagga, "", user=desk.operator, reason="wrong")
    entry.save(force_insert=True)  # as if its deletion were lost
    assert not is_found(client)
    assert any("rebuild_search" in problem for problem in find_list_problems())


def test_a_rebuild_makes_what_the_services_wrote(client, desk, quagga):
    columns = ("document", "release", "language", "names", "points", "often", "is_page", "shown_from", "shown_until")
    before = set(SearchEntry.objects.values_list(*columns))
    words = set(SearchWord.objects.values_list("language", "form", "stem"))
    assert before and words
    call_command("rebuild_search", verbosity=0)
    assert set(SearchEntry.objects.values_list(*columns)) == before
    assert set(SearchWord.objects.values_list("language", "form", "stem")) == words
    assert is_found(client)


def test_a_search_takes_as_many_statements_whatever_there_is(client, desk, quagga):
    def count(typed: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/en/search/", {"q": typed}).status_code == 200
        return len(queries)

    before = {typed: count(typed) for typed in ("quagga", "quagga title", "quaggha", "quagga zebra okapi")}
    for number in range(3):
        document = pages.article(desk.author, title=f"Quagga title {number}", lead="A quagga lead.")
        pages.publish(document, desk.author, desk.reviewer)
    assert {typed: count(typed) for typed in before} == before
    assert max(before.values()) <= MOST_STATEMENTS
