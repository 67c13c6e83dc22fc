"""Keywords of editions: found by kinds in each text under its headings, and recorded with the edition or later."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.editions import keywords
from editorial.editions.keyword_contract import FoundPassage
from editorial.editions.kinds import Kind
from editorial.editions.known_names import KnownNames
from editorial.editions.models import EditionKeyword, Keyword
from tests.factories import pages, people

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def texts(monkeypatch):
    """Every text that a kind is asked about; "lions" is a keyword of those that name them."""
    asked = []

    def find(text):
        asked.append(text)
        yield from [FoundPassage("lions", "animal:lion")] if "lions" in text.text else []

    monkeypatch.setattr(Kind, "keyword_finder", lambda kind, is_naming: find if kind.name == "article" else None)
    return asked


def submit(**parts):
    author = people.author()
    return pages.submit(pages.article(author, **parts), "en", user=author)


def of(edition) -> set[str]:
    return set(edition.keywords.values_list("keyword__key", flat=True))


def test_a_kind_is_asked_about_each_text_with_the_headings_above_it_the_nearest_first(texts):
    edition = submit(title="Zoo", lead="All of it.", sections=[{"heading": "Cats", "body": "<p>Two lions.</p>"}])
    around = {text.text: text.around for text in texts}
    assert (around["Two lions."], around["Cats"], around["All of it."], around["Zoo"]) == (
        ("Cats", "Zoo"), ("Zoo",), ("Zoo",), (),
    )  # fmt: skip
    assert {text.language for text in texts} == {"en"} and {text.kind for text in texts} == {"article"}
    assert of(edition) == {"animal:lion"}


def test_what_words_cite_is_a_keyword_and_what_is_only_listed_is_none(texts):
    source = pages.reference("trial-1", title="About lions")
    edition = submit(references=[source], sections=[{"heading": "More", "body": "<p>It helped.[@trial-1]</p>"}])
    assert of(edition) == {keywords.citation_keyword("trial-1")}


def test_a_text_without_any_costs_no_statement(texts):
    edition = submit()
    with CaptureQueriesContext(connection) as queries:
        keywords.record_keywords({edition.pk: set()})
    assert len(queries) == 0 and not EditionKeyword.objects.exists()


def test_many_editions_are_recorded_in_as_many_statements_as_few_and_keywords_once(texts):
    editions = [submit() for _number in range(6)]
    counts = []
    for some in (editions[:2], editions[2:]):
        with CaptureQueriesContext(connection) as queries:
            keywords.record_keywords({edition.pk: {"a:1", f"b:{edition.pk}"} for edition in some})
        counts.append(len(queries))
    assert counts[0] == counts[1] == 3
    assert [of(edition) for edition in editions] == [{"a:1", f"b:{edition.pk}"} for edition in editions]
    assert Keyword.objects.filter(key="a:1").count() == 1
    assert set(keywords.find_editions_with(["a:1"]).values_list("edition", flat=True)) == {item.pk for item in editions}


def test_reading_an_edition_again_finds_what_was_recorded_of_it(texts):
    edition = submit(title="Two lions")
    assert keywords.KeywordReader(KnownNames()).find(edition.tree) == of(edition) == {"animal:lion"}
