"""What a kind declares once about its tables: which fields hold words, how each is written, what its blocks are called.

From it follow the columns of each language and the history (working/tracking.py), the slots and the block of each row,
what a save does to its words (working/rows.py), the boxes of the writing form (desk/writing/forms.py), and the labels
of blocks on the desk.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import Promise

from editorial.accounts.languages import column
from editorial.text_hygiene import clean_line, clean_text, is_same_without_spaces

from .models.addresses import resolve_links
from .tree import inline, prose
from .tree.nodes import Node
from .tree.units import Place

Label = str | Promise  # words for people, translated when they are shown

# The forms of words. Plain text; text that may hold [@key]; the blocks of prose.py, whose words are found by block id.
PLAIN, CITED, PROSE = "plain", "cited", "prose"


def read_prose(value: str) -> tuple[Node, ...]:
    """The blocks of prose as it is stored or was typed; links that hold an address of a page name its document."""
    return resolve_links(prose.parse(value))


def parse_words(form: str, value: str, place: Place) -> dict[Place, str | inline.Runs]:
    """{place: words} of a field's value, without those that are empty; a single text stands at `place`."""
    if form == PROSE:
        return {(node.id, name): node.words[name] for node, name in prose.find_words(read_prose(value)) if node.id}
    words = inline.from_text(clean_text(value)) if form == CITED else clean_line(value)
    return {place: words} if words else {}


def is_same_text(one: str, other: str, form: str = PLAIN) -> bool:
    """Whether nobody reads a difference between two values of a field: at most the sort of its white space differs."""
    if one == other or not is_same_without_spaces(one, other):
        return one == other
    if form == PROSE:
        return prose.comparable(prose.parse(one)) == prose.comparable(prose.parse(other))
    return inline.comparable(inline.from_text(one)) == inline.comparable(inline.from_text(other))


@dataclass(frozen=True, slots=True)
class Slot:
    """Where some words of a document are kept: one translated field of one row. `form` is PLAIN, CITED or PROSE."""

    row: models.Model
    field: str
    node_id: str
    word: str
    form: str = PLAIN

    def column(self, language: str) -> str:
        return f"{self.field}_{column(language)}"

    def value(self, language: str) -> str:
        return getattr(self.row, self.column(language)) or ""

    def read(self, language: str) -> dict[Place, str | inline.Runs]:
        """{place: words} of this slot in one language, without those that are empty."""
        return self.parse(self.value(language))

    def read_source(self) -> dict[Place, str | inline.Runs]:
        """The working words in the source language."""
        return self.read(settings.SOURCE_LANGUAGE)

    def parse(self, value: str) -> dict[Place, str | inline.Runs]:
        """The same from any value that the field holds or held."""
        return parse_words(self.form, value, (self.node_id, self.word))


@dataclass(frozen=True, slots=True)
class Words:
    """One translated field. Its label and its length are the model's."""

    form: str = PLAIN
    lines: int = 1  # the height of its box on the writing form
    help_text: Label = ""  # stands below its box, after the model's
    around: str = ""  # for prose: type and id of the block that its blocks stand in; "" for none


@dataclass(frozen=True, kw_only=True)
class RowFields:
    """The words of one table, and the block that a row becomes.

    The block's id is the row's `block_id`, or its type where there is only one such row.
    """

    model: type[models.Model]
    block: str
    label: Label  # what the block is called on the desk
    words: Mapping[str, Words]

    def tables(self) -> Iterator["RowFields"]:
        """This table, and those of its parts."""
        yield self

    @property
    def forms(self) -> dict[str, str]:
        """{field: PLAIN, CITED or PROSE}"""
        return {name: words.form for name, words in self.words.items()}

    def block_id(self, row: models.Model) -> str:
        return getattr(row, "block_id", self.block)

    def slots(self, row: models.Model) -> list[Slot]:
        """In the order of the declaration."""
        block_id = self.block_id(row)
        return [
            Slot(row, name, words.around or block_id, "" if words.form == PROSE else name, words.form)
            for name, words in self.words.items()
        ]

    def node(self, row: models.Model, attrs: dict[str, Any] | None = None, children: tuple[Node, ...] = ()) -> Node:
        """The row's block in the source language: the blocks of its prose come before `children`."""
        words: dict[str, str | inline.Runs] = {}
        blocks: list[Node] = []
        for slot in self.slots(row):
            if slot.form == PROSE:
                around, written = self.words[slot.field].around, read_prose(slot.value(settings.SOURCE_LANGUAGE))
                blocks += [Node(around, around, children=written)] if around else written
            else:
                empty: str | inline.Runs = [] if slot.form == CITED else ""
                words[slot.word] = slot.read_source().get((slot.node_id, slot.word), empty)
        return Node(self.block, self.block_id(row), attrs or {}, words, (*blocks, *children))


@dataclass(frozen=True, kw_only=True)
class PartFields(RowFields):
    """An ordered list of parts that belong to a page, by the related name of its rows."""

    related: str
    heading: Label = ""  # what the list is called on the writing form,
    add_label: Label = ""  # what the button says that adds a row,
    named_by: tuple[str, ...] = ()  # and the fields by which people know one


@dataclass(frozen=True, kw_only=True)
class ContentFields(RowFields):
    """The page's own row, and its lists of parts in the order in which they are saved."""

    parts: tuple[PartFields, ...] = ()

    def part(self, related: str) -> PartFields:
        """Raises KeyError for a list that the page does not have."""
        return {part.related: part for part in self.parts}[related]

    def tables(self) -> Iterator[RowFields]:
        yield self
        yield from self.parts
