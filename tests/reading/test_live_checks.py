"""What is live is verified round and round, though nobody reads it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.editions.models import Document, Release
from editorial.reading.live_checks import verify_live_part
from tests.factories import pages
from tests.factories.unguarded import unguarded

pytestmark = pytest.mark.django_db


def go_round(settings) -> int:
    settings.LIVE_CHECK_HOURS = 1
    now = timezone.now()
    return sum(verify_live_part(now + timedelta(minutes=minute)) for minute in range(60))


def test_a_round_finds_each_release_that_does_not_verify_once(desk, article, spanish, settings, caplog):
    assert go_round(settings) == 0
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Release._meta.db_table} SET met_by = '[]'")
    assert go_round(settings) == 2
    assert "records do not verify" in caplog.text


def test_a_part_asks_for_its_own_documents_alone(desk, settings):
    for _number in range(3):
        pages.article(desk.author)
    settings.LIVE_CHECK_HOURS = 10_000
    with CaptureQueriesContext(connection) as captured:
        verify_live_part(timezone.now())
    assert len(captured) <= 3
    assert Document.objects.count() >= 3
