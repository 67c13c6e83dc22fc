"""What a check reads: one page in one language as it would be frozen, and the signed one before it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any

from django.utils import timezone

from editorial.editions.freezing import Candidate
from editorial.editions.models import Document, Edition
from editorial.editions.tree import inline
from editorial.editions.tree.diff import count_changed_words
from editorial.editions.tree.nodes import Node, Tree

# Words that run in sentences. Titles, names and credits do not; a regulator's own terms are quoted, not written here.
RUNNING = ("lead", "short", "text", "signs", "what_to_do", "meaning", "plain", "caption")
# Blocks whose words are labels, or another's.
LABELS = frozenset({"subheading", "phrase", "topic", "reference"})
# The end of a sentence: its signs and what closes after them. A full stop within a number or an address is none.
_END = re.compile(r"(?<=[.!?؟])[\"”’»)\]]*\s+|(?<=[。！？])[”’」』）]*\s*")
_SENTENCE_END = re.compile(r"[.!?؟。！？][\"”’»」』)\]）]*$")


@dataclass(frozen=True)
class RunningText:
    """Words of one block that run in sentences."""

    node: Node
    name: str
    words: str | inline.Runs

    @cached_property
    def plain(self) -> str:
        return inline.plain(self.words)

    @property
    def is_fragment(self) -> bool:
        """Whether these are words in a table that make no sentence, such as a dose or a day."""
        return self.node.type == "cell" and not _SENTENCE_END.search(self.plain)

    @cached_property
    def sentences(self) -> list[str]:
        return [sentence for line in self._lines for sentence in split_sentences(line)]

    @property
    def _lines(self) -> list[str]:
        """A break ends a sentence, as in an address."""
        if isinstance(self.words, str):
            return [self.words]
        if not any("break" in run for run in self.words):
            return [self.plain]
        return [inline.plain(list(runs)) for _is_break, runs in groupby(self.words, key=lambda run: "break" in run)]


def split_sentences(line: str) -> list[str]:
    """The sentences of plain words without a break."""
    return [sentence for part in _END.split(line) if (sentence := part.strip())]


@lru_cache(maxsize=4096)  # of a page that is looked at again and again, most texts are as they were
def count_words(text: str) -> int:
    """How many words a text has; Chinese by character."""
    return count_changed_words([("same", text)])[0]


@dataclass(frozen=True)
class CheckedPage:
    """One page in one language. `base` is the tree that was signed and released before it, `source` that of which it
    is the translation.

    `dead_links` are those of the tree that lead nowhere, where they were looked for already: see `freezing.dead_links`.
    `about` is the block whose findings alone are asked for, "" for all; a check may leave out what others would say.
    """

    document: Document
    tree: Tree
    base: Tree | None
    today: date
    dead_links: Mapping[str, str] | None = None
    source: Tree | None = None
    about: str = ""

    @property
    def language(self) -> str:
        return self.tree.language

    @cached_property
    def nodes(self) -> dict[str, Node]:
        return {node.id: node for node in self.tree.walk()}

    @cached_property
    def texts(self) -> list[RunningText]:
        """Everything that runs in sentences, in reading order."""
        return list(find_running_texts(self.tree.root))

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What several checks ask of the page, found once for all of them."""
        return {}

    def texts_in(self, block: Node) -> list[RunningText]:
        """Those of them that stand in one of its blocks."""
        inside = {node.id for node in block.walk()}
        return [text for text in self.texts if text.node.id in inside]


def find_running_texts(root: Node) -> Iterator[RunningText]:
    for node in root.walk():
        if node.type not in LABELS:
            texts = (RunningText(node, name, node.words[name]) for name in RUNNING if node.words.get(name))
            yield from (text for text in texts if text.plain)


def read_candidate(document: Document, candidate: Candidate, base: Edition | None) -> CheckedPage | None:
    """What would be frozen, as checks read it; None where there is nothing to freeze."""
    if candidate.tree is None:
        return None
    return CheckedPage(
        document,
        candidate.tree,
        base.tree if base else None,
        timezone.localdate(),
        candidate.dead_links,
        candidate.source_edition.tree if candidate.source_edition else None,
    )


def read_edition(edition: Edition, base: Edition | None) -> CheckedPage:
    """A frozen edition as checks read it; `base` is what it is compared with, as `valid_base` tells it."""
    return CheckedPage(
        edition.document,
        edition.tree,
        base.tree if base else None,
        timezone.localdate(),
        source=edition.source_edition.tree if edition.source_edition else None,
    )
