"""What feeds and sitemaps ask grows with what they show, not with the library."""

import pytest
from django.utils import timezone

from editorial.editions.models import Release
from editorial.reading import gate, notice_questions, recent_changes, sitemaps
from editorial.reading.site_words import NOTICE_WORDS, SITE_WORDS
from tests.databases import on_postgres
from tests.reading.query_plans import explain, tables_scanned

QUESTIONS = {
    "changes of a language": lambda at: list(recent_changes._find_rows("vi", at, "")),
    "changes about a topic": lambda at: list(recent_changes._find_rows("vi", at, "care")),
    "parts of a sitemap": lambda at: sitemaps._find_parts("vi", at),
    "pages of a sitemap": lambda at: list(sitemaps._find_pages(0, at)),
}


@pytest.mark.skipif(on_postgres(), reason="The plans are SQLite's.")
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_table_is_read_past(question, article):
    found = tables_scanned(lambda: QUESTIONS[question](timezone.now()))
    assert [step for step in found if "SCAN parts" not in step] == []


WORDS = {
    "when words were first read": lambda at: notice_questions._first_releases(
        Release.objects.with_key(SITE_WORDS, NOTICE_WORDS), at
    ),
    "words that are read": lambda at: list(Release.objects.live(at).filter(language="vi").with_key(SITE_WORDS, "x")),
    "why a page was taken down": lambda at: gate.live_explanation(5, "vi", at),
}


@pytest.mark.skipif(on_postgres(), reason="The plans are SQLite's.")
@pytest.mark.parametrize("question", WORDS)
def test_words_are_found_by_their_document(question, article):
    """Not past all that was ever released in the language."""
    plan = explain(lambda: WORDS[question](timezone.now()))
    assert "releases_by_time" in plan, plan
    assert "releases_of_language" not in plan, plan
