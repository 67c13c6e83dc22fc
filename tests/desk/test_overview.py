"""The numbers of the overview."""

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
from tests.factories.workplace import DAY


@pytest.fixture
def desk(workplace):
    return workplace


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([5], 50, 5),
        ([5], 90, 5),
        ([1, 2], 50, 1),
        ([2, 1], 90, 2),
        ([3, 1, 2], 50, 2),
        ([1, 2, 3, 4], 50, 2),
        (list(range(1, 11)), 90, 9),
        (list(range(1, 12)), 90, 10),
        (list(range(1, 101)), 90, 90),
        ([7, 7, 7], 1, 7),
        ([1, 2, 3], 100, 3),
    ],
)
def test_percentile(values, percent, expected):
    assert overview.percentile(values, percent) == expected


@pytest.mark.parametrize(("values", "percent"), [([], 50), ([1], 0), ([1], 101)])
def test_a_percentile_of_nothing_is_refused(values, percent):
    with pytest.raises(ValueError, match="percentile"):
        overview.percentile(values, percent)


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
    assert overview.ages(timezone.now(), (0, 7, 14)) == {0: 2, 7: 1, 14: 0}
    assert next(item.title for item in overview.longest_waiting(timezone.now())) == "First"
