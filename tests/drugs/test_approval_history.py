"""What regulators did to an approval: the state on any day is that of the events up to it; no impossible history."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugs.approval_history import (
    BY_AGENCY,
    BY_SPONSOR,
    CONVERTED,
    EARLY_PATHWAYS,
    GRANTED,
    NARROWED,
    PATHWAYS,
    REFUSED,
    REGULAR,
    REINSTATED,
    REWORDED,
    SUSPENDED,
    TRANSFERRED,
    WIDENED,
    WITHDRAWAL_ANNOUNCED,
    Decision,
    find_contradictions,
    state_on,
)
from drugs.models.events import OF_AN_APPROVAL

TODAY = date(2026, 11, 24)
FIRST = date(2019, 1, 1)


def history(text: str) -> list[Decision]:
    """ "accelerated 2020-11-13, converted 2021-07-26": a pathway stands for a grant by it; a second day is that of its
    announcement.
    """
    found = []
    for item in filter(None, text.split(", ")):
        kind, *days = item.split()
        pathway = kind if kind in PATHWAYS else ""
        found.append(Decision(GRANTED if pathway else kind, pathway, *map(date.fromisoformat, days)))
    return found


PEMBROLIZUMAB = "accelerated 2020-11-13, converted 2021-07-26"
ATEZOLIZUMAB = "accelerated 2019-03-08, withdrawn-by-sponsor 2021-08-27"
BOTH_DAYS = "accelerated 2019-03-08, withdrawal-announced 2021-08-27, withdrawn-by-sponsor 2021-10-06"
ON_HOLD = "conditional 2020-01-01, suspended 2021-01-01, reinstated 2022-01-01"


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
        ("provisional 2020-01-01, widened 2021-01-01", "2021-01-01", ("provisional", "2020-01-01", False)),
        ("regular 2020-01-01, narrowed 2021-01-01, widened 2022-01-01", "2022-01-01", ("regular", "2020-01-01", False)),
        ("regular 2020-01-01, reworded 2021-01-01", "2022-01-01", ("regular", "2020-01-01", False)),
        ("regular 2020-01-01, transferred 2021-01-01", "2022-01-01", ("regular", "2020-01-01", False)),
        ("refused 2019-01-01", "2022-01-01", ("none", None, False)),
        (ON_HOLD, "2020-12-31", ("conditional", "2020-01-01", False)),
        (ON_HOLD, "2021-01-01", ("suspended", "2021-01-01", False)),
        (ON_HOLD, "2022-01-01", ("conditional", "2022-01-01", False)),
        (f"{ATEZOLIZUMAB}, reinstated 2022-01-01", "2022-01-01", ("accelerated", "2022-01-01", False)),
        (BOTH_DAYS, "2021-10-05", ("accelerated", "2019-03-08", False)),
        (BOTH_DAYS, "2021-10-06", ("withdrawn", "2021-10-06", False)),
    ],
)
def test_the_state_on_a_day(events, day, expected):
    found = state_on(history(events), date.fromisoformat(day))
    assert (found.status, found.since and found.since.isoformat(), found.is_narrowed) == expected


@pytest.mark.parametrize(
    ("events", "day", "leaving"),
    [
        (BOTH_DAYS, "2021-08-26", None),
        (BOTH_DAYS, "2021-08-27", "2021-08-27"),
        (BOTH_DAYS, "2021-10-06", None),
        ("regular 2020-01-01, withdrawn-by-agency 2021-12-31 2021-06-01", "2021-05-31", None),
        ("regular 2020-01-01, withdrawn-by-agency 2021-12-31 2021-06-01", "2021-06-01", "2021-06-01"),
        ("regular 2020-01-01, withdrawn-by-agency 2021-12-31 2021-06-01", "2021-12-31", None),
        (f"{ON_HOLD}, withdrawal-announced 2023-01-01", "2023-01-01", "2023-01-01"),
        ("regular 2020-01-01, withdrawal-announced 2021-01-01, converted 2022-01-01", "2022-01-01", "2021-01-01"),
    ],
)
def test_from_its_announcement_on_a_withdrawal_is_known_and_the_approval_stands_until_it_holds(events, day, leaving):
    found = state_on(history(events), date.fromisoformat(day))
    assert (found.leaving and found.leaving.isoformat()) == leaving
    assert found.is_in_force or leaving is None


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
        ("regular 2026-12-25 2026-11-25", "still to come"),
        ("regular 2020-01-01, withdrawal-announced 2021-01-01 2020-12-01", "one day"),
        ("regular 2020-01-01, withdrawal-announced 2021-01-01, withdrawal-announced 2022-01-01", "announced already"),
        ("widened 2021-07-26", "not granted before that"),
        ("suspended 2021-07-26", "not granted before that"),
        ("reinstated 2021-07-26", "suspended or withdrawn is reinstated"),
        ("regular 2020-01-01, reinstated 2021-01-01", "suspended or withdrawn is reinstated"),
        ("regular 2020-01-01, suspended 2021-01-01, suspended 2022-01-01", "suspended already"),
        ("regular 2020-01-01, suspended 2021-01-01, regular 2022-01-01", "granted before and not withdrawn"),
        ("accelerated 2020-01-01, suspended 2021-01-01, converted 2022-01-01", "in force is converted"),
        ("regular 2020-01-01, refused 2021-01-01", "it was not refused"),
        ("regular 2020-01-01, narrowed 2021-01-01, narrowed 2021-01-01", "on record already"),
        ("regular 2020-01-01, accelerated 2020-01-01", "on record already"),
        (f"{ATEZOLIZUMAB}, withdrawn-by-sponsor 2021-08-27", "on record already"),
    ],
)
def test_an_impossible_history_is_told_in_words(events, told):
    [problem] = find_contradictions(history(events), TODAY)
    assert told in problem


def test_a_grant_needs_a_pathway_and_nothing_else_has_one():
    assert "by which pathway" in find_contradictions([Decision(GRANTED, "", FIRST)], TODAY)[0]
    wrong = [Decision(GRANTED, REGULAR, FIRST), Decision(CONVERTED, REGULAR, FIRST + timedelta(days=9))]
    assert "only a grant has a pathway" in find_contradictions(wrong, TODAY)[0]


@pytest.mark.parametrize(
    "events",
    [
        "", PEMBROLIZUMAB, ATEZOLIZUMAB, f"{ATEZOLIZUMAB}, regular 2023-01-01", BOTH_DAYS, ON_HOLD,
        "regular 2020-01-01, withdrawn-by-sponsor 2027-01-01 2026-11-01", "refused 2019-01-01, regular 2020-01-01",
    ],
)  # fmt: skip
def test_real_histories_are_possible(events):
    assert find_contradictions(history(events), TODAY) == []


def following(state) -> set[str]:
    """The kinds that may follow: a second account of the rules, from the state alone."""
    if state.status in ("none", "withdrawn"):
        return {GRANTED, REFUSED} | ({REINSTATED} if state.status == "withdrawn" else set())
    kinds = {NARROWED, WIDENED, REWORDED, TRANSFERRED, BY_SPONSOR, BY_AGENCY}
    kinds |= {REINSTATED} if state.status == SUSPENDED else {SUSPENDED}
    kinds |= set() if state.leaving else {WITHDRAWAL_ANNOUNCED}
    return kinds | ({CONVERTED} if state.status in EARLY_PATHWAYS else set())


@st.composite
def possible(draw) -> list[Decision]:
    """A history that can have happened: each decision follows from the one before it."""
    day, events = FIRST, []
    for _step in range(draw(st.integers(0, 8))):
        day += timedelta(days=draw(st.integers(1, 200)))
        kind = draw(st.sampled_from(sorted(following(state_on(events, day)))))
        events.append(Decision(kind, draw(st.sampled_from(PATHWAYS)) if kind == GRANTED else "", day))
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


@given(events=possible(), kind=st.sampled_from(OF_AN_APPROVAL))
def test_one_decision_more_is_possible_exactly_where_the_state_lets_it(events, kind):
    """The new one comes last; what is in force before it decides."""
    more = Decision(kind, REGULAR if kind == GRANTED else "", TODAY)
    is_possible = find_contradictions([*events, more], TODAY) == []
    assert is_possible is (kind in following(state_on(events, TODAY)))
