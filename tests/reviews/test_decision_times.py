"""Warned: from recorded to a notice that can be read. Safe: to no edition being read on which the decision is open."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drugs.services import record_event
from editorial.desk.reports.decision_times import all_times, newest_times, page_times
from editorial.editions.models import Edition
from editorial.reviews.decision_times import hours_and_minutes, load_times
from editorial.reviews.models import Recheck
from editorial.reviews.services import dismiss_recheck, withdraw
from tests.factories import drugs, notices, pages, people
from tests.factories.bulk_rows import create_dependents
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@layer
def rows():
    made = notices.make_desk()
    pages.publish_translation(made.showing, "es", made.translator, people.reviewer("es"))
    made.event = notices.withdrawal(made)
    return made


@pytest.fixture
def desk(rows):
    return rows


@contextmanager
def after(desk, minutes: int) -> Iterator[None]:
    with time_machine.travel(desk.event.recorded_at + timedelta(minutes=minutes, seconds=30), tick=False):
        yield


def times(desk) -> dict[str, tuple]:
    """{language: (warned, safe, open, all)}"""
    [decision] = load_times([desk.event], timezone.now())
    return {
        language.language: (language.warned, language.safe, language.open_count, language.edition_count)
        for language in decision.languages
    }


def settle(desk, language: str) -> None:
    for recheck in Recheck.objects.open().filter(edition__language=language).select_related("edition__document"):
        dismiss_recheck(recheck, user=desk.checker, password=people.PASSWORD, reason="It says nothing of that.")


@pytest.fixture
def checker(desk):
    desk.checker = people.reviewer("en", "es")
    return desk.checker


def test_nothing_is_warned_or_safe_at_first(desk):
    assert times(desk) == {"en": ("", "", 4, 4), "es": ("", "", 1, 1)}


def test_warned_is_when_a_notice_can_be_read_in_the_language(desk):
    with after(desk, 42):
        notices.live(desk, desk.event)
        assert times(desk)["en"] == ("0:42", "", 4, 4)
        assert times(desk)["es"][0] == ""


def test_a_language_is_safe_when_its_last_edition_is(desk, checker):
    with after(desk, 10):
        settle(desk, "es")
    with after(desk, 95):
        assert times(desk) == {"en": ("", "", 4, 4), "es": ("", "0:10", 0, 1)}
        settle(desk, "en")
    with after(desk, 200):
        assert times(desk) == {"en": ("", "1:35", 0, 4), "es": ("", "0:10", 0, 1)}
        [decision] = load_times([desk.event], timezone.now())
        assert (decision.warned, decision.safe, decision.open_count) == ("", "1:35", 0)


def test_a_page_that_is_taken_down_is_safe_though_its_recheck_is_open(desk):
    with after(desk, 20):
        withdraw(desk.showing, "", user=desk.operator, reason="An approval has ended.")
        assert Recheck.objects.open().filter(edition__document=desk.showing).exists()
    with after(desk, 30):
        assert times(desk) == {"en": ("", "", 3, 4), "es": ("", "0:20", 0, 1)}


def test_a_new_edition_makes_its_page_safe_when_it_is_read(desk):
    with after(desk, 5):
        pages.edit(desk.showing, desk.author, lead="Another lead.")
        edition = pages.submit(desk.showing, "en", user=desk.author)
        assert times(desk)["en"] == ("", "", 4, 4)
    with after(desk, 15):
        pages.sign(edition, desk.reviewer)
        assert times(desk)["en"] == ("", "", 3, 4)


def test_what_nobody_could_read_does_not_count(desk):
    named = [{"heading": "A", "body": "<p>Zebramab is a drug.</p>"}]
    waiting = pages.submit(pages.article(desk.author, sections=named), "en", user=desk.author)
    news = record_event(
        desk.drug, user=desk.admin, kind="safety-communication", happened_on=timezone.localdate(),
        reference=drugs.source(desk.admin),
    )  # fmt: skip
    assert Recheck.objects.filter(because=news.record_digest, edition=waiting).exists()
    [decision] = load_times([news], timezone.now())
    assert (decision.edition_count, decision.open_count) == (5, 5)


@pytest.mark.parametrize(("minutes", "written"), [(0, "0:00"), (42, "0:42"), (60 * 73 + 5, "73:05"), (-3, "0:00")])
def test_a_time_is_told_in_hours_and_minutes(minutes, written):
    assert hours_and_minutes(timedelta(minutes=minutes, seconds=59 if minutes >= 0 else 0)) == written


def test_they_take_as_many_statements_however_many_editions_rest_on_it(desk):
    def count() -> int:
        now = timezone.now()
        with CaptureQueriesContext(connection) as captured:
            load_times([desk.event], now)
            page_times(desk.drug, "event", now)
            newest_times(now)
            list(all_times(now))
        return len(captured)

    few = count()
    create_dependents(Edition.objects.get(document=desk.citing), desk.drug, desk.reviewer, 40)
    assert count() == few


def test_the_pages_of_the_desk_tell_them(desk, signed_in):
    with after(desk, 42):
        notices.live(desk, desk.event)
        page = signed_in(desk.reviewer).get(f"/admin/desk/rechecks/event/{desk.drug.pk}/").content.decode()
        assert "0:42" in page and "not safe yet, open: 5" in page
        client = signed_in(desk.head)
        assert "warned after 0:42 · not safe yet, open: 4" in client.get("/admin/desk/overview/").content.decode()
        response = client.get("/admin/desk/overview/table/?table=decisions")
        lines = b"".join(response.streaming_content).decode().splitlines()
        assert len(lines) == 3
        assert ",0:42,,,4,4" in lines[1]
