"""The changes that matter most to a patient, in words: what a reviewer reads before anything else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.checks.critical_words import Sort
from editorial.editions.kinds import Kind
from editorial.editions.labels import (
    STATUS_LABELS,
    attr_label,
    block_label,
    block_name,
    cell_labels,
    value_label,
)
from editorial.editions.name_finder import NameFinder
from editorial.editions.section_names import block_place
from editorial.editions.tree.diff import Change
from editorial.editions.tree.links import PIECE
from editorial.editions.tree.nodes import Node, Tree

from . import subjects
from .attribute_values import AttributeValues
from .critical_changes import CriticalChange, find_care_moves, find_critical_changes

SORT_LABELS: dict[Sort, str | Promise] = {
    Sort.CARE: gettext_lazy("care level"),
    Sort.NEGATION: gettext_lazy("negation"),
    Sort.NUMBER: gettext_lazy("number"),
    Sort.COMPARISON: gettext_lazy("comparison sign or word"),
    Sort.DATE: gettext_lazy("date"),
    Sort.RAISED: gettext_lazy("superscript or subscript"),
    Sort.NAME: gettext_lazy("name"),
    Sort.PHONE: gettext_lazy("telephone number"),
    Sort.LINK: gettext_lazy("link"),
    Sort.SOURCE: gettext_lazy("source"),
    Sort.FACT: gettext_lazy("fact"),
}


@dataclass(frozen=True, slots=True)
class HighlightedWord:
    """What stood in one place and stands there now, as people know it; either is empty where nothing does."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """What matters of the change of one block: `sentences` tell of it as a whole, `words` of what changed in it.

    `place` are the headings that it stands under, `label` what sort of block it is.
    """

    node_id: str
    place: str
    label: str
    sentences: tuple[str, ...]
    words: tuple[HighlightedWord, ...]


def find_highlights(
    kind: Kind,
    old: Tree,
    changes: Sequence[Change],
    language: str,
    *,
    sections: Mapping[str, tuple[str, ...]],
    names: NameFinder[object] | None = None,
) -> list[Highlight]:
    """Advice on when to act first, then drug facts, then references; then numbers, negations and the like in the text.

    `changes` are those that `tree.diff` made from `old`, `sections` as `name_sections` names them, `names` those that
    the site knows. Of the words, too, those in advice come first.
    """
    sentences: dict[str, list[str]] = {}
    nodes = {change.node.id: change.node for change in changes}
    for node, sentence in _sentences(kind, old, changes):
        nodes.setdefault(node.id, node)
        sentences.setdefault(node.id, []).append(sentence)
    values = AttributeValues.among(kind, changes)
    words = {change.node.id: _words(values, change, language, names) for change in changes}
    for change, critical in find_care_moves(old, changes):
        words[change.node.id] = [highlighted_word(values, critical), *words[change.node.id]]
    advice = {key for change in changes if kind.is_care(change.node) for key in subjects.descendant_ids(change.node)}
    in_text = [key for key, found in words.items() if found and key not in sentences]
    cells = cell_labels(node for change in changes for node in (change.old, change.node) if node)
    return [
        Highlight(
            node_id=key,
            place=block_place(kind, nodes[key], sections),
            label=cells.get(key) or block_label(kind, nodes[key]),
            sentences=tuple(sentences.get(key, ())),
            words=tuple(words.get(key, ())),
        )
        for key in [*sentences, *sorted(in_text, key=lambda key: key not in advice)]
    ]


def _words(
    values: AttributeValues, change: Change, language: str, names: NameFinder[object] | None
) -> list[HighlightedWord]:
    criticals = find_critical_changes(values.kind, change, language, names)
    return [
        highlighted_word(values, critical) for critical in criticals if critical.attribute != "care"
    ]  # that has its sentence


def highlighted_word(values: AttributeValues, critical: CriticalChange) -> HighlightedWord:
    """One change as people read it, without the signs that only comparing needs."""
    name = critical.attribute
    if name:
        sides = zip(critical.values, values.name_both(name, *critical.values), strict=True)
        before, after = (label if value not in (None, "") else "" for value, label in sides)
        return HighlightedWord(attr_label(values.kind, name), before, after)
    written = (", ".join(map(_without_brackets, words)) for words in (critical.before, critical.after))
    return HighlightedWord(str(SORT_LABELS[critical.sort]), *written)


def _without_brackets(written: str) -> str:
    """An address stands in angle brackets where words are compared."""
    return written[1:-1] if written.startswith("<") and written.endswith(">") else written


def _sentences(kind: Kind, old: Tree, changes: Sequence[Change]) -> Iterator[tuple[Node, str]]:
    """(block, what became of it) of those that matter as a whole."""
    facts = {*kind.safety.fact_blocks, PIECE}
    advice = [change for change in changes if kind.is_care(change.node) and change.node.type not in facts]
    touched = _touched(old, changes)
    describe = partial(
        _describe, kind, {key: change.status for change in changes if change.alters for key in change.ids}, touched
    )
    for change in changes:
        yield from ((change.node, line) for line in _care(kind, change))
    told = [
        *(change for change in advice if not _is_described_by_care(change, touched)),
        *(change for change in changes if change.node.type in facts),
        *(change for change in changes if change.node.type == "reference"),
    ]
    for change in told:
        yield from ((change.node, line) for line in describe(change.node))


def _touched(old: Tree, changes: Sequence[Change]) -> dict[str, bool]:
    """{id: whether more than its own attributes did} of blocks that came, went or changed, or in which anything did."""
    own = {key: _has_other_words(change) for change in changes if change.alters for key in change.ids}
    inner = own.keys() | {key for change in changes if change.is_moved for key in change.ids}
    blocks = [*old.walk(), *(change.node for change in changes)]
    return own | {node.id: True for node in blocks if subjects.descendant_ids(node) & inner}


def _has_other_words(change: Change) -> bool:
    return any(status != "same" for parts in change.parts.values() for status, _text in parts)


def _is_described_by_care(change: Change, touched: dict[str, bool]) -> bool:
    """Whether what is told of its care level is all that there is to tell of this advice."""
    is_levelled = any(name == "care" for name, _before, _after in change.attrs)
    return is_levelled and (change.status in ("added", "removed") or not touched[change.node.id])


def _care(kind: Kind, change: Change) -> Iterator[str]:
    # The attribute itself; of a block that came or went it is among the attributes of the change as well.
    for name, before, after in change.attrs:
        if name != "care":
            continue
        names = {
            "name": block_name(kind, change.node),
            "before": value_label(kind, name, before),
            "after": value_label(kind, name, after),
        }
        if not after:
            yield _("The advice “%(before)s” in “%(name)s” was removed.") % names
        elif not before:
            yield _("The advice “%(after)s” was added in “%(name)s”.") % names
        else:
            yield _("The advice in “%(name)s” was “%(before)s” and is now “%(after)s”.") % names


def _describe(kind: Kind, statuses: dict[str, str], touched: dict[str, bool], node: Node) -> Iterator[str]:
    """What became of a block, if anything did."""
    if node.id in touched:
        yield _("%(sort)s “%(name)s”: %(change)s") % {
            "sort": block_label(kind, node),
            "name": block_name(kind, node),
            "change": STATUS_LABELS[statuses.get(node.id, "changed")],
        }
