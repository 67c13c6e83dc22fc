"""The blocks of an edition as its page shows them: what became of each since the edition before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from editorial.editions.kinds import Kind
from editorial.editions.labels import WORD_LABELS, block_label, block_name, cell_labels, isolate
from editorial.editions.section_names import SEPARATOR
from editorial.editions.tree import diff
from editorial.editions.tree.nodes import Node
from editorial.editions.tree.tables import row_name
from editorial.reviews.attribute_values import FILES
from editorial.reviews.change_claims import is_note_alone
from editorial.reviews.threads import Thread, block_text

from .summaries import Summaries

# What words are called, "" where they need no name, and the words as `diff.word_parts` tells them.
Pieces = tuple[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One block on the page of an edition: what became of it, and what was said about it."""

    section: str  # where it stands: "When to call › Fever"
    label: str
    name: str  # what it is called, where it has no words to tell
    change: diff.Change
    summary: str
    threads: list[Thread]
    is_typed_in: bool  # a remark here was refused: what was typed stands in its form
    within: str  # the id of a block around it that moved, "" without: what moved together is folded together

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened here that somebody has to see."""
        is_open = any(thread.is_open for thread in self.threads)
        return not self.has_changed and not is_open and not self.is_typed_in

    @property
    def has_changed(self) -> bool:
        """Whether it says something else, or stands elsewhere. The note for readers stands beside the signature."""
        return self.change.status != "same" and not is_note_alone(self.change)

    @property
    def quote(self) -> str:
        """What a block that is gone said: a remark on it need not quote that again."""
        return block_text(self.change.node) if self.change.status == "removed" else ""

    @property
    def _words(self) -> dict[str, list[tuple[str, str]]]:
        return {"text": self.change.edited_cut.parts} if self.change.edited_cut else self.change.parts

    @property
    def pieces(self) -> list[Pieces]:
        """Its words with what came and went; none of it is marked where they were only cut otherwise."""
        if self.change.regrouped:
            return self.pieces_now or self.pieces_before
        return [(self._name_words(name), parts) for name, parts in self._words.items()]

    @property
    def pieces_before(self) -> list[Pieces]:
        if cut := self.change.edited_cut:
            return [("", parts)] if (parts := [part for part in cut.before if part[0] != "added"]) else []
        return self._pieces_without("added")

    @property
    def pieces_now(self) -> list[Pieces]:
        if self.change.edited_cut and self.change.status == "removed":
            return []
        return self._pieces_without("removed")

    def _pieces_without(self, left_out: str) -> list[Pieces]:
        texts = [
            (self._name_words(name), [part for part in parts if part[0] != left_out])
            for name, parts in self._words.items()
        ]
        if self.change.regrouped:
            texts = [(label, [("same", "".join(text for _status, text in parts))]) for label, parts in texts if parts]
        return [(label, parts) for label, parts in texts if parts]

    def _name_words(self, name: str) -> str:
        """Those of a figure stand together and do not say what they are."""
        return str(WORD_LABELS.get(name, "")) if self.change.node.type == "figure" else ""

    @property
    def picture_before(self) -> Node | None:
        """The figure as it was, where its picture is another one now or is gone."""
        return self.change.old if self.has_other_picture else None

    @property
    def picture_now(self) -> Node | None:
        """The figure as it is, where anything of it changed: who reads its alternative text needs to see it."""
        is_told = self.has_changed and self.change.status not in ("moved", "removed")
        return self.change.node if is_told and self.change.node.attrs.get(FILES) else None

    @property
    def has_other_picture(self) -> bool:
        return any(name == FILES and before for name, before, _after in self.change.attrs)


def rows_of(
    kind: Kind,
    changes: Sequence[diff.Change],
    threads: Mapping[str, list[Thread]],
    typed: Mapping[str, str],
    sections: Mapping[str, tuple[str, ...]],
) -> list[BlockRow]:
    """A row for each block that has something to tell.

    `threads` are the threads by block, `typed` a remark that was refused, `sections` the places of blocks as
    `name_sections` tells them.
    """
    # A piece or a figure has no words of its own; what only holds other blocks is told by them, unless it moved.
    shown = (change for change in changes if change.parts or change.attrs or change.is_moved or _tells_itself(change))
    summaries, moved, rows = Summaries.among(kind, changes), _moved(changes), []
    cells = cell_labels(node for change in changes for node in (change.old, change.node) if node)
    for change in shown:
        block_threads = threads.get(change.node.id, [])
        keys = {str(thread.first.pk) for thread in block_threads}
        is_typed_in = typed.get("thread") in keys if typed.get("thread") else typed.get("node") == change.node.id
        label, within = cells.get(change.node.id) or block_label(kind, change.node), moved.get(change.node.id, "")
        name = "" if change.parts else row_name(change.node) or block_name(kind, change.node)
        name = "" if name == isolate(label) else name
        place = SEPARATOR.join(sections.get(change.node.id, ()))
        rows.append(BlockRow(place, label, name, change, summaries.of(change), block_threads, is_typed_in, within))
    return rows


def _tells_itself(change: diff.Change) -> bool:
    """Whether a block without words came or went, and no other says so. An empty cell is told by its row or column."""
    if change.status == "same" or change.node.type == "cell":
        return False
    return change.node.type == "row" or not change.node.children


def _moved(changes: Sequence[diff.Change]) -> dict[str, str]:
    """{id of a block: id of the innermost block around it that moved}."""
    return {
        descendant.id: change.node.id
        for change in changes
        if change.is_moved
        for child in change.node.children
        for descendant in child.walk()
    }


def group_quiet_blocks(rows: list[BlockRow]) -> list[tuple[bool, list[BlockRow]]]:
    """[(quiet?, rows)]: quiet blocks that follow each other are together; of a block that moved, by themselves."""
    return [(key[0], list(run)) for key, run in groupby(rows, key=lambda row: (row.is_quiet, row.within))]
