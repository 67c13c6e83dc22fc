"""The changes that matter most to a patient, in words: what a reviewer reads before anything else."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from editorial.editions.kinds import Kind
from editorial.editions.tree.diff import Change
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.tree.uses import PIECE

from .labels import STATUSES, block_label, isolated, piece_label, value_label

NAMED_BY = ("heading", "title", "name", "plain", "text")  # words that tell one block from another
LONGEST = 80  # letters of a name
EMERGENCY = "emergency"  # the care level of blocks on which lives depend, as trees of every kind hold it


def weighty(kind: Kind, old: Tree, changes: list[Change]) -> list[str]:
    """Changed care levels first, then drug facts, then references; `changes` as tree.diff made them from `old`."""
    touched = {key: change.status for change in changes if change.alters for key in change.ids}
    # What is gone stands below its block in the old tree only.
    below = {node.id: {each.id for each in node.walk()} for node in old.walk()}
    return [
        *(line for change in changes for line in _care(kind, change)),
        *_blocks(kind, changes, touched, below, {*kind.weighty_blocks, PIECE}),
        *_blocks(kind, changes, touched, below, {"reference"}),
    ]


def is_grave(kind: Kind, old: Tree | None, changes: list[Change]) -> bool:
    """Whether emergency advice came, went or says something else, or what its kind calls grave, such as a dose."""
    return touches(old, changes, lambda node: node.type in kind.grave_blocks or node.attrs.get("care") == EMERGENCY)


def touches(old: Tree | None, changes: list[Change], is_about: Callable[[Node], bool]) -> bool:
    """Whether anything came, went or changed in a block of which `is_about` is true, or below one."""
    blocks = [*(old.walk() if old else ()), *(change.node for change in changes)]
    reached = {each.id for node in blocks if is_about(node) for each in node.walk()}
    return any(change.ids & reached for change in changes if change.alters)


def _care(kind: Kind, change: Change) -> Iterator[str]:
    # The attribute itself; of a block that came or went it is among the attributes of the change as well.
    for name, before, after in change.attrs:
        if name != "care":
            continue
        told = {
            "name": name_of(kind, change.node),
            "before": value_label(kind, name, before),
            "after": value_label(kind, name, after),
        }
        if not after:
            yield _("The advice “%(before)s” in “%(name)s” was removed.") % told
        elif not before:
            yield _("The advice “%(after)s” was added in “%(name)s”.") % told
        else:
            yield _("The advice in “%(name)s” was “%(before)s” and is now “%(after)s”.") % told


def _blocks(
    kind: Kind, changes: list[Change], touched: dict[str, str], below: dict[str, set[str]], types: set[str]
) -> Iterator[str]:
    """Blocks of these types that came, went or changed, themselves or in anything below them."""
    for node in (change.node for change in changes):
        if node.type in types and touched.keys() & ({each.id for each in node.walk()} | below.get(node.id, set())):
            yield _("%(sort)s “%(name)s”: %(change)s") % {
                "sort": block_label(kind, node),
                "name": name_of(kind, node),
                "change": STATUSES[touched.get(node.id, "changed")],
            }


def name_of(kind: Kind, node: Node) -> str:
    """What people call a block: its own words; without any, a name among its attributes; else what sort it is."""
    named = next(filter(None, map(node.plain, NAMED_BY)), "")
    named = named or next((str(node.attrs[key]) for key in ("title", "brand", "name") if node.attrs.get(key)), "")
    named = named or piece_label(node.attrs.get("piece")) or _amount(kind, node) or block_label(kind, node)
    named = named if len(named) <= LONGEST else f"{named[: LONGEST - 1].rstrip()}…"
    return isolated(named)


def _amount(kind: Kind, node: Node) -> str:
    return " ".join(value_label(kind, key, node.attrs[key]) for key in ("dose", "unit") if node.attrs.get(key))
