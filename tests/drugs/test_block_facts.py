"""What a block of a monograph states: what a translation has to say where the source states another thing."""

from dataclasses import replace

import pytest

from drugs.block_facts import find_block_facts
from editorial.editions.tree.nodes import Node
from tests.drugs import trees

APPROVAL, DOSE, WARNING = ("approvals", "a-1"), ("doses", "d-1"), ("boxed-warnings", "w-1")


def root(**blocks: Node) -> Node:
    """A monograph with one block of each list, of which some are others."""
    known = {
        "approval": trees.approval("a-1", biomarker="m-1"),
        "dose": trees.dose("d-1", product="p-1"),
        "warning": trees.warning("w-1"),
        "biomarker": trees.biomarker("m-1", "PD-L1", ">=", "10", "CPS"),
        "product": Node("product", "p-1", {"brand": "Zebra", "application": "BLA1"}),
    } | blocks
    lists = {"approval": "approvals", "dose": "doses", "warning": "boxed-warnings", "biomarker": "biomarkers"}
    return trees.monograph(*(trees.part(lists.get(name, "products"), block) for name, block in known.items()))


def reverified(approval: Node) -> Node:
    """With the same decisions, verified anew by another source."""
    events = (
        replace(event, attrs=dict(event.attrs) | {"verified_on": "2026-11-20", "reference": "another"})
        for event in approval.children
    )
    return replace(approval, children=tuple(events))


MARKED = trees.approval("a-1", biomarker="m-1")
CASES = {
    "the same": ({}, set()),
    "a decision": ({"approval": trees.approval("a-1", "regular 2021-07-26, suspended 2022-01-01", biomarker="m-1")},
                   {APPROVAL}),
    "the day of a decision": ({"approval": trees.approval("a-1", "regular 2021-07-27", biomarker="m-1")}, {APPROVAL}),
    "a decision verified anew": ({"approval": reverified(MARKED)}, set()),
    "whom an approval is for": ({"approval": trees.approval("a-1", biomarker="m-1", age="adults")}, {APPROVAL}),
    "words of an approval": ({"approval": replace(MARKED, words={"plain": "Others."})}, set()),
    "the cut-off of its test": ({"biomarker": trees.biomarker("m-1", "PD-L1", ">=", "1", "CPS")}, {APPROVAL}),
    "the words of its test": ({"biomarker": replace(trees.biomarker("m-1", "PD-L1", ">=", "10", "CPS"), words={})},
                              set()),
    "an amount": ({"dose": trees.dose("d-1", product="p-1", dose="400")}, {DOSE}),
    "words of a dose": ({"dose": replace(trees.dose("d-1", product="p-1"), words={"phase": "Others."})}, set()),
    "the product of a dose": ({"product": Node("product", "p-1", {"brand": "Lion", "application": "BLA1"})}, {DOSE}),
    "words of a boxed warning": ({"warning": replace(trees.warning("w-1"), words={"title": "A", "text": "B"})},
                                 {WARNING}),
    "another block": ({"dose": trees.dose("d-2")}, {DOSE, ("doses", "d-2")}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_only_what_a_block_states_makes_it_another_fact(name):
    blocks, expected = CASES[name]
    before, after = find_block_facts(root()), find_block_facts(root(**blocks))
    assert {key for key in {*before, *after} if before.get(key) != after.get(key)} == expected


def test_a_monograph_without_lists_states_nothing():
    assert find_block_facts(trees.monograph()) == {}
