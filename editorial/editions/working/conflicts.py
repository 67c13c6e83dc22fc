"""Conflicts: texts that two people wrote at once, shown to the second so that nobody's words are lost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..tree import diff, prose


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
        if saved != typed:
            yield Conflict(str(label), saved, typed, *details)


def as_lines(html: str) -> str:
    """Prose as a person compares it, a block a line."""
    found = prose.find_words(prose.parse(html or ""))
    return "\n".join(diff.comparable_text(node.words[name]) for node, name in found)
