"""The numbers of the overview."""

import re
from copy import copy
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.utils import timezone

from editorial.desk.queue import items
from editorial.desk.queue.filters import QueueFilters
from editorial.desk.reports import overview
from editorial.desk.reports.charts import CHARTS, stacked
from editorial.reviews.services import record_absence
from tests.factories import pages, people
from tests.factories.unguarded import unguarded
from tests.factories.workplace import DAY
from tests.reading.query_plans import explain


@pytest.fixture
def desk(workplace):
    return workplace


@pytest.mark.parametrize(
    ("amounts", "whole", "expected"),
    [
        ([("a", 1), ("b", 0), ("c", 3)], 4, [("a", 0, 25), ("c", 25, 75)]),
        ([("a", 1), ("b", 1), ("c", 1)], 3, [("a", 0, 33.33), ("b", 33.33, 33.33), ("c", 66.66, 33.33)]),
        ([("a", 0)], 0, []),
        ([], 5, []),
    ],
)
def test_parts_of_a_bar_follow_each_other(amounts, whole, expected):
    assert [(part.look, part.start, part.width) for part in stacked(amounts, whole)] == expected


def test_pages_are_in_date_due_soon_or_overdue(desk):
    today = timezone.localdate()
    for days in (1, 30, 61, 62, 200):
        edition = pages.submit(pages.article(desk.author), "en", user=desk.author)
        pages.sign(edition, desk.reviewer, review_due_on=today + days * DAY)
    desk.clock.shift(DAY)
    [row] = overview.count_by_review_status(timezone.now())
    assert (row.kind, row.language, row.in_date, row.due, row.overdue) == ("article", "en", 2, 2, 1)


def test_the_time_to_sign_off_runs_from_submission_and_counts_one_year(desk):
    for days in (1, 2, 10):
        edition = pages.submit(pages.article(desk.author), "en", user=desk.author)
        desk.clock.shift(days * DAY)
        pages.sign(edition, desk.reviewer)
    [row] = overview.waits(timezone.now())
    assert (row.count, row.median, row.ninetieth) == (3, 2.0, 10.0)
    assert overview.waits(timezone.now() + overview.PERIOD * DAY) == []


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("waited", "median", "ninetieth"),
    [
        ([5], 5, 5),
        ([2, 1], 1, 2),
        ([3, 1, 2], 2, 3),
        ([1, 2, 3, 4], 2, 4),
        (range(1, 11), 5, 9),
        (range(1, 12), 6, 10),
        (range(1, 101), 50, 90),
        ([7, 7, 7], 7, 7),
    ],
)
def test_half_and_nine_tenths_waited_no_longer_than_their_nearest_rank(desk, waited, median, ninetieth):
    sign_many(desk, waited)
    [row] = overview.waits(timezone.now())
    assert (row.count, row.median, row.ninetieth) == (len(waited), median, ninetieth)


def sign_many(desk, waited) -> None:
    """Sign-offs of pages that waited so many days, each an hour older than the one before: copies of one of before."""
    sign_off = desk.published().sign_offs.select_related("edition", "review").get()
    desk.clock.shift((overview.PERIOD + 200) * DAY)
    with unguarded():
        for hours, days in enumerate(waited):
            at = timezone.now() - timedelta(hours=hours)
            edition = copy_of(sign_off.edition, hours, recorded_at=at - days * DAY, number=hours + 2)
            review = copy_of(sign_off.review, hours)
            copy_of(sign_off, hours, edition=edition, review=review, recorded_at=at)


def copy_of(record, place: int, **changed):
    copied = copy(record)
    new_keys = {"pk": None, "sequence": 100 + place, "record_digest": f"{type(record).__name__} {place}"}
    for name, value in {**new_keys, **changed}.items():
        setattr(copied, name, value)
    return type(record)._base_manager.bulk_create([copied])[0]


def test_of_many_sign_offs_the_newest_count_in_as_few_queries_and_rows(desk, monkeypatch, django_assert_num_queries):
    sign_many(desk, range(1, 21))
    monkeypatch.setattr(overview, "SAMPLE", 10)
    with django_assert_num_queries(1):
        [row] = overview.waits(timezone.now())
    assert (row.count, row.median, row.ninetieth) == (10, 5, 9)


@pytest.mark.both_databases
def test_the_newest_sign_offs_are_found_by_an_index(desk):
    """What is read from its beginning is an index in their order, and no further than SAMPLE."""
    desk.published()
    plan = explain(lambda: list(overview._newest_signed(timezone.now())))
    assert not re.search(r"SCAN (?!\w+ USING COVERING INDEX sign_offs_by_time)|Seq Scan", plan)


def test_each_number_leads_to_a_list_of_just_so_many(desk):
    today = timezone.localdate()
    for days in (1, 30, 61, 200):
        edition = pages.submit(pages.article(desk.author), "en", user=desk.author)
        pages.sign(edition, desk.reviewer, review_due_on=today + days * DAY)
    desk.clock.shift(DAY)
    now = timezone.now()
    [bar] = CHARTS["current"](now).bars
    assert bar.says == "1 in date, 2 due within 60 days, 1 overdue"
    for text, url in bar.links[1:]:
        filters = QueueFilters.read(QueryDict(urlsplit(url).query))
        assert text.startswith(f"{filters.apply(items.queue_items(now), now).count()} ")


@pytest.mark.parametrize(("days", "told"), [(0.02, "less than a day"), (1, "1 day"), (1.5, "1.5 days"), (3, "3 days")])
def test_a_chart_tells_times_in_days_and_none_as_no_days(desk, days, told):
    edition = pages.submit(pages.article(desk.author), "en", user=desk.author)
    desk.clock.shift(days * DAY)
    pages.sign(edition, desk.reviewer)
    [bar] = CHARTS["waits"](timezone.now()).bars
    assert bar.says == f"median: {told}; 90th percentile: {told}"
    assert bar.parts


def test_the_load_says_who_is_away_until_when_and_who_stands_in(desk):
    today, deputy = timezone.localdate(), people.reviewer()
    record_absence(desk.reviewer, deputy=deputy, from_day=today, until_day=today + DAY, user=desk.reviewer)
    says = {bar.label: bar.says for bar in CHARTS["loads"](timezone.now()).bars}
    assert says[deputy.reviewer.name] == "0"
    assert deputy.name in says[desk.reviewer.reviewer.name]
    desk.clock.shift(2 * DAY)
    assert not any(deputy.name in bar.says for bar in CHARTS["loads"](timezone.now()).bars)


def test_ages_count_what_waits_longer(desk):
    desk.submitted()
    desk.clock.shift(timedelta(days=8))
    pages.submit(pages.article(desk.author), "en", user=desk.author)
    assert overview.count_queue(timezone.now()).ages(timezone.now(), (0, 7, 14)) == {0: 2, 7: 1, 14: 0}
    assert next(item.title for item in overview.longest_waiting(timezone.now())) == "First"
