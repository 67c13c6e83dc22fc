"""Findings as the desk shows them: beside the text for who writes it, and to reviewers with what was answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db import models

from editorial.editions.kinds import kind_of
from editorial.editions.labels import block_label
from editorial.editions.models import Edition
from editorial.editions.tree.nodes import Tree
from editorial.editions.working_copy import WorkingCopy

from . import readability
from .contract import Check, Finding
from .dismissed import answered
from .models import Dismissal
from .pages import Page, page_of
from .registry import run_checks

# {(block's id, name of its words): where they are}; under the name "", the block itself.
Hrefs = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding: what its block is called, where that is, and what was answered.

    `may_be_dismissed` says that it is advice about words that are saved.
    """

    finding: Finding
    label: str
    href: str
    dismissal: Dismissal | None
    may_be_dismissed: bool

    @property
    def check(self) -> Check:
        return self.finding.check

    @property
    def node_id(self) -> str:
        return self.finding.node.id


@dataclass(frozen=True, slots=True)
class Report:
    """All that there is to say. `groups` are (check, its open entries); `problems`, what freezing refuses."""

    groups: list[tuple[Check, list[Entry]]]
    dismissed: list[Entry]
    measure: readability.Measure
    problems: list[str]

    @property
    def open_count(self) -> int:
        return sum(len(entries) for _check, entries in self.groups)


def report(page: Page, hrefs: Hrefs, *, saved: Tree | None = None, problems: Iterable[str] = ()) -> Report:
    """`saved` is the tree that dismissals may be about, None where there are none.

    One query besides those of the checks.
    """
    kind = kind_of(page.document)
    known = {node.id: node for node in saved.walk()} if saved else {}
    entries = []
    for each in answered(run_checks(page), page.document, page.language):
        node = each.finding.node
        is_saved = each.finding.holds_of(known.get(node.id))
        entries.append(
            Entry(
                each.finding, block_label(kind, node), _href(each.finding, hrefs), each.dismissal,
                is_saved and not each.finding.check.is_blocker,
            )
        )  # fmt: skip
    still_open = [each for each in entries if each.dismissal is None]
    told = {spot.told for each in still_open if each.check.is_blocker for spot in each.finding.spots}
    return Report(
        groups=[(check, list(run)) for check, run in groupby(still_open, key=lambda each: each.check)],
        dismissed=[each for each in entries if each.dismissal],
        measure=readability.measured(page.tree),
        problems=[each for each in problems if each not in told],
    )


def _href(finding: Finding, hrefs: Hrefs) -> str:
    """Where its words are; else its block or, where that only holds others, the first of those."""
    node = finding.node
    places = [(node.id, finding.word), *((each.id, "") for each in node.walk())]
    return next((hrefs[place] for place in places if place in hrefs), "")


def of_edition(edition: Edition, shown: Iterable[str]) -> Report:
    """What reviewers see of a frozen edition; `shown` are the ids of the blocks on their page."""
    return report(page_of(edition), {(node_id, ""): f"#block-{node_id}" for node_id in shown})


def fields_of_blocks(copy: WorkingCopy, prefixes: Iterable[tuple[models.Model, str]]) -> Hrefs:
    """Links to the fields in which the words of blocks are written, on the page that writes this working copy.

    `prefixes` are those of the rows of its lists: (row of the copy, prefix of its form).
    """
    # Told apart as objects, because rows that are only typed have no key.
    known = {id(copy.row): ""} | {id(row): prefix for row, prefix in prefixes}
    hrefs: Hrefs = {}
    for slot in kind_of(copy.document).slots(copy):
        prefix = known.get(id(slot.row))
        if prefix is None:
            continue  # a topic or a figure, which is written on a page of its own
        href = f"#field-{prefix}-{slot.field}" if prefix else f"#field-{slot.field}"
        for node_id, word in ((slot.node_id, slot.word), *slot.read_source()):
            hrefs[node_id, word] = href
            hrefs.setdefault((node_id, ""), href)
    return hrefs
