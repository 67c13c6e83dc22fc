"""What regulators did to one approval, and what that makes of it on any day. Pure functions over dated events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.editions.blockers import field_blocker

GRANTED, CONVERTED, NARROWED = "granted", "converted", "narrowed"
BY_SPONSOR, BY_AGENCY = "withdrawn-by-sponsor", "withdrawn-by-agency"
WITHDRAWN = frozenset({BY_SPONSOR, BY_AGENCY})
ACCELERATED, REGULAR = "accelerated", "regular"
# Of events on one day: what has to be there first comes first.
_ORDER = {GRANTED: 0, CONVERTED: 1, NARROWED: 2, BY_SPONSOR: 3, BY_AGENCY: 3}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `pathway` is that of a grant, and "" for every other kind."""

    kind: str
    pathway: str
    on: date


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """What an approval is on a day: "none", "accelerated", "regular" or "withdrawn", and since when."""

    status: str = "none"
    since: date | None = None
    is_narrowed: bool = False

    @property
    def is_in_force(self) -> bool:
        return self.status in (ACCELERATED, REGULAR)


def sort_decisions(events: Iterable[Decision]) -> list[Decision]:
    """Oldest first; of one day, the grant before what changes it."""
    return sorted(events, key=lambda event: (event.on, _ORDER.get(event.kind, 9)))


def state_on(events: Iterable[Decision], day: date) -> ApprovalState:
    """What the events up to and including `day` make of the approval."""
    state = ApprovalState()
    for event in sort_decisions(events):
        if event.on <= day:
            state = _after(state, event)
    return state


def _after(before: ApprovalState, event: Decision) -> ApprovalState:
    if event.kind == GRANTED:
        return ApprovalState(event.pathway, event.on)
    if event.kind == CONVERTED:
        return ApprovalState(REGULAR, event.on, before.is_narrowed)
    if event.kind == NARROWED:
        return ApprovalState(before.status, before.since, True)
    if event.kind in WITHDRAWN:
        return ApprovalState("withdrawn", event.on)
    return before


def find_contradictions(events: Iterable[Decision], today: date) -> list[str]:
    """Why this cannot have happened, in words; [] for a history that can. Each names its event by the day."""
    return list(_problems(sort_decisions(events), today))


def _problems(events: list[Decision], today: date) -> Iterator[str]:
    state, seen = ApprovalState(), set()
    for event in events:
        day = date_format(event.on)
        if event.on > today:
            yield field_blocker(
                "happened_on", _("%(day)s is still to come. Record a decision when it has been made.") % {"day": day}
            )
        if (event.kind, event.on) in seen:
            yield field_blocker(
                "happened_on",
                _("%(day)s: this is on record already. If it is wrong there, correct it there.") % {"day": day},
            )
            continue
        seen.add((event.kind, event.on))
        yield from _impossible(state, event, day)
        state = _after(state, event)


def _impossible(before: ApprovalState, event: Decision, day: str) -> Iterator[str]:
    """What stands against this event, given what was in force before it."""
    if event.kind == GRANTED:
        if event.pathway not in (ACCELERATED, REGULAR):
            yield field_blocker(
                "pathway", _("%(day)s: say whether the approval was accelerated or regular.") % {"day": day}
            )
        if before.is_in_force:
            yield field_blocker(
                "happened_on", _("%(day)s: it was granted before and not withdrawn since.") % {"day": day}
            )
        return
    if event.pathway:
        yield field_blocker("pathway", _("%(day)s: only a grant has a pathway.") % {"day": day})
    if before.status == "withdrawn":
        message = _("%(day)s: the approval was withdrawn before that. Only a new grant can follow.")
        yield field_blocker("happened_on", message % {"day": day})
    elif not before.is_in_force:
        message = {
            CONVERTED: _("%(day)s: it cannot be converted before it was granted."),
            NARROWED: _("%(day)s: it cannot be narrowed before it was granted."),
        }.get(event.kind, _("%(day)s: it cannot be withdrawn before it was granted."))
        yield field_blocker("happened_on", message % {"day": day})
    elif event.kind == CONVERTED and before.status != ACCELERATED:
        message = _("%(day)s: it was regular already: only an accelerated approval is converted.")
        yield field_blocker("kind", message % {"day": day})
