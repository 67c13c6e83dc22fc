"""What the pages of drugs show, from trees and the time alone: no database, no language of the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import slugify

from editorial.editions.tree.nodes import Node

from .approval_history import ApprovalState, Decision, sort_decisions, state_on
from .approval_timeline import draw_timelines

LEVELS = ("emergency", "urgent", "non-urgent", "")  # what cannot wait comes first
# (key of the signed word, sign that says the same in every language)
COMPARISONS = {">=": ("at-least", "≥"), ">": ("more-than", ">")}
SYMBOLS = {"mg": "mg", "mg-per-kg": "mg/kg"}


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
        if self.event.kind == "granted":
            return f"event-granted-{self.event.pathway}"
        return f"event-{self.event.kind}"


@dataclass(frozen=True)
class ApprovalPresenter:
    """What a regulator allows, as it stands on a day."""

    node: Node
    state: ApprovalState
    events: tuple[tuple[Node, Decision], ...]  # oldest first
    marker: BiomarkerRequirement | None

    @property
    def is_in_force(self) -> bool:
        return self.state.is_in_force

    @property
    def dated_events(self) -> list[DatedEvent]:
        return [DatedEvent(node, event, self) for node, event in self.events]

    @property
    def last(self) -> DatedEvent:
        return self.dated_events[-1]

    @property
    def narrowed_on(self) -> date | None:
        """Since when fewer people may get it than at first; None where that is not so."""
        days = [event.on for _node, event in self.events if event.kind == "narrowed"]
        return days[-1] if days and self.state.is_narrowed else None


@dataclass(frozen=True, slots=True)
class DosePresenter:
    node: Node

    @property
    def symbol(self) -> str:
        """Of its unit, the same in every language."""
        unit: str = self.node.attrs["unit"]
        return SYMBOLS.get(unit, unit)

    @property
    def duration_label(self) -> str:
        """The key of the words for how long it is given: a number of doses, or until the care team stops it."""
        return "col-number" if self.node.attrs["number"] else "col-how-long"


def context(root: Node, at: datetime) -> dict[str, Any]:
    """What a monograph's page and pieces get, under one name."""
    parts = {child.type: child for child in root.children}
    approvals = present_approvals(root, timezone.localdate(at))
    effects = _children(parts, "side-effects")
    warnings = _children(parts, "boxed-warnings")
    dated_events = [dated for approval in approvals for dated in approval.dated_events]
    drug: dict[str, Any] = {
        "brands": list(dict.fromkeys(node.attrs["brand"] for node in _children(parts, "products"))),
        "warnings": sorted(warnings, key=lambda node: bool(node.attrs["partner"])),
        "approved": [approval for approval in approvals if approval.is_in_force],
        "withdrawn": [approval for approval in approvals if not approval.is_in_force],
        "timeline": draw_timelines(
            [(approval, [event for _node, event in approval.events]) for approval in approvals], timezone.localdate(at)
        ),
        "events": sorted(dated_events, key=lambda dated: dated.event.on),
        "how_it_works": _children(parts, "how-it-works"),
        "how_given": _children(parts, "how-given"),
        "doses": [DosePresenter(node) for node in _children(parts, "doses")],
        "common": [node for node in effects if not node.attrs["serious"]],
        "serious": sorted(
            (node for node in effects if node.attrs["serious"]), key=lambda node: LEVELS.index(node.attrs["care"])
        ),
        "markers": list(_markers(root).values()),
        "tell_team": _children(parts, "tell-team"),
        "products": _children(parts, "products"),
        "references": _children(parts, "references"),
    }
    drug["serious_by_level"] = [
        (level, list(nodes)) for level, nodes in groupby(drug["serious"], key=lambda node: node.attrs["care"])
    ]
    labels = {dose.duration_label for dose in drug["doses"]}
    drug["duration_label"] = labels.pop() if len(labels) == 1 else "col-number"
    drug["is_accelerated"] = any(approval.state.status == "accelerated" for approval in drug["approved"])
    drug["is_narrowed"] = any(dated.event.kind == "narrowed" for dated in dated_events)
    drug["contents"] = [{"id": id_, "word": word} for id_, word, part in CONTENTS if drug[part]]
    return {"drug": drug}


# (id on the page, key of the signed heading, what must be there), in the order of the page
CONTENTS = (
    ("boxed-warnings", "boxed-warning", "warnings"),
    ("approvals", "approved-for", "approved"),
    ("no-longer-approved", "no-longer-approved", "withdrawn"),
    ("timeline", "timeline", "timeline"),
    ("how-it-works", "how-it-works", "how_it_works"),
    ("how-given", "how-given", "how_given"),
    ("doses", "dosing", "doses"),
    ("side-effects", "side-effects", "common"),
    ("serious-side-effects", "serious-side-effects", "serious"),
    ("biomarkers", "biomarkers", "markers"),
    ("tell-team", "tell-team", "tell_team"),
    ("products", "products", "products"),
)


def present_approvals(root: Node, day: date) -> list[ApprovalPresenter]:
    """The approvals that were ever granted by `day`, in the order of the tree."""
    markers = _markers(root)
    presenters = []
    for node in _listed(root, "approvals"):
        events = [(child, event) for child in node.of_type("event") if (event := _event(child)) and event.on <= day]
        ordered = sort_decisions(event for _node, event in events)
        events.sort(key=lambda pair: ordered.index(pair[1]))
        standing = state_on(ordered, day)
        if standing.status != "none":
            presenters.append(ApprovalPresenter(node, standing, tuple(events), markers.get(node.attrs["biomarker"])))
    return presenters


def _event(node: Node) -> Decision | None:
    on = parse_date(node.attrs["on"])
    return Decision(node.attrs["kind"], node.attrs["pathway"], on) if on else None


def _markers(root: Node) -> dict[str, BiomarkerRequirement]:
    """{block id: marker}"""
    return {
        node.id: BiomarkerRequirement(node, *COMPARISONS.get(node.attrs["comparison"], ("", "")))
        for node in _listed(root, "biomarkers")
    }


def _listed(root: Node, type_: str) -> Iterable[Node]:
    return (node for part in root.of_type(type_) for node in part.children)


def _children(parts: Mapping[str, Node], type_: str) -> list[Node]:
    return list(parts[type_].children) if type_ in parts else []


# --- The list of all drugs ---

# Every value that a filter knows, in the order in which it is offered; those without a list offer what occurs.
CANCERS = ("triple-negative", "hr-positive", "her2-positive", "any-solid")
STAGES = ("early", "advanced")
STATES = ("in-force", "accelerated", "regular", "withdrawn")
NO_TEST = "none"


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One approval of one drug."""

    item: dict[str, Any]  # as reading/presenters.py makes it
    approval: ApprovalPresenter

    @property
    def values(self) -> dict[str, dict[str, str]]:
        """{filter: {each value that this row has: its words where they are data}}"""
        attrs, status = self.approval.node.attrs, self.approval.state.status
        markers = self.approval.marker.names if self.approval.marker else []
        return {
            "cancer": {attrs["cancer"]: ""},
            "stage": {attrs["stage"]: ""},
            "biomarker": {slugify(name, allow_unicode=True): name for name in markers} or {NO_TEST: ""},
            "jurisdiction": {attrs["jurisdiction"]: attrs["jurisdiction"]},
            "state": {status: "", **({"in-force": ""} if self.approval.is_in_force else {})},
        }


@dataclass(frozen=True, slots=True)
class FilterOption:
    value: str
    word: str  # the key of its signed words
    text: str  # what stands there where nothing is signed: data, the same in every language
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ApprovalFilter:
    name: str
    word: str  # the key of its signed label
    options: tuple[FilterOption, ...]
    chosen: str = ""


def list_context(items: list[dict[str, Any]], query: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """What the list of drugs gets: approvals by kind of cancer, and the filters as they are set in the address."""
    day = timezone.localdate(at)
    rows = [ApprovalRow(item, approval) for item in items for approval in present_approvals(item["root"], day)]
    filters = _filters(rows, query)
    chosen = {filter_.name: filter_.chosen for filter_ in filters if filter_.chosen}
    shown = [row for row in rows if all(value in row.values[name] for name, value in chosen.items())]
    return {
        "drugs": {
            "filters": filters,
            "is_filtered": bool(chosen),
            "shown": len(shown),
            "total": len(rows),
            "groups": _groups(shown),
        }
    }


def _filters(rows: list[ApprovalRow], query: Mapping[str, str]) -> list[ApprovalFilter]:
    def occurring(name: str) -> dict[str, str]:
        texts = {value: text for row in rows for value, text in row.values[name].items()}
        return dict(sorted(texts.items(), key=lambda pair: (not pair[1], pair[1].lower())))

    offered = {
        "cancer": ("col-cancer", dict.fromkeys(CANCERS, "")),
        "stage": ("col-stage", dict.fromkeys(STAGES, "")),
        "biomarker": ("col-test", occurring("biomarker")),
        "jurisdiction": ("col-jurisdiction", occurring("jurisdiction")),
        "state": ("col-state", dict.fromkeys(STATES, "")),
    }
    return [_filter(name, word, values, query.get(name, "")) for name, (word, values) in offered.items()]


def _filter(name: str, word: str, values: Mapping[str, str], requested: str) -> ApprovalFilter:
    """What the address asks for and nobody knows is ignored."""
    chosen = requested if requested in values else ""
    options = [FilterOption(value, _option_word(name, value), text, value == chosen) for value, text in values.items()]
    return ApprovalFilter(name, word, tuple(options), chosen)


def _option_word(name: str, value: str) -> str:
    if name == "biomarker":
        return "no-test" if value == NO_TEST else ""
    return f"{name}-{value}"


def _groups(rows: list[ApprovalRow]) -> list[dict[str, Any]]:
    """Rows by kind of cancer; what is in force first, then by drug and stage."""

    def place(known: tuple[str, ...], value: str) -> int:
        return known.index(value) if value in known else len(known)

    def key(row: ApprovalRow) -> tuple[Any, ...]:
        stage = place(STAGES, row.approval.node.attrs["stage"])
        return not row.approval.is_in_force, row.item["title"].lower(), stage, row.approval.state.since

    cancers = sorted(
        {row.approval.node.attrs["cancer"] for row in rows}, key=lambda cancer: (place(CANCERS, cancer), cancer)
    )
    return [
        {
            "key": cancer,
            "word": f"cancer-{cancer}",
            "rows": sorted((row for row in rows if row.approval.node.attrs["cancer"] == cancer), key=key),
        }
        for cancer in cancers
    ]
