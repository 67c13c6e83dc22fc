"""What the pages of drugs show, from trees and the time alone: no database, no language of the reader."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date

from django.utils.dateparse import parse_date

from editorial.editions.tree.nodes import Node

from .approval_history import (
    NARROWED,
    ApprovalState,
    Decision,
    name_state,
    sort_decisions,
    state_on,
)
from .cycle_days import Stretches, read_cycle_days
from .decision_words import decision_term, event_word

LEVELS = ("emergency", "urgent", "non-urgent", "")  # what cannot wait comes first
# (key of the signed word, sign that says the same in every language)
COMPARISONS = {">=": ("at-least", "≥"), ">": ("more-than", ">")}
WITHHELD = "withheld"  # of "approvals": one of them is withheld from readers. In no signed tree.
SYMBOLS = {"mg": "mg", "mg-per-kg": "mg/kg", "mg-per-m2": "mg/m²"}
DAYS_A_WEEK = 7
SURGERY_BOTH = ("around-surgery", "surgery")  # a setting and a line that say the same
MARKERS = ("biomarker", "biomarker_2", "biomarker_3")  # attributes of an approval that name one


@dataclass(frozen=True, slots=True)
class BiomarkerRequirement:
    """A biomarker and the cut-off that counts."""

    node: Node
    comparison: str  # the key of its signed word
    sign: str

    @property
    def glue(self) -> str:
        """What stands between number and unit: "1% IC", "10 CPS"."""
        return "" if self.node.attrs["unit"].startswith("%") else "\u00a0"

    @property
    def names(self) -> list[str]:
        """ "MSI-H / dMMR" names two results, of which either counts."""
        return [name.strip() for name in self.node.attrs["name"].split("/") if name.strip()]


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """One event of one approval."""

    node: Node
    event: Decision
    approval: "ApprovalPresenter"

    @property
    def word(self) -> str:
        """The key of the signed words that say what happened."""
        return event_word(self.event, self.approval.term)


@dataclass(frozen=True)
class ApprovalPresenter:
    """What a regulator allows, as it stands on a day."""

    node: Node
    state: ApprovalState
    events: tuple[tuple[Node, Decision], ...]  # oldest first
    markers: tuple[BiomarkerRequirement, ...]  # without one no test is needed

    @property
    def term(self) -> str:
        """What the decision of a funder is called, one of FUNDING; "" of a regulator."""
        return decision_term(self.node)

    @property
    def is_in_force(self) -> bool:
        return self.state.is_in_force

    @property
    def heading(self) -> str:
        """The key of the signed heading that it stands under."""
        if self.state.is_suspended:
            return "suspended-for"
        if self.term:
            return "recommended-for" if self.is_in_force else "no-longer-recommended"
        return "approved-for" if self.is_in_force else "no-longer-approved"

    @property
    def use_label(self) -> str:
        """The key of what is written beside its use: of a funder's decision, nothing that says "approved"."""
        if not self.is_in_force:
            return self.heading
        return "col-use" if self.term else "col-indication"

    @property
    def joined(self) -> str:
        """How several markers are joined: "and" or "or"."""
        joined: str = self.node.attrs.get("joined", "")
        return joined

    @property
    def receptor_words(self) -> list[str]:
        """The keys of the signed words for the receptors that say more than the cancer's name."""
        attrs = self.node.attrs
        hormone, her2 = attrs.get("hormone_receptors", ""), attrs.get("her2", "")
        told = (f"hormone-{hormone}" if hormone in ("positive", "negative") else "", f"her2-{her2}" if her2 else "")
        return [key for key in told if key]

    @property
    def stage_words(self) -> tuple[str, str]:
        """The keys of the signed words for the stage: the more exact one, and the one that does without it."""
        stage = f"stage-{self.node.attrs['stage']}"
        return ("setting-metastatic" if self.node.attrs.get("setting") == "metastatic" else stage), stage

    @property
    def setting_word(self) -> str:
        """The key of the words for the setting, where neither stage nor line says it; else ""."""
        setting, line = self.node.attrs.get("setting", ""), self.node.attrs["line"]
        is_said = setting in ("metastatic", "unresectable-or-metastatic") or (setting, line) == SURGERY_BOTH
        return "" if is_said or not setting else f"setting-{setting}"

    @property
    def line_word(self) -> str:
        """The key of the words for the line; "" where it is any and the setting says whether surgery comes first."""
        setting, line = self.node.attrs.get("setting", ""), self.node.attrs["line"]
        return "" if line == "any" and setting.endswith("-surgery") else f"line-{line}"

    @property
    def prior_word(self) -> str:
        """The key of the words for earlier treatment, where the line does not say as much; else ""."""
        prior, line = self.node.attrs.get("prior", ""), self.node.attrs["line"]
        return f"prior-{prior}" if prior and (prior, line) != ("any", "later") else ""

    @property
    def patients(self) -> "PatientGroupPresenter":
        return PatientGroupPresenter.of(self.node)

    @property
    def dated_events(self) -> list[DatedEvent]:
        return [DatedEvent(node, event, self) for node, event in self.events]

    @property
    def last(self) -> DatedEvent:
        return self.dated_events[-1]

    @property
    def narrowed_on(self) -> date | None:
        """Since when fewer people may get it than before; None where that is not so."""
        days = [event.on for _node, event in self.events if event.kind == NARROWED]
        return days[-1] if days and self.state.is_narrowed else None


@dataclass(frozen=True, slots=True)
class PatientGroupPresenter:
    """Whom a dose or an approval is for. Everything is empty where it is for everybody."""

    age: str
    age_from: int | None  # years
    weight: str  # kg
    comparison: str  # the key of its signed word
    sign: str

    @classmethod
    def of(cls, node: Node) -> "PatientGroupPresenter":
        attrs = node.attrs
        comparison, sign = COMPARISONS.get(attrs.get("weight_comparison", ""), ("", ""))
        return cls(attrs.get("age", ""), attrs.get("age_from"), attrs.get("weight", ""), comparison, sign)


@dataclass(frozen=True, slots=True)
class DosePresenter:
    """One line of the schedule. What editions of before did not say is empty."""

    node: Node
    brand: str  # of the product that it is of; "" for all
    approval: ApprovalPresenter | None  # that it is for; None for all

    @property
    def symbol(self) -> str:
        """Of its unit, the same in every language."""
        unit: str = self.node.attrs["unit"]
        return SYMBOLS.get(unit, unit)

    @property
    def duration_label(self) -> str:
        """The key of the words for how long it is given: a number of doses, or until the care team stops it."""
        return "col-number" if self.node.attrs["number"] else "col-how-long"

    @property
    def until_word(self) -> str:
        """The key of the words for what ends it where no number does."""
        return f"until-{self.node.attrs.get('until') or 'stopped'}"

    @property
    def patients(self) -> PatientGroupPresenter:
        return PatientGroupPresenter.of(self.node)

    @property
    def is_of_a_group(self) -> bool:
        """Whether it is not simply the dose for everybody."""
        patients = self.patients
        return bool(patients.age or patients.age_from or patients.weight or self.brand or self.approval)

    @property
    def is_daily(self) -> bool:
        return (self.node.attrs["every"], self.node.attrs["every_unit"]) == (1, "days")

    @property
    def cycle_days(self) -> Stretches:
        """The days of the cycle on which it is given; () where it is no cycle, or nobody could have saved them."""
        try:
            return read_cycle_days(self.node.attrs.get("days", ""))
        except ValueError:
            return ()

    @property
    def days_on_and_off(self) -> tuple[int, int] | None:
        """For tablets that are taken for some days and then left out; None where single days are told."""
        attrs, days = self.node.attrs, self.cycle_days
        if len(days) != 1 or days[0][0] != 1 or days[0][1] == 1:
            return None
        length = attrs["every"] * (DAYS_A_WEEK if attrs["every_unit"] == "weeks" else 1)
        return days[0][1], length - days[0][1]


def withhold(root: Node, block_ids: Set[str]) -> Node:
    """A monograph without the approvals that rest on one of these events, and a mark where they stood."""
    parts = tuple(_withhold(part, block_ids) if part.type == "approvals" else part for part in root.children)
    return replace(root, children=parts)


def _withhold(approvals: Node, block_ids: Set[str]) -> Node:
    kept = [node for node in approvals.children if not any(child.id in block_ids for child in node.children)]
    if len(kept) == len(approvals.children):
        return approvals
    return replace(approvals, children=tuple(kept), attrs={**approvals.attrs, WITHHELD: True})


def present_approvals(root: Node, day: date) -> list[ApprovalPresenter]:
    """The approvals that were ever granted by `day`, with what was known then, in the order of the tree."""
    markers = _markers(root)
    presenters = []
    for node in _listed(root, "approvals"):
        events = [
            (child, event) for child in node.of_type("event") if (event := _event(child)) and event.known_on <= day
        ]
        ordered = sort_decisions(event for _node, event in events)
        events.sort(key=lambda pair: ordered.index(pair[1]))
        standing = name_state(state_on(ordered, day), decision_term(node))
        if standing.status != "none":
            needed = tuple(marker for name in MARKERS if (marker := markers.get(node.attrs.get(name, ""))))
            presenters.append(ApprovalPresenter(node, standing, tuple(events), needed))
    return presenters


def present_doses(root: Node, approvals: Iterable[ApprovalPresenter]) -> list[DosePresenter]:
    """Those for everything, and those for one of these approvals."""
    by_id = {approval.node.id: approval for approval in approvals}
    brands = {node.id: node.attrs["brand"] for node in _listed(root, "products")}
    return [
        DosePresenter(node, brands.get(node.attrs.get("product", ""), ""), by_id.get(key))
        for node in _listed(root, "doses")
        if not (key := node.attrs.get("approval", "")) or key in by_id
    ]


def present_markers(root: Node) -> list[BiomarkerRequirement]:
    """All of its biomarkers, in the order of the tree."""
    return list(_markers(root).values())


def event_days(root: Node) -> set[date]:
    """The days on which approvals change."""
    events = (_event(child) for node in _listed(root, "approvals") for child in node.of_type("event"))
    return {event.on for event in events if event}


def _event(node: Node) -> Decision | None:
    on = parse_date(node.attrs["on"])
    announced = parse_date(node.attrs.get("announced", ""))
    return Decision(node.attrs["kind"], node.attrs["pathway"], on, announced) if on else None


def _markers(root: Node) -> dict[str, BiomarkerRequirement]:
    """{block id: marker}"""
    return {
        node.id: BiomarkerRequirement(node, *COMPARISONS.get(node.attrs["comparison"], ("", "")))
        for node in _listed(root, "biomarkers")
    }


def _listed(root: Node, type_: str) -> Iterable[Node]:
    return (node for part in root.of_type(type_) for node in part.children)
