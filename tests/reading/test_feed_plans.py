"""What feeds and sitemaps ask grows with what they show, not with the library."""

import pytest
from django.utils import timezone

from editorial.reading import recent_changes, sitemaps
from tests.databases import on_postgres
from tests.reading.query_plans import tables_scanned

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
