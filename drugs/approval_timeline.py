"""Approvals drawn over the years: where bars, marks and years stand, from the left and from the right.

Places are percentages of the drawing's width, so one drawing fits a phone and a desk and its letters keep their size.
They are strings, because a number in a template would be written with the comma of the reader's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .approval_history import ENDED, PATHWAYS, SUSPENDED, WITHDRAWN, Decision, name_state, state_on

MARGIN = 5.0  # percent at each side, so that marks and years at the ends are whole
LABELS = 5  # as many years as can stand side by side on the narrowest screen


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time in which an approval stood, or was suspended. `is_open` says that it is so today."""

    status: str
    is_narrowed: bool
    x: str
    width: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One event; those of one approval on one day stand on one place."""

    kind: str
    on: date
    x: str


@dataclass(frozen=True, slots=True)
class Lane:
    """What is drawn of one approval; `approval` and `term` are what the caller gave."""

    approval: object
    term: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Year:
    label: str
    x: str


@dataclass(frozen=True, slots=True)
class ApprovalTimeline:
    years: tuple[Year, ...]
    lanes: tuple[Lane, ...]

    @property
    def statuses(self) -> list[str]:
        """What the drawing's key must explain: what stands or stood somewhere in it."""
        bars = {bar.status for lane in self.lanes for bar in lane.bars}
        ends = {
            f"{lane.term}{ENDED}" if lane.term else "withdrawn"
            for lane in self.lanes
            for mark in lane.marks
            if mark.kind in WITHDRAWN
        }
        regulators = (*PATHWAYS, SUSPENDED, "withdrawn")
        funders = sorted((bars | ends) - {*regulators})
        return [*(status for status in regulators if status in bars | ends), *funders]


def draw_timelines(
    histories: Sequence[tuple[object, Sequence[Decision], str]], day: date
) -> dict[str, ApprovalTimeline] | None:
    """{"ltr": …, "rtl": …} of (approval, its events, oldest first, what its funder's decision is called or "") up to
    `day`; None when there is nothing to draw.
    """
    drawable = [
        (approval, [event for event in events if event.on <= day], term) for approval, events, term in histories
    ]
    drawable = [(approval, events, term) for approval, events, term in drawable if events]
    if not drawable:
        return None
    scale = Scale(date(min(events[0].on for _approval, events, _term in drawable).year, 1, 1), day)
    drawn = ApprovalTimeline(
        tuple(Year(str(year), scale.x(date(year, 1, 1))) for year in scale.labelled()),
        tuple(_lane(approval, events, term, scale) for approval, events, term in drawable),
    )
    return {"ltr": drawn, "rtl": _mirrored(drawn)}


@dataclass(frozen=True, slots=True)
class Scale:
    """From days to places. It starts with the year of the first event and ends today."""

    first: date
    last: date

    def at(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        return MARGIN + (100 - 2 * MARGIN) * (day - self.first).days / days

    def x(self, day: date) -> str:
        return _percent(self.at(day))

    def labelled(self) -> range:
        """The years that are written below: every one, or every second, third, …"""
        count = self.last.year - self.first.year + 1
        return range(self.first.year, self.last.year + 1, -(-count // LABELS))


def _lane(approval: object, events: Sequence[Decision], term: str, scale: Scale) -> Lane:
    bars = []
    for place, event in enumerate(events):
        following = events[place + 1] if place + 1 < len(events) else None
        standing = name_state(state_on(events[: place + 1], event.on), term)
        start, end = scale.at(event.on), scale.at(following.on if following else scale.last)
        # Of several events on one day, the last one says what stands afterwards; of today, only the mark is drawn.
        if (standing.is_in_force or standing.is_suspended) and end > start:
            bars.append(
                Bar(standing.status, standing.is_narrowed, _percent(start), _percent(end - start), following is None)
            )
    return Lane(approval, term, tuple(bars), tuple(Mark(event.kind, event.on, scale.x(event.on)) for event in events))


def _mirrored(drawn: ApprovalTimeline) -> ApprovalTimeline:
    def point(x: str) -> str:
        return _percent(100 - _number(x))

    return replace(
        drawn,
        years=tuple(replace(year, x=point(year.x)) for year in drawn.years),
        lanes=tuple(
            replace(
                lane,
                bars=tuple(replace(bar, x=_percent(100 - _number(bar.x) - _number(bar.width))) for bar in lane.bars),
                marks=tuple(replace(mark, x=point(mark.x)) for mark in lane.marks),
            )
            for lane in drawn.lanes
        ),
    )


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _number(percent: str) -> float:
    return float(percent.removesuffix("%"))
