"""What regulators did to one approval, and what that makes of it on any day. Pure functions over dated events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.editions.blockers import field_blocker

GRANTED, CONVERTED, REFUSED = "granted", "converted", "refused"
WIDENED, NARROWED, REWORDED, TRANSFERRED = "widened", "narrowed", "reworded", "transferred"
SUSPENDED, REINSTATED = "suspended", "reinstated"
WITHDRAWAL_ANNOUNCED = "withdrawal-announced"
BY_SPONSOR, BY_AGENCY = "withdrawn-by-sponsor", "withdrawn-by-agency"
WITHDRAWN = frozenset({BY_SPONSOR, BY_AGENCY})
ACCELERATED, CONDITIONAL, PROVISIONAL, REGULAR = "accelerated", "conditional", "provisional", "regular"
EARLY_PATHWAYS = (ACCELERATED, CONDITIONAL, PROVISIONAL)  # on first results, until more are there
PATHWAYS = (*EARLY_PATHWAYS, REGULAR)
FUNDING = ("recommended", "funded")  # what funders' decisions are called, which are never approvals
FOR_NOW, ON_HOLD, ENDED = "-for-now", "-on-hold", "-ended"  # and what stands behind that in their states
# Of events on one day: what has to be there first comes first.
_ORDER = {
    kind: place
    for place, kinds in enumerate(
        [
            [REFUSED], [GRANTED], [CONVERTED], [WIDENED, NARROWED, REWORDED, TRANSFERRED], [SUSPENDED], [REINSTATED],
            [WITHDRAWAL_ANNOUNCED], [BY_SPONSOR, BY_AGENCY],
        ]
    )
    for kind in kinds
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, and the day from which it holds. `pathway` is that of a grant, and "" for every other kind.

    `announced` is the day on which it was made known, where that is another one and known.
    """

    kind: str
    pathway: str
    on: date
    announced: date | None = None

    @property
    def known_on(self) -> date:
        """Since when one could know of it."""
        return min(self.announced or self.on, self.on)


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """What an approval is on a day: "none", a pathway by which it is in force, "suspended" or "withdrawn".

    Of a funder, as `name_state` has it, it is one of FUNDING instead of a pathway, alone or with what stands behind it.
    `since` is the day from which that holds. `pathway` is that by which it was last in force; `leaving` the day on
    which it was announced that it will be withdrawn, until it is.
    """

    status: str = "none"
    since: date | None = None
    is_narrowed: bool = False
    pathway: str = ""
    leaving: date | None = None

    @property
    def is_in_force(self) -> bool:
        return self.status in PATHWAYS or self.status.removesuffix(FOR_NOW) in FUNDING

    @property
    def is_suspended(self) -> bool:
        return self.status == SUSPENDED or self.status.endswith(ON_HOLD)


def sort_decisions(events: Iterable[Decision]) -> list[Decision]:
    """Oldest first; of one day, the grant before what changes it."""
    return sorted(events, key=lambda event: (event.on, _ORDER.get(event.kind, 9)))


def state_on(events: Iterable[Decision], day: date) -> ApprovalState:
    """What the events up to and including `day` make of the approval."""
    state = ApprovalState()
    for event in sort_decisions(events):
        if event.on <= day:
            state = _after(state, event)
        elif event.kind in WITHDRAWN and event.known_on <= day and not state.leaving:
            state = replace(state, leaving=event.known_on)
    return state


def name_state(state: ApprovalState, term: str) -> ApprovalState:
    """The state as it is called where a funder decided: `term` is one of FUNDING, or "" for a regulator's."""
    if not term or state.status == "none":
        return state
    endings = {REGULAR: "", SUSPENDED: ON_HOLD, "withdrawn": ENDED}
    return replace(state, status=f"{term}{endings.get(state.status, FOR_NOW)}")


def _after(before: ApprovalState, event: Decision) -> ApprovalState:
    match event.kind:
        case "granted":
            return ApprovalState(event.pathway, event.on, pathway=event.pathway)
        case "converted":
            return replace(before, status=REGULAR, since=event.on, pathway=REGULAR)
        case "narrowed" | "widened":  # the later one says how it compares with what was before
            return replace(before, is_narrowed=event.kind == NARROWED)
        case "suspended":
            return replace(before, status=SUSPENDED, since=event.on)
        case "reinstated":
            return replace(before, status=before.pathway, since=event.on, leaving=None)
        case "withdrawal-announced":
            return replace(before, leaving=event.on)
        case "withdrawn-by-sponsor" | "withdrawn-by-agency":
            return ApprovalState("withdrawn", event.on, pathway=before.pathway)
    return before


def find_contradictions(events: Iterable[Decision], today: date) -> list[str]:
    """Why this cannot have happened, in words; [] for a history that can. Each names its event by the day."""
    return list(_problems(sort_decisions(events), today))


def _problems(events: list[Decision], today: date) -> Iterator[str]:
    state, seen = ApprovalState(), set()
    for event in events:
        day = date_format(event.on)
        yield from find_day_problems(event, today)
        if (event.kind, event.on) in seen:
            yield field_blocker(
                "happened_on",
                _("%(day)s: this is on record already. If it is wrong there, correct it there.") % {"day": day},
            )
            continue
        seen.add((event.kind, event.on))
        yield from _impossible(state, event, day)
        state = _after(state, event)


def find_day_problems(event: Decision, today: date) -> Iterator[str]:
    """What stands against the days of one decision, in words."""
    day = date_format(event.on)
    if event.announced and event.announced > today:
        yield field_blocker("announced_on", _("%(day)s is still to come.") % {"day": date_format(event.announced)})
    elif event.on > today and not event.announced:
        message = _(
            "%(day)s is still to come. Record a decision when it has been made. If it was announced already, say when."
        )
        yield field_blocker("happened_on", message % {"day": day})
    if event.announced and event.kind == WITHDRAWAL_ANNOUNCED:
        message = _("%(day)s: what happened is the announcement, so it has one day. Leave the other empty.")
        yield field_blocker("announced_on", message % {"day": day})


def _impossible(before: ApprovalState, event: Decision, day: str) -> Iterator[str]:
    """What stands against this event, given what was in force before it."""
    is_granted = before.is_in_force or before.status == SUSPENDED
    if event.kind == GRANTED:
        if event.pathway not in PATHWAYS:
            message = _(
                "%(day)s: say by which pathway it was approved: accelerated, conditional, provisional or regular."
            )
            yield field_blocker("pathway", message % {"day": day})
        if is_granted:
            message = _("%(day)s: it was granted before and not withdrawn since.")
            yield field_blocker("happened_on", message % {"day": day})
        return
    if event.pathway:
        yield field_blocker("pathway", _("%(day)s: only a grant has a pathway.") % {"day": day})
    if message := _out_of_turn(before, event.kind, is_granted=is_granted):
        yield field_blocker("kind" if event.kind in _OF_THE_KIND else "happened_on", message % {"day": day})


_OF_THE_KIND = (CONVERTED, REINSTATED, REFUSED)


def _out_of_turn(before: ApprovalState, kind: str, *, is_granted: bool) -> str:
    """Why a decision other than a grant does not follow, with a place for its day; "" where it does."""
    if kind == REFUSED:
        return _("%(day)s: the approval stood then, so it was not refused.") if is_granted else ""
    if kind == REINSTATED:
        if before.status in (SUSPENDED, "withdrawn"):
            return ""
        return _("%(day)s: only an approval that was suspended or withdrawn is reinstated.")
    if before.status == "withdrawn":
        return _("%(day)s: the approval was withdrawn before that. Only a new grant or a reinstatement can follow.")
    if not is_granted:
        return {
            CONVERTED: _("%(day)s: it cannot be converted before it was granted."),
            NARROWED: _("%(day)s: it cannot be narrowed before it was granted."),
            BY_SPONSOR: _("%(day)s: it cannot be withdrawn before it was granted."),
            BY_AGENCY: _("%(day)s: it cannot be withdrawn before it was granted."),
        }.get(kind, _("%(day)s: it was not granted before that, so this cannot have happened to it."))
    if kind == CONVERTED and before.status not in EARLY_PATHWAYS:
        return _("%(day)s: it was regular already, or suspended: only an early approval that is in force is converted.")
    if kind == SUSPENDED and before.status == SUSPENDED:
        return _("%(day)s: it was suspended already.")
    if kind == WITHDRAWAL_ANNOUNCED and before.leaving:
        return _("%(day)s: its withdrawal was announced already.")
    return ""
