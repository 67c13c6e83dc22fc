"""What the template of a monograph's page, and those of its pieces, get of its tree: see presenters.py."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils import timezone

from editorial.editions.kind_answers import PartHeading
from editorial.editions.tree.nodes import Node

from .approval_history import EARLY_PATHWAYS, NARROWED
from .approval_timeline import draw_timelines
from .patient_answers import name_drug, present_calls, present_uses
from .presenters import LEVELS, WITHHELD, present_approvals, present_doses, present_markers

# Approvals as they stand on the page: id, key of the signed heading, and the state that readers must not miss.
GROUPS = (
    {"id": "approvals", "heading": "approved-for", "state": ""},
    {"id": "recommendations", "heading": "recommended-for", "state": ""},
    {"id": "suspended", "heading": "suspended-for", "state": "suspended"},
    {"id": "no-longer-approved", "heading": "no-longer-approved", "state": "withdrawn"},
    {"id": "no-longer-recommended", "heading": "no-longer-recommended", "state": ""},
)
HEADINGS = tuple(group["heading"] for group in GROUPS)
DECISIONS = ("approved", "recommended", "withdrawn", "timeline", "markers", "products")  # what stands folded
# (id on the page, keys of the signed heading: the first that is signed, what must be there), in the order of the page
CONTENTS = (
    ("used-for", ("used-for",), "has_uses"),
    ("how-given", ("how-given",), "how_given"),
    ("doses", ("dosing",), "doses"),
    ("side-effects", ("side-effects",), "common"),
    ("serious-side-effects", ("when-to-call", "serious-side-effects"), "serious"),
    ("boxed-warnings", ("boxed-warning",), "warnings"),
    ("recovery", ("recovery",), "recovery"),
    ("tell-team", ("tell-team",), "tell_team"),
    ("questions", ("questions",), "questions"),
    ("how-it-works", ("how-it-works",), "how_it_works"),
    ("decisions", ("decisions", "timeline"), "has_decisions"),
)

_PHRASES = {
    "uses-note": ("used-for", "used-for"), "how-given": ("how-given", "how-given"), "doses": ("dosing", "doses"),
    "side-effects": ("side-effects", "side-effects"), "boxed-warnings": ("boxed-warning", "boxed-warnings"),
    "recovery": ("recovery", "recovery"), "tell-team": ("tell-team", "tell-team"),
    "questions": ("questions", "questions"), "how-it-works": ("how-it-works", "how-it-works"),
    "approvals": ("decisions", "decisions"), "products": ("decisions", "decisions"),
    "biomarkers": ("decisions", "decisions"),
}  # fmt: skip
PART_HEADINGS = {block: PartHeading("drug-words", *heading) for block, heading in _PHRASES.items()}


def context(root: Node, at: datetime) -> dict[str, Any]:
    """What a monograph's page and pieces get, under one name."""
    parts = {child.type: child for child in root.children}
    approvals = present_approvals(root, timezone.localdate(at))
    effects = _children(parts, "side-effects")
    warnings = _children(parts, "boxed-warnings")
    dated_events = [dated for approval in approvals for dated in approval.dated_events]
    by_heading = {word: [approval for approval in approvals if approval.heading == word] for word in HEADINGS}
    drug: dict[str, Any] = {
        "brands": list(dict.fromkeys(node.attrs["brand"] for node in _children(parts, "products"))),
        "warnings": sorted(warnings, key=lambda node: bool(node.attrs["partner"])),
        "approved": by_heading["approved-for"],
        "recommended": by_heading["recommended-for"],
        "suspended": by_heading["suspended-for"],
        "no_longer_approved": by_heading["no-longer-approved"],
        "no_longer_recommended": by_heading["no-longer-recommended"],
        "withdrawn": [approval for approval in approvals if not approval.is_in_force],
        "timeline": draw_timelines(
            [(approval, [event for _node, event in approval.events], approval.term) for approval in approvals],
            timezone.localdate(at),
        ),
        "events": sorted(dated_events, key=lambda dated: dated.event.on),
        "how_it_works": _children(parts, "how-it-works"),
        "how_given": _children(parts, "how-given"),
        "uses_note": _children(parts, "uses-note"),
        "recovery": _children(parts, "recovery"),
        "questions": _children(parts, "questions"),
        "doses": present_doses(root, approvals),
        "common": [node for node in effects if not node.attrs["serious"]],
        "serious": sorted(
            (node for node in effects if node.attrs["serious"]), key=lambda node: LEVELS.index(node.attrs["care"])
        ),
        "markers": present_markers(root),
        "tell_team": _children(parts, "tell-team"),
        "products": _children(parts, "products"),
        "references": _children(parts, "references"),
        "topics": _children(parts, "topics"),
    }
    drug |= {
        "name": name_drug(root),
        "uses": present_uses(approvals),
        "calls": present_calls(drug["serious"]),
    }
    drug["has_uses"] = bool(approvals or root.of_type("uses-note"))
    drug["serious_by_level"] = [
        (level, list(nodes)) for level, nodes in groupby(drug["serious"], key=lambda node: node.attrs["care"])
    ]
    labels = {dose.duration_label for dose in drug["doses"]}
    drug["duration_label"] = labels.pop() if len(labels) == 1 else "col-number"
    drug["groups"] = [{**group, "approvals": by_heading[group["heading"]]} for group in GROUPS]
    drug["piece_heading"] = next((word for word in HEADINGS if by_heading[word]), "approved-for")
    drug["gone"] = [group for group in drug["groups"] if group["approvals"] and group["state"]]
    standing = {approval.state.status for approval in drug["approved"]}
    drug["early_pathways"] = [pathway for pathway in EARLY_PATHWAYS if pathway in standing]
    drug["has_funders"] = any(approval.term for approval in approvals)
    drug["is_narrowed"] = any(dated.event.kind == NARROWED for dated in dated_events)
    drug["is_withheld"] = any(node.attrs.get(WITHHELD) for node in root.of_type("approvals"))
    drug["has_decisions"] = any(drug[part] for part in DECISIONS)
    drug["contents"] = [{"id": id_, "words": words} for id_, words, part in CONTENTS if drug[part]]
    return {"drug": drug}


def _children(parts: Mapping[str, Node], type_: str) -> list[Node]:
    return list(parts[type_].children) if type_ in parts else []
