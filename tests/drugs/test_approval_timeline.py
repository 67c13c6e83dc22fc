"""The drawing of approvals: hand-made histories against the places of bars, marks and years, from both sides."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugs.approval_history import Decision
from drugs.approval_timeline import LABELS, MARGIN, Scale, draw_timelines
from tests.drugs import trees

# The axis from 1 January 2020 to 31 December 2023 has 1460 days on 90 percent of the width.
DAY = date(2023, 12, 31)
DAYS = 1460


def events(text: str) -> list[Decision]:
    return [
        Decision(node.attrs["kind"], node.attrs["pathway"], date.fromisoformat(node.attrs["on"]))
        for node in trees.history(text)
    ]


def drawn(*texts: str, day: date = DAY, side: str = "ltr"):
    return draw_timelines([(text, events(text), "") for text in texts], day)[side]


def place(day: str, side: str = "ltr") -> str:
    at = MARGIN + (100 - 2 * MARGIN) * (date.fromisoformat(day) - date(2020, 1, 1)).days / DAYS
    return f"{at if side == 'ltr' else 100 - at:.2f}%"


END = "2023-12-31"
HISTORIES = {
    # history: [(status, narrowed, from, to)] of its bars
    "regular 2020-01-01": [("regular", False, "2020-01-01", END)],
    "accelerated 2020-06-16": [("accelerated", False, "2020-06-16", END)],
    "accelerated 2020-11-13, converted 2021-07-26": [
        ("accelerated", False, "2020-11-13", "2021-07-26"),
        ("regular", False, "2021-07-26", END),
    ],
    "accelerated 2020-03-08, withdrawn-by-sponsor 2021-08-27": [("accelerated", False, "2020-03-08", "2021-08-27")],
    "regular 2020-03-08, withdrawn-by-agency 2021-08-27": [("regular", False, "2020-03-08", "2021-08-27")],
    "regular 2020-01-01, narrowed 2022-01-01": [
        ("regular", False, "2020-01-01", "2022-01-01"),
        ("regular", True, "2022-01-01", END),
    ],
    "accelerated 2020-01-01, narrowed 2021-01-01, converted 2022-01-01": [
        ("accelerated", False, "2020-01-01", "2021-01-01"),
        ("accelerated", True, "2021-01-01", "2022-01-01"),
        ("regular", True, "2022-01-01", END),
    ],
    # A grant and its conversion on one day leave one bar, and both marks.
    "accelerated 2020-01-01, converted 2020-01-01": [("regular", False, "2020-01-01", END)],
    "regular 2020-01-01, withdrawn-by-agency 2021-01-01, accelerated 2023-01-01": [
        ("regular", False, "2020-01-01", "2021-01-01"),
        ("accelerated", False, "2023-01-01", END),
    ],
}


@pytest.mark.parametrize("history", HISTORIES)
def test_bars_are_what_stood_between_events(history):
    [lane, _axis] = drawn(history, "regular 2020-01-01").lanes
    expected = [
        (status, narrowed, place(start), f"{float(place(end)[:-1]) - float(place(start)[:-1]):.1f}")
        for status, narrowed, start, end in HISTORIES[history]
    ]
    assert [(bar.status, bar.is_narrowed, bar.x, f"{float(bar.width[:-1]):.1f}") for bar in lane.bars] == expected
    assert [bar.is_open for bar in lane.bars] == [end == END for *_rest, end in HISTORIES[history]]


@pytest.mark.parametrize("side", ["ltr", "rtl"])
@pytest.mark.parametrize("history", HISTORIES)
def test_every_event_has_its_mark(history, side):
    [lane, _axis] = drawn(history, "regular 2020-01-01", side=side).lanes
    listed = events(history)
    assert [(mark.kind, mark.on) for mark in lane.marks] == [(event.kind, event.on) for event in listed]
    marks = [float(mark.x[:-1]) for mark in lane.marks]
    assert marks == pytest.approx([float(place(event.on.isoformat(), side)[:-1]) for event in listed], abs=0.011)


@pytest.mark.parametrize(
    ("first", "day", "labels"),
    [
        ("2026-03-01", "2026-03-01", ["2026"]),
        ("2026-01-01", "2026-01-01", ["2026"]),  # a scale of no days at all
        ("2024-12-31", "2026-01-01", ["2024", "2025", "2026"]),
        ("2022-05-01", "2026-11-24", ["2022", "2023", "2024", "2025", "2026"]),
        ("2017-05-23", "2026-11-24", ["2017", "2019", "2021", "2023", "2025"]),
        ("1998-09-25", "2026-11-24", ["1998", "2004", "2010", "2016", "2022"]),
    ],
)
def test_no_more_years_are_written_than_fit_a_phone(first, day, labels):
    years = drawn(f"regular {first}", day=date.fromisoformat(day)).years
    assert [year.label for year in years] == labels
    assert len(labels) <= LABELS


def test_what_is_still_to_come_is_not_drawn():
    [lane] = drawn("accelerated 2020-01-01, converted 2024-01-01").lanes
    assert [bar.status for bar in lane.bars] == ["accelerated"]
    assert [mark.kind for mark in lane.marks] == ["granted"]
    assert draw_timelines([("x", events("regular 2024-01-01"), "")], DAY) is None
    assert draw_timelines([], DAY) is None


def test_the_key_explains_what_is_drawn_and_nothing_else():
    assert drawn("regular 2020-01-01").statuses == ["regular"]
    assert drawn("accelerated 2020-01-01, converted 2021-01-01").statuses == ["accelerated", "regular"]
    assert drawn("accelerated 2020-01-01, withdrawn-by-agency 2021-01-01").statuses == ["accelerated", "withdrawn"]


@st.composite
def histories(draw) -> list[Decision]:
    """Days between events are drawn; what happens on them need not make sense."""
    day, found = date(2000, 1, 1), []
    for gap in draw(st.lists(st.integers(0, 4000), min_size=1, max_size=6)):
        day += timedelta(gap)
        kind = draw(st.sampled_from(["granted", "converted", "narrowed", "withdrawn-by-agency"]))
        found.append(
            Decision(kind, draw(st.sampled_from(["accelerated", "regular"])) if kind == "granted" else "", day)
        )
    return found


@given(st.lists(histories(), min_size=1, max_size=5), st.integers(0, 5000))
def test_both_sides_are_mirror_images_within_the_drawing(listed, later):
    day = max(item[-1].on for item in listed) + timedelta(later)
    both = draw_timelines([(number, timeline, "") for number, timeline in enumerate(listed)], day)
    for left, right in zip(both["ltr"].lanes, both["rtl"].lanes, strict=True):
        for mark, mirrored in zip(left.marks, right.marks, strict=True):
            assert float(mark.x[:-1]) + float(mirrored.x[:-1]) == pytest.approx(100, abs=0.011)
        for bar, mirrored in zip(left.bars, right.bars, strict=True):
            start, width = float(bar.x[:-1]), float(bar.width[:-1])
            assert 0 < start < start + width < 100
            assert float(mirrored.x[:-1]) == pytest.approx(100 - start - width, abs=0.011)
        places = [float(mark.x[:-1]) for mark in left.marks]
        assert places == sorted(places)


def test_a_scale_begins_with_its_first_year_and_ends_today():
    scale = Scale(date(2020, 1, 1), DAY)
    assert (scale.x(date(2020, 1, 1)), scale.x(DAY)) == ("5.00%", "95.00%")
