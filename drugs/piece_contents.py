"""What the pieces of a monograph show of it, and what others repeat of it: see `Piece.content`. Pure functions.

Each follows its template under templates/readers/drugs/pieces: what stands there stands here.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.dateparse import parse_date

from editorial.editions.tree.nodes import Node
from editorial.editions.tree.shown_content import words_content

from .presenters import LEVELS, ApprovalPresenter, present_approvals, present_doses


def card_content(root: Node) -> Any:
    brands = dict.fromkeys(product.attrs.get("brand") for product in _rows(root, "products"))
    warnings = sorted(_rows(root, "boxed-warnings"), key=lambda warning: bool(warning.attrs.get("partner")))
    return [
        words_content(root, "title", "pronunciation", "drug_class", "lead"),
        list(brands),
        [words_content(warning, "title") for warning in warnings],
        _at_each_time(root, _withdrawn),
    ]


def approvals_content(root: Node) -> Any:
    return [words_content(root, "title"), _at_each_time(root, _in_force), _at_each_time(root, _withdrawn)]


def dosing_content(root: Node) -> Any:
    return [words_content(root, "title"), _at_each_time(root, lambda approvals: _doses(root, approvals))]


def side_effects_content(root: Node) -> Any:
    effects = list(_rows(root, "side-effects"))
    common = [effect for effect in effects if not effect.attrs.get("serious")]
    serious = [effect for effect in effects if effect.attrs.get("serious")]
    serious.sort(key=lambda effect: LEVELS.index(effect.attrs.get("care", "")))
    names = ("name", "signs", "what_to_do")
    return [
        words_content(root, "title"),
        [words_content(effect, *names) for effect in common],
        [[effect.attrs.get("care"), words_content(effect, *names)] for effect in serious],
    ]


def boxed_warnings_content(root: Node) -> Any:
    """Its own boxed warnings: those of its partners are theirs."""
    own = (warning for warning in _rows(root, "boxed-warnings") if not warning.attrs.get("partner"))
    return [words_content(warning, "title", "text") for warning in own]


def _rows(root: Node, type_: str) -> Iterable[Node]:
    return (row for part in root.of_type(type_) for row in part.children)


def _at_each_time(root: Node, content: Callable[[list[ApprovalPresenter]], Any]) -> Any:
    """What is said of the approvals in the end, and before each decision that was announced earlier than it held."""
    events = (event for approval in _rows(root, "approvals") for event in approval.of_type("event"))
    ends = (parse_date(event.attrs["on"]) for event in events if event.attrs.get("announced"))
    announced = {day for day in ends if day}
    days = [date.max, *(day - timedelta(days=1) for day in sorted(announced))]
    contents = [content(present_approvals(root, day)) for day in days]
    return contents if announced else contents[0]


def _doses(root: Node, approvals: list[ApprovalPresenter]) -> Any:
    names = (
        "dose", "unit", "most", "route", "every", "every_unit", "days", "per_day", "number", "until", "longest",
        "longest_unit", "age", "age_from", "weight", "weight_comparison",
    )  # fmt: skip
    return [
        [words_content(dose.node, "phase"), _attrs(dose.node, *names), dose.brand, _use(dose.approval)]
        for dose in present_doses(root, approvals)
    ]


def _use(approval: ApprovalPresenter | None) -> Any:
    """What a dose says of the approval that it is for."""
    if approval is None:
        return None
    markers = [marker.node.attrs["name"] for marker in approval.markers]
    return [*_setting(approval), markers, approval.joined, "" if approval.is_in_force else approval.state.status]


def _in_force(approvals: list[ApprovalPresenter]) -> Any:
    return [
        [*_approval(approval), _markers(approval), *_setting(approval)]
        for approval in approvals
        if approval.is_in_force
    ]


def _withdrawn(approvals: list[ApprovalPresenter]) -> Any:
    gone = (approval for approval in approvals if not approval.is_in_force)
    return [[*_approval(approval), words_content(approval.node, "meaning")] for approval in gone]


def _approval(approval: ApprovalPresenter) -> list[Any]:
    days = [day.isoformat() if day else "" for day in (approval.state.since, approval.narrowed_on)]
    if leaving := approval.state.leaving:
        days.append(leaving.isoformat())
    facts = _attrs(approval.node, "authority", "jurisdiction")
    return [words_content(approval.node, "plain"), facts, approval.state.status, *days]


def _setting(approval: ApprovalPresenter) -> list[Any]:
    facts = [*_attrs(approval.node, "cancer"), approval.stage_words[0], approval.receptor_words]
    return [*facts, words_content(approval.node, "partners")]


def _markers(approval: ApprovalPresenter) -> Any:
    nodes = [marker.node for marker in approval.markers]
    cutoff = ("comparison", "cutoff", "unit")
    return [approval.joined, *(_attrs(node, "name", *(cutoff if node.attrs.get("cutoff") else ())) for node in nodes)]


def _attrs(node: Node, *names: str) -> list[Any]:
    return [node.attrs.get(name) for name in names]
