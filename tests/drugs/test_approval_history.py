"""What regulators did to an approval: the state on any day is that of the events up to it; no impossible history."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugs.approval_history import (
    ACCELERATED,
    BY_AGENCY,
    BY_SPONSOR,
    CONVERTED,
    GRANTED,
    NARROWED,
    REGULAR,
    Decision,
    find_contradictions,
    state_on,
)

TODAY = date(2026, 11, 24)
FIRST = date(2019, 1, 1)


def history(text: str) -> list[Decision]:
    """ "accelerated 2020-11-13, converted 2021-07-26": a pathway stands for a grant by it."""
    found = []
    for item in filter(None, text.split(", ")):
        kind, day = item.split()
        pathway = kind if kind in (ACCELERATED, REGULAR) else ""
        found.append(Decision(GRANTED if pathway else kind, pathway, date.fromisoformat(day)))
    return found


PEMBROLIZUMAB = "accelerated 2020-11-13, converted 2021-07-26"
ATEZOLIZUMAB = "accelerated 2019-03-08, withdrawn-by-sponsor 2021-08-27"


@pytest.mark.parametrize(
    ("events", "day", "expected"),
    [
        ("", "2026-01-01", ("none", None, False)),
        (PEMBROLIZUMAB, "2020-11-12", ("none", None, False)),
        (PEMBROLIZUMAB, "2020-11-13", ("accelerated", "2020-11-13", False)),
        (PEMBROLIZUMAB, "2021-07-25", ("accelerated", "2020-11-13", False)),
        (PEMBROLIZUMAB, "2021-07-26", ("regular", "2021-07-26", False)),
        (ATEZOLIZUMAB, "2021-08-26", ("accelerated", "2019-03-08", False)),
        (ATEZOLIZUMAB, "2021-08-27", ("withdrawn", "2021-08-27", False)),
        ("regular 2021-07-26, narrowed 2022-01-01", "2022-01-01", ("regular", "2021-07-26", True)),
        (
            "regular 2020-01-01, withdrawn-by-agency 2021-01-01, regular 2022-01-01",
            "2023-01-01",
            ("regular", "2022-01-01", False),
        ),
        ("converted 2020-01-01, accelerated 2020-01-01", "2020-01-01", ("regular", "2020-01-01", False)),
    ],
)
def test_the_state_on_a_day(events, day, expected):
    found = state_on(history(events), date.fromisoformat(day))
    assert (found.status, found.since and found.since.isoformat(), found.is_narrowed) == expected


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ("withdrawn-by-sponsor 2021-08-27", "cannot be withdrawn before it was granted"),
        ("converted 2021-07-26", "cannot be converted before it was granted"),
        ("narrowed 2021-07-26", "cannot be narrowed before it was granted"),
        ("regular 2020-01-01, converted 2021-01-01", "regular already"),
        ("accelerated 2020-01-01, converted 2021-01-01, converted 2022-01-01", "regular already"),
        ("regular 2020-01-01, regular 2021-01-01", "granted before and not withdrawn"),
        (f"{ATEZOLIZUMAB}, converted 2022-01-01", "withdrawn before that"),
        (f"{ATEZOLIZUMAB}, withdrawn-by-agency 2022-01-01", "withdrawn before that"),
        ("regular 2026-11-25", "still to come"),
        ("regular 2020-01-01, narrowed 2021-01-01, narrowed 2021-01-01", "on record already"),
        ("regular 2020-01-01, accelerated 2020-01-01", "on record already"),
        (f"{ATEZOLIZUMAB}, withdrawn-by-sponsor 2021-08-27", "on record already"),
    ],
)
def test_an_impossible_history_is_told_in_words(events, told):
    [problem] = find_contradictions(history(events), TODAY)
    assert told in problem


def test_a_grant_needs_a_pathway_and_nothing_else_has_one():
    assert "accelerated or regular" in find_contradictions([Decision(GRANTED, "", FIRST)], TODAY)[0]
    wrong = [Decision(GRANTED, ACCELERATED, FIRST), Decision(CONVERTED, REGULAR, FIRST + timedelta(days=9))]
    assert "only a grant has a pathway" in find_contradictions(wrong, TODAY)[0]


@pytest.mark.parametrize("events", ["", PEMBROLIZUMAB, ATEZOLIZUMAB, f"{ATEZOLIZUMAB}, regular 2023-01-01"])
def test_real_histories_are_possible(events):
    assert find_contradictions(history(events), TODAY) == []


@st.composite
def possible(draw) -> list[Decision]:
    """A history that can have happened: each decision follows from the one before it."""
    day, events = FIRST, []
    for _step in range(draw(st.integers(0, 8))):
        day += timedelta(days=draw(st.integers(1, 200)))
        now = state_on(events, day)
        if now.status in ("none", "withdrawn"):
            events.append(Decision(GRANTED, draw(st.sampled_from([ACCELERATED, REGULAR])), day))
            continue
        kinds = [NARROWED, BY_SPONSOR, BY_AGENCY] + ([CONVERTED] if now.status == ACCELERATED else [])
        events.append(Decision(draw(st.sampled_from(kinds)), "", day))
    return events


@given(events=possible(), data=st.data())
def test_a_history_in_which_each_decision_follows_is_possible_in_any_order_of_recording(events, data):
    shuffled = data.draw(st.permutations(events))
    assert find_contradictions(shuffled, TODAY) == []
    assert state_on(shuffled, TODAY) == state_on(events, TODAY)


@given(events=possible().filter(bool), data=st.data())
def test_no_decision_is_on_record_twice(events, data):
    twice = data.draw(st.sampled_from(events))
    assert any("on record already" in problem for problem in find_contradictions([*events, twice], TODAY))


@given(events=possible(), days=st.integers(0, 2000))
def test_the_state_on_a_day_knows_nothing_of_what_came_later(events, days):
    day = FIRST + timedelta(days=days)
    assert state_on(events, day) == state_on([event for event in events if event.on <= day], TODAY)


@given(events=possible(), data=st.data())
def test_one_decision_more_is_possible_exactly_where_the_state_lets_it(events, data):
    """The new one comes last; what is in force before it decides."""
    now = state_on(events, TODAY)
    kind = data.draw(st.sampled_from([GRANTED, CONVERTED, NARROWED, BY_SPONSOR, BY_AGENCY]))
    more = Decision(kind, REGULAR if kind == GRANTED else "", TODAY)
    expected = now.is_in_force if kind in (NARROWED, BY_SPONSOR, BY_AGENCY) else now.status == ACCELERATED
    assert (find_contradictions([*events, more], TODAY) == []) is (expected if kind != GRANTED else not now.is_in_force)


@given(events=possible())
def test_a_state_begins_on_the_day_of_a_decision(events):
    for event in events:
        found = state_on(events, event.on)
        assert found.since == event.on or event.kind == NARROWED
