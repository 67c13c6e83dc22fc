"""Findings as the desk shows them: beside the text for who writes it, and to reviewers with what was answered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.db import models

from editorial.accounts.languages import own_name
from editorial.editions.kinds import kind_of
from editorial.editions.labels import block_label, cell_labels
from editorial.editions.models import Edition
from editorial.editions.tree.nodes import Tree
from editorial.editions.working_copy import WorkingCopy

from . import readability
from .checked_pages import CheckedPage, read_edition
from .contract import Check, Finding
from .dismissals import match_dismissals
from .models import Dismissal
from .registry import run_checks, unread_checks

# {(block's id, name of its words): where they are}; under the name "", the block itself.
Hrefs = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """One finding: what its block is called, where that is, and what was answered.

    `can_be_dismissed` says that it is advice about words that are saved.
    """

    finding: Finding
    label: str
    href: str
    dismissal: Dismissal | None
    can_be_dismissed: bool

    @property
    def check(self) -> Check:
        return self.finding.check

    @property
    def node_id(self) -> str:
        return self.finding.node.id


@dataclass(frozen=True, slots=True)
class FindingsReport:
    """All that there is to say. `groups` are (check, its open entries); `problems`, what freezing refuses."""

    groups: list[tuple[Check, list[FindingEntry]]]
    dismissed: list[FindingEntry]
    measure: readability.ReadingMeasure
    problems: list[str]
    unread: list[Check] = field(default_factory=list)  # that do not know the language
    language_name: str = ""

    @property
    def open_count(self) -> int:
        return sum(len(entries) for _check, entries in self.groups)

    def linked(self, hrefs: Mapping[str, str]) -> "FindingsReport":
        """The same with other links to its blocks, {id of a block: where it is}; others keep theirs."""

        def link(entries: list[FindingEntry]) -> list[FindingEntry]:
            return [replace(entry, href=hrefs.get(entry.node_id, entry.href)) for entry in entries]

        return replace(
            self, groups=[(check, link(entries)) for check, entries in self.groups], dismissed=link(self.dismissed)
        )


def build_report(
    page: CheckedPage,
    hrefs: Hrefs,
    *,
    saved: Tree | None = None,
    problems: Iterable[str] = (),
    told: Collection[str] = (),
) -> FindingsReport:
    """Run the checks. `saved` is the tree that dismissals may be about, None where there are none.

    `told` are ids of blocks of which what changed is told elsewhere on the page, unless the author answered.

    One query besides those of the checks, or two where something was dismissed.
    """
    kind = kind_of(page.document)
    saved_nodes = {node.id: node for node in saved.walk()} if saved else {}
    entries, cells = [], cell_labels(page.nodes.values())
    for answered in match_dismissals(run_checks(page), page.document, page.language):
        node = answered.finding.node
        if answered.finding.check.tells_change and node.id in told and not answered.dismissal:
            continue
        label = cells.get(node.id) or block_label(kind, node)
        is_saved = answered.finding.is_same_for(saved_nodes.get(node.id))
        entries.append(
            FindingEntry(
                answered.finding, label, _href(answered.finding, hrefs), answered.dismissal,
                is_saved and not answered.finding.check.is_blocker,
            )
        )  # fmt: skip
    still_open = [entry for entry in entries if entry.dismissal is None]
    shown = {place.message for entry in still_open if entry.check.is_blocker for place in entry.finding.places}
    return FindingsReport(
        groups=[(check, list(run)) for check, run in groupby(still_open, key=lambda entry: entry.check)],
        dismissed=[entry for entry in entries if entry.dismissal],
        measure=readability.measure_tree(page.tree, page.texts),
        problems=[problem for problem in problems if problem not in shown],
        unread=unread_checks(page),
        language_name=own_name(page.language),
    )


def _href(finding: Finding, hrefs: Hrefs) -> str:
    """Where its words are; else its block or, where that only holds others, the first of those."""
    node = finding.node
    places = [(node.id, finding.word), *((block.id, "") for block in node.walk())]
    return next((hrefs[place] for place in places if place in hrefs), "")


def build_edition_report(
    edition: Edition, base: Edition | None, shown: Iterable[str], told: Collection[str]
) -> FindingsReport:
    """What reviewers see of a frozen edition beside its `base`.

    `shown` are the ids of the blocks on their page, `told` as in `build_report`.
    """
    hrefs = {(node_id, ""): f"#block-{node_id}" for node_id in shown}
    return build_report(read_edition(edition, base), hrefs, told=told)


def find_field_links(copy: WorkingCopy, prefixes: Iterable[tuple[models.Model, str]]) -> Hrefs:
    """Links to the fields in which the words of blocks are written, on the page that writes this working copy.

    `prefixes` are those of the rows of its lists: (row of the copy, prefix of its form).
    """
    # Told apart as objects, because rows that are only typed have no key.
    prefix_of_row = {id(copy.row): ""} | {id(row): prefix for row, prefix in prefixes}
    hrefs: Hrefs = {}
    for slot in kind_of(copy.document).own_slots(copy):
        prefix = prefix_of_row.get(id(slot.row))
        if prefix is None:
            continue  # a row that was taken off
        href = f"#field-{prefix}-{slot.field}" if prefix else f"#field-{slot.field}"
        for node_id, word in ((slot.node_id, slot.word), *slot.read_source()):
            hrefs[node_id, word] = href
            hrefs.setdefault((node_id, ""), href)
    return hrefs
