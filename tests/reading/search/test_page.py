"""What the page of the search says, and what it leaves nowhere."""

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial.editions.models import Document
from editorial.library.services.topics import save_topic
from editorial.reading.kept_pages.requested_pages import read_request
from immuno_site.logs import SecretAddressFilter
from tests import PROVING
from tests.factories import drugs, pages, people
from tests.layers import layer

pytestmark = pytest.mark.django_db


@layer
def quagga(desk):
    """An article, a drug's page and the words of what cannot wait, in English."""
    document = pages.article(desk.author, slug="quagga", title="Quagga <title>", lead="A quagga & its lead.")
    pages.publish(document, desk.author, desk.reviewer)
    words = pages.site_words(
        desk.author, "search-words", "Words", "", phrases=[
            {"key": "emergency-title", "text": "Is this now?"}, {"key": "emergency-text", "text": "Call."},
            {"key": "emergency-words", "text": "can't breathe; chest pain"},
            {"key": "urgent-title", "text": "A fever?"}, {"key": "urgent-text", "text": "Call your team."},
            {"key": "urgent-words-fever", "text": "fever; chills"},
        ],
    )  # fmt: skip
    pages.publish(words, desk.author, desk.reviewer)
    return document


def search(client, typed: str, language: str = "en", **more: str):
    return client.get(f"/{language}/search/", {"q": typed, **more})


def test_nothing_keeps_a_search_or_passes_it_on(client, quagga):
    response = search(client, "quagga")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "ETag" not in response.headers
    assert not response.cookies
    page = response.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "q=quagga" not in page.partition("<main")[0]  # neither canonical nor a link to another language


def test_no_search_is_kept_as_bytes(settings):
    environ = {
        "PATH_INFO": "/en/search/", "REQUEST_METHOD": "GET", "QUERY_STRING": "q=a", "wsgi.url_scheme": "http",
        "HTTP_HOST": "testserver", "SERVER_PORT": "80",
    }  # fmt: skip
    assert read_request(environ) is None


def test_no_log_has_what_was_searched_for():
    record = logging.LogRecord("a", logging.INFO, "", 1, '"%s" %s', ("GET /en/search/?q=lump HTTP/1.1", "200"), None)
    SecretAddressFilter().filter(record)
    assert "lump" not in record.getMessage()
    assert "/en/search/?" in record.getMessage()


def test_an_excerpt_marks_what_was_found_in_the_pages_own_words(client, quagga):
    page = search(client, "QUAGGAS").content.decode()
    assert "A <mark>quagga</mark> &amp; its lead." in page
    assert "Quagga &lt;title&gt;" in page


def test_a_brand_finds_its_drug_and_says_so(client, desk):
    admin = drugs.drug_admin()
    monograph = drugs.monograph(admin)
    drugs.verified(monograph, admin, people.reviewer())
    pages.publish(monograph, admin, desk.reviewer)
    page = search(client, "zebra").content.decode()
    assert "· <bdi>Zebra</bdi>" in page
    assert f'/en/drugs/{monograph.slug}/"' in page


def test_a_translation_of_an_older_page_is_marked(client, desk, quagga):
    pages.publish_translation(quagga, "es", desk.translator, desk.reviewer)
    assert "is-due" not in search(client, "quagga", "es").content.decode()
    pages.edit(quagga, desk.author, lead="Another quagga.")
    pages.publish(quagga, desk.author, desk.reviewer)
    assert "is-due" in search(client, "quagga", "es").content.decode()


def test_a_choice_of_kind_shows_that_kind_alone(client, desk, quagga):
    entry = pages.glossary_entry(desk.author, title="Quagga word")
    pages.publish(entry, desk.author, desk.reviewer)
    page = search(client, "quagga").content.decode()
    assert "?q=quagga&amp;kind=glossary" in page
    assert "search-chosen" not in page
    chosen = search(client, "quagga", kind="glossary").content.decode()
    assert "Quagga word" in chosen
    assert '<span class="search-chosen"><bdi>Glossary</bdi></span>' in chosen  # also where the choices are folded
    assert "/en/articles/quagga/" not in chosen


def test_a_choice_of_topic_shows_its_pages_alone(client, desk, quagga):
    coat, zoo = (save_topic(name.lower(), name, user=desk.author) for name in ("Coat", "Zoo"))
    for slug, topics in (("stripes", [coat, zoo]), ("teeth", [zoo])):
        document = pages.article(desk.author, slug=slug, title=f"Quagga {slug}", topics=topics)
        pages.publish(document, desk.author, desk.reviewer)
    page = search(client, "quagga").content.decode()
    assert '?q=quagga&amp;topic=zoo">Zoo <span class="search-count">2</span>' in page
    assert '?q=quagga&amp;topic=coat">Coat <span class="search-count">1</span>' in page
    chosen = search(client, "quagga", topic="coat").content.decode()
    assert "/en/articles/stripes/" in chosen
    assert "/en/articles/teeth/" not in chosen
    assert "/en/articles/quagga/" not in chosen
    assert 'aria-current="true">Coat' in chosen


def test_what_was_typed_stays_in_the_box_and_is_escaped(client, quagga):
    page = search(client, '"><script>x</script>').content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("typed", ["I can't breathe", "CAN’T BREATHE!", "a pain in my chest", "chest pains at night"])
def test_an_emergency_comes_first(client, quagga, typed):
    page = search(client, typed).content.decode()
    assert "Is this now?" in page
    assert page.index("Is this now?") < page.index("<h2", page.index("Is this now?") + 20)


def test_what_is_urgent_comes_first_where_nothing_is_worse(client, quagga):
    page = search(client, "fever of 38.2").content.decode()
    assert "care-urgent" in page
    assert page.index("A fever?") < page.index("fever of 38.2", page.index("A fever?"))
    worse = search(client, "fever and chest pain").content.decode()
    assert "care-emergency" in worse
    assert "care-urgent" not in worse


def test_an_emergency_is_one_in_the_words_of_the_source_too(client, desk, quagga):
    words = Document.objects.get(key="search-words")
    pages.publish_translation(words, "es", desk.translator, desk.reviewer)
    assert "care-emergency" in search(client, "I can't breathe", "es").content.decode()


@pytest.mark.parametrize("typed", ["breathe", "chest", "quagga", ""])
def test_what_is_no_emergency_has_no_card(client, quagga, typed):
    assert "Is this now?" not in search(client, typed).content.decode()


def test_no_card_is_shown_that_nobody_signed(client, desk):
    pages.site_words(desk.author, "search-words", "Words", "", phrases=[{"key": "emergency-words", "text": "pain"}])
    assert "care-emergency" not in search(client, "pain").content.decode()


def test_nothing_found_says_so_and_where_to_look(client, quagga):
    page = search(client, "okapi", "es").content.decode()
    assert "okapi" in page
    assert "/en/search/?q=okapi" in page
    assert "/es/articles/" in page.partition("<main")[2]


def test_a_misspelt_word_is_said_to_be_read_as_another(client, quagga):
    page = search(client, "quagag").content.decode()
    assert "No page has “<bdi>quagag</bdi>”" in page
    assert "Results for “<bdi>quagga</bdi>”" in page


def test_a_long_query_is_cut_and_says_so(client, quagga):
    page = search(client, "quagga " * 60).content.decode()
    assert "first 200 characters" in page


@pytest.mark.parametrize(
    "query",
    [
        "", "?q=", "?q=%00", "?q=%ff%fe", "?q=a&page=0", "?q=quagga&page=99999999999999999999", "?q=quagga&kind=no",
        "?q=%22%20OR%20*", "?q=NEAR(a%20b)", "?q='&q=-a:b", "?page=x&kind=%00",
        "?q=quagga&topic=%00", "?q=quagga&topic=no-such", "?q=quagga&topic=no&kind=glossary",
        "?q=quagga&kind=drugs",
    ],
)  # fmt: skip
def test_no_query_is_an_error(client, quagga, query):
    assert client.get(f"/en/search/{query}").status_code == 200


@settings(
    max_examples=300 if PROVING else 20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(typed=st.text(max_size=300), language=st.sampled_from(["en", "es", "ar", "zh-hans", "vi"]))
def test_whatever_is_typed_is_answered(client, quagga, typed, language):
    typed = typed.encode("utf-8", "ignore").decode()
    assert search(client, typed, language).status_code == 200
