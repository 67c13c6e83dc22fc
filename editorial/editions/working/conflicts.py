"""Two people wrote the same text: what they show each other, so that nobody's words vanish."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..tree import diff, prose


@dataclass(frozen=True, slots=True)
class Conflict:
    """One text that is saved otherwise than somebody typed it."""

    label: str
    theirs: str
    mine: str
    box: str = ""  # the name of the field that it was typed into, where what is saved can be taken over
    is_written: bool = True  # words in the source language, and not what was chosen from a list in the desk's

    @property
    def parts(self) -> list[tuple[str, str]]:
        """From what is saved to what was typed, word by word."""
        return diff.word_parts(self.theirs, self.mine)

    @property
    def back(self) -> list[tuple[str, str]]:
        """From what was typed to what is saved, word by word."""
        return diff.word_parts(self.mine, self.theirs)


def conflicts(texts: Iterable[tuple]) -> Iterator[Conflict]:
    """Those that differ of (label, saved, typed, is prose, then box and is_written as in Conflict if not as there).

    Prose goes by its words, marks and links.
    """
    for label, saved, typed, is_prose, *more in texts:
        theirs, mine = (as_lines(value) if is_prose else str(value or "") for value in (saved, typed))
        if theirs != mine:
            yield Conflict(str(label), theirs, mine, *more)


def as_lines(html: str) -> str:
    """Prose as a person compares it, a block a line."""
    nodes = [node for block in prose.parse(html or "") for node in block.walk() if node.words.get("text")]
    return "\n".join(diff.shown(node.words["text"]) for node in nodes)
