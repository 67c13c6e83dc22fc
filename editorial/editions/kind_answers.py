"""What kinds answer the engine: names, parts that changed, facts, news. See `kinds.py`, which asks for them."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class KnownName(NamedTuple):
    """What texts may call a document."""

    name: str
    language: str  # of the texts that do; "" for those in any
    document: int  # its key


class ChangedParts(NamedTuple):
    """What of a page a record of its changes: pieces by name, what opens in place, what other pages repeat of it."""

    pieces: frozenset[str] = frozenset()
    is_opened: bool = False
    is_repeated: bool = False


class EarlierWords(NamedTuple):
    """What was so before a record of a page, in words: what was recorded then, and what that was about if otherwise."""

    words: str = ""
    subject: str = ""  # in the source language


BlockKey = tuple[str, str]  # the id of the block around a list, and that of a block in it
Answer = dict[str, list[str]]  # as JSON: what each document, by its key, makes of what was asked


@dataclass(frozen=True, slots=True)
class FactAnswer:
    """Whether something that texts assert is so, by what counts now, and by what was recorded and is not verified yet.

    `problem` says, for authors, why nobody can tell; then it counts as untrue.
    """

    is_true: bool = False
    answer: Answer = field(default_factory=dict)
    is_true_on_record: bool = False
    answer_on_record: Answer = field(default_factory=dict)
    documents: frozenset[int] = frozenset()  # those that it names, and those in the answer
    problem: str = ""


class FactSuggestion(NamedTuple):
    """A fact that an author may assert, as it is written in a mark. `told` is what is so, or why nobody can tell."""

    fact: str
    is_true: bool
    told: str


class PartHeading(NamedTuple):
    """What heads a part of a page whose block has no heading of its own: a phrase of site words, and the id there."""

    words: str
    phrase: str
    anchor: str


class UrgentNews(NamedTuple):
    """What a record of a page is urgent news of."""

    stock: str  # the key of the phrase of site words with which readers can be warned at once
    happened_on: date
