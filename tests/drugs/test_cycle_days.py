"""The days of a cycle, as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugs.cycle_days import find_cycle_problem, normal_cycle_days, read_cycle_days, write_cycle_days

TYPED = [
    ("", ""),
    ("1", "1"),
    ("1,8", "1, 8"),
    ("8 1", "1, 8"),
    ("1; 8; 8", "1, 8"),
    ("1، 8", "1, 8"),
    ("1、8", "1, 8"),
    ("1 - 21", "1-21"),
    ("1–21", "1-21"),
    ("1-3, 2-5, 8", "1-5, 8"),
    ("1, 2", "1, 2"),
    ("1-2", "1, 2"),
]


@pytest.mark.parametrize(("typed", "written"), TYPED)
def test_days_are_written_in_one_way_however_they_were_typed(typed, written):
    assert normal_cycle_days(typed) == written


@given(st.sets(st.integers(1, 400)))
def test_no_day_is_lost_or_added(days):
    stretches = read_cycle_days(", ".join(map(str, sorted(days, reverse=True))))
    assert {day for first, last in stretches for day in range(first, last + 1)} == days
    assert read_cycle_days(write_cycle_days(stretches)) == stretches


@given(st.text(alphabet="0123456789-,; –ax", max_size=20))
def test_whatever_was_typed_is_days_or_is_refused_in_words(typed):
    problem = find_cycle_problem(typed, 21)
    days = [] if problem else read_cycle_days(typed)
    assert all(1 <= first <= last <= 21 for first, last in days)


WRONG = [
    ("29", 21, "Day 29 is after the end of the cycle, which is day 21."),
    ("1, 8, 22-24", 21, "Day 24 is after the end of the cycle, which is day 21."),
    ("2", 1, "Day 2 is after the end of the cycle, which is day 1."),
    ("0", 21, "“0” isn't a day of a cycle. Type days like 1, 8 or 1-21."),
    ("8-1", 21, "“8-1” isn't a day of a cycle. Type days like 1, 8 or 1-21."),
    ("one", 21, "“one” isn't a day of a cycle. Type days like 1, 8 or 1-21."),
    ("1-21", 21, "These are all the days of the cycle. Leave them empty and enter every 1 day."),
    ("1-20", 21, ""),
    ("1", 21, ""),
    ("", 21, ""),
]


@pytest.mark.parametrize(("typed", "length", "told"), WRONG)
def test_what_cannot_be_is_told(typed, length, told):
    problem = find_cycle_problem(typed, length)
    assert problem.startswith(told) if told else not problem
