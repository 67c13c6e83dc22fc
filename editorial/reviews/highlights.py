"""The changes that matter most to a patient, in words: what a reviewer reads before anything else."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from editorial.editions.kinds import Kind
from editorial.editions.labels import STATUS_LABELS, block_label, isolate, piece_label, value_label
from editorial.editions.tree.diff import Change
from editorial.editions.tree.links import PIECE
from editorial.editions.tree.nodes import Node, Tree

from . import subjects

NAMED_BY = ("heading", "title", "name", "plain", "text")  # words that tell one block from another
LONGEST = 80  # letters of a name


def find_highlights(kind: Kind, old: Tree, changes: list[Change]) -> list[str]:
    """Advice on when to act first, then drug facts, then references; `changes` as tree.diff made them from `old`."""
    facts = {*kind.safety.fact_blocks, PIECE}
    advice = [change for change in changes if kind.is_care(change.node) and change.node.type not in facts]
    touched = _touched(old, changes)
    describe = partial(
        _describe, kind, {key: change.status for change in changes if change.alters for key in change.ids}, touched
    )
    return [
        *(line for change in changes for line in _care(kind, change)),
        *(line for change in advice if not _is_described_by_care(change, touched) for line in describe(change.node)),
        *(line for change in changes if change.node.type in facts for line in describe(change.node)),
        *(line for change in changes if change.node.type == "reference" for line in describe(change.node)),
    ]


def _touched(old: Tree, changes: list[Change]) -> dict[str, bool]:
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


def block_name(kind: Kind, node: Node) -> str:
    """What people call a block: its own words; without any, a name among its attributes; else what sort it is."""
    named = next(filter(None, map(node.plain, NAMED_BY)), "")
    named = named or next((str(node.attrs[key]) for key in ("title", "brand", "name") if node.attrs.get(key)), "")
    named = named or piece_label(node.attrs.get("piece")) or _amount(kind, node) or block_label(kind, node)
    named = named if len(named) <= LONGEST else f"{named[: LONGEST - 1].rstrip()}…"
    return isolate(named)


def _amount(kind: Kind, node: Node) -> str:
    return " ".join(value_label(kind, key, node.attrs[key]) for key in ("dose", "unit") if node.attrs.get(key))
