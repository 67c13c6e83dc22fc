"""What kinds say of keywords: which they find in texts, and of which a record changes the facts. See `keywords.py`."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class KeywordText(NamedTuple):
    """A text of a page in which keywords are looked for."""

    text: str
    language: str
    around: tuple[str, ...]  # the headings above it, the nearest first
    kind: str = ""  # of the page, by its name


class FoundPassage(NamedTuple):
    """What of a text speaks of a keyword; `words` is a part of the text."""

    words: str
    keyword: str


IsNaming = Callable[[str, str], bool]  # whether a text, in a language, names a document of the site
KeywordFinder = Callable[[KeywordText], Iterable[FoundPassage]]


class ChangedKeywords(NamedTuple):
    """Keywords of which records change what they stand for: who has one of `certain` rests on it, others may."""

    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    # (name, keyword) of possible ones that texts call by a name which editions of before were not read for.
    late_names: frozenset[tuple[str, str]] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        return self.certain | self.possible
