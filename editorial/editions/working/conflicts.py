"""Conflicts: texts that two people wrote at once, shown to the second so that nobody's words are lost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from editorial.text_hygiene import fold_no_break_spaces

from ..tree import diff, inline, prose
from ..tree.nodes import Node
from ..tree.tables import is_header


@dataclass(frozen=True, slots=True)
class Conflict:
    """One text that is saved otherwise than somebody typed it."""

    label: str
    saved: str
    typed: str
    box: str = ""  # the name of the form field that it was typed into, where the saved text can be taken over
    is_written: bool = True  # words in the source language, not a choice from a list in the language of the desk

    @property
    def difference(self) -> list[tuple[str, str]]:
        """From what is saved to what was typed, word by word."""
        return diff.word_parts(self.saved, self.typed)

    @property
    def reverse_difference(self) -> list[tuple[str, str]]:
        """From what was typed to what is saved, word by word."""
        return diff.word_parts(self.typed, self.saved)


def find_conflicts(texts: Iterable[tuple[Any, ...]]) -> Iterator[Conflict]:
    """The texts that differ. Each is (label, saved, typed, is prose) and optionally `box` and `is_written` of Conflict.

    Prose is compared by its words, marks and links.
    """
    for label, saved_value, typed_value, is_prose, *details in texts:
        saved, typed = (as_lines(value) if is_prose else str(value or "") for value in (saved_value, typed_value))
        if fold_no_break_spaces(saved) != fold_no_break_spaces(typed):
            yield Conflict(str(label), saved, typed, *details)


def as_lines(html: str) -> str:
    """Prose as a person compares it, a block a line; headings are bold, and the cells of a row stand in one line."""
    return "\n".join(_lines(prose.parse(html or "")))


def _lines(blocks: Iterable[Node], sign: str = "") -> Iterator[str]:
    for block in blocks:
        if block.type == "list":
            start = block.attrs.get("start", 1)
            for number, item in enumerate(block.children, start):
                yield from _lines([item], f"{number}. " if block.attrs["ordered"] else "• ")
        elif block.type == "table":
            yield from filter(None, [block.plain("caption")])
            yield from (_row_line(block, place) for place in range(len(block.children)))
        else:
            words = block.words.get("text", "")
            marks = ["em", "strong"] if "level" in block.attrs else ["strong"]
            runs: inline.Runs = [{"text": words, "marks": marks}] if isinstance(words, str) else words
            if runs:
                yield f"{sign}{diff.comparable_text(runs)}"
            yield from _lines(block.children)


def _row_line(table: Node, place: int) -> str:
    cells = []
    for column, cell in enumerate(table.children[place].children):
        words = cell.words["text"]
        if is_header(table, place, column) and not isinstance(words, str):
            words = [
                {**run, "marks": sorted({*run.get("marks", ()), "strong"})} if "text" in run else run for run in words
            ]
        cells.append(diff.comparable_text(words))
    return " | ".join(cells)


def _bold(run: inline.Run) -> inline.Run:
    return {**run, "marks": sorted({*run.get("marks", ()), "strong"})}
