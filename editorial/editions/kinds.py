"""The contract of a kind of content: all that the engine knows about articles, monographs or site words.

A new kind is one model, its fields declared once, one template and one registration: subclass Kind, build its tree,
and call `register`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_text
from editorial.accounts.models import User
from editorial.accounts.roles import Permission

from .compiled_questions import find_instances
from .fields import ContentFields, Label, RowFields, Slot
from .keyword_contract import ChangedKeywords, IsNaming, KeywordFinder
from .kind_answers import (
    Answer,
    BlockKey,
    ChangedParts,
    EarlierWords,
    FactAnswer,
    FactSuggestion,
    KnownName,
    PartHeading,
    UrgentNews,
)  # fmt: skip
from .models import Document, Record
from .tree import inline
from .tree.addresses import name_path
from .tree.nodes import Node, Tree
from .tree.shown_content import whole_content
from .tree.units import Place
from .working_copy import WorkingCopy

Row = dict[str, Any]  # the fields of a part, as `write_parts` takes them
Rows = dict[str, list[Row]]  # those of each list of parts, by its related name


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a kind's pages that other pages may show: it stands alone, with a heading of its own.

    The template gets `page`, `piece`, and what the kind's own template gets of the tree: `root`, and as `facts` what
    `context` returned.
    """

    label: Label
    template: str
    is_critical: bool = False  # whether it holds what Safety.critical_blocks are about
    shows_care: bool = False  # whether it shows signs by how urgent they are
    # What it shows of a tree, as JSON: where that is the same in two editions, pages that show it need no new look.
    content: Callable[[Node], Any] = whole_content


@dataclass(frozen=True, kw_only=True)
class Embedding:
    """What other pages may show of a kind's pages."""

    pieces: Mapping[str, Piece] = field(default_factory=dict)  # by name; names are stored in trees and never renamed
    # The template of what a link to one of its pages opens in place, without leaving the page; "" for an ordinary link.
    opens_in_place: str = ""
    opened_content: Callable[[Node], Any] = whole_content  # of what opens, as a piece's `content`


def no_context(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The list of a kind's pages."""

    template: str = "site/list.html"
    is_in_menu: bool = True  # whether every page leads to it; without, there is none
    per_page: int = 24
    # Whether its pages stand under a heading of their own among those about a topic, and keep their list above them.
    is_apart: bool = False
    has_medical_facts: bool = False  # that a reader may act on: then no row of it is older than the source
    # Of a title and its language: the letter that it stands under, "" for none, and what it is sorted by. Without, the
    # newest pages come first.
    place: Callable[[str, str], tuple[str, str]] | None = None
    version: int = 1  # raised when `place` comes to say something else: then the lists are made anew
    # What its template gets besides `items`, made from them.
    context: Callable[[list[dict[str, Any]]], dict[str, Any]] = no_context


def not_critical(_block: Node) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Safety:
    """What of a kind's pages readers act on, so that reviewers look there first."""

    fact_blocks: frozenset[str] = frozenset()  # types of blocks that hold facts about drugs and the like
    # Those among them of which a change may need more sign-offs, as emergency advice does: see SignOffPolicy.
    critical_blocks: frozenset[str] = frozenset()
    is_critical: Callable[[Node], bool] = not_critical  # of other blocks, whether a change of this one may need more
    critical_pages: frozenset[str] = frozenset()  # keys of pages on which every change is critical
    has_advice: bool = False  # of its own: then reviewers say themselves that a page has none, and no form does


@dataclass(frozen=True, kw_only=True)
class Attributes:
    """The attributes of a kind's own blocks, as the desk shows them."""

    labels: Mapping[str, Label] = field(default_factory=dict)
    values: Mapping[str, Mapping[Any, Label]] = field(default_factory=dict)  # by attribute: what its values are called
    # Those that name another block of the page: by attribute, what stands before its value in that block's id.
    block_ids: Mapping[str, str] = field(default_factory=dict)
    document_keys: frozenset[str] = frozenset()  # those that hold the key of another document


class Kind(ABC):
    """One kind of content. An instance is registered once; it holds no state."""

    # What every kind says.
    name: str  # stored in documents and trees; never renamed
    label: Label = _("page")
    label_plural: Label = _("pages")
    path: str = ""  # the part of the address after the language; "" for kinds without pages of their own
    template: str  # lays out the tree: gets `page` and `root`
    fields: ContentFields  # of a model that has `document`, a one-to-one primary key

    # What a kind may say besides.
    review_months: int = 12  # how often a page must be reviewed, unless its row says so itself
    written_with: Permission = Permission.WRITE  # what somebody needs to write it in the source language
    is_urgent: bool = False  # then one sign-off lets readers read it, whatever the policies ask
    shared_fields: tuple[RowFields, ...] = ()  # of its rows that several pages share, such as topics
    block_labels: Mapping[str, Label] = {}  # of types of blocks that are no rows of its own: what the desk calls them
    site_words: tuple[str, ...] = ()  # keys of the site words that its pages and pieces show
    part_headings: Mapping[str, PartHeading] = {}  # of types of a page's top blocks that have no heading of their own
    has_keys: bool = False  # whether the program finds pages of this kind by a key, which is no address
    also_called: tuple[str, ...] = ()  # lookups, from the model, of other names by which authors find a page
    attributes: Attributes = Attributes()
    listing: Listing = Listing()
    embedding: Embedding = Embedding()
    safety: Safety = Safety()

    @abstractmethod
    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        """The tree of a working copy in the source language, and what is wrong with it in the editor's words.

        The copy may be one that nobody saved: ask it for its rows and parts, never the database.
        """

    def clean_rows(self, copy: WorkingCopy, rows: Rows) -> Rows:
        """The typed rows of its lists in the form in which they are kept; `copy` has those that are saved."""
        return rows

    def save_blockers(self, copy: WorkingCopy, rows: Rows) -> Iterator[str]:
        """What stands in the way of saving what was typed: the content as `copy` has it, and the rows of its lists."""
        return iter(())

    @property
    def model(self) -> type[models.Model]:
        return self.fields.model

    def content(self, document: Document) -> models.Model:
        """The row of a page, read fresh from the database. Raises the model's DoesNotExist."""
        rows = find_instances(self.model, "document_id", [document.pk])
        if not rows:
            raise self.model.DoesNotExist(f"{document} has no content.")  # type: ignore[attr-defined]  # by Django
        return rows[0]

    def read_copy(self, document: Document) -> WorkingCopy:
        """The working copy as it is saved, read fresh from the database."""
        return WorkingCopy(document, self.content(document))

    def slots(self, copy: WorkingCopy) -> Iterator[Slot]:
        """Every place of translatable words; retired ones too, because their words are kept."""
        return self.own_slots(copy)

    def own_slots(self, copy: WorkingCopy) -> Iterator[Slot]:
        """Those in rows of its own: not of a topic or a figure, which several pages share."""
        yield from self.fields.slots(copy.row)
        for part in self.fields.parts:
            for row in copy.parts(part.related):
                yield from part.slots(row)

    def tree(self, root: Node) -> Tree:
        return Tree(self.name, settings.SOURCE_LANGUAGE, root)

    def block_type_labels(self) -> dict[str, Label]:
        """{type: what its blocks are called on the desk}"""
        return {table.block: table.label for table in [*self.fields.tables(), *self.shared_fields]} | dict(
            self.block_labels
        )

    def review_interval_months(self, copy: WorkingCopy) -> int:
        """How often a page must be reviewed, in months."""
        return getattr(copy.row, "review_interval_months", self.review_months)

    def parts(self, slots: Iterable[Slot], root: Node) -> Iterator[tuple[str, models.Model]]:
        """(node id, row) of the parts of a page: whose history tells who made what is new on it.

        `slots` are those of its working copy, `root` is what they make.
        """
        for slot in slots:
            yield slot.node_id, slot.row

    def makers(self, document: Document, node_ids: set[str]) -> Iterator[User]:
        """Users who made these blocks otherwise than by saving a row with a history; none may sign what is new."""
        return iter(())

    def rests_on(self, root: Node) -> Iterator[int]:
        """Keys of the documents whose facts its own blocks repeat, besides the pieces and links of any tree."""
        return iter(())

    def known_names(self) -> Iterable[KnownName]:
        """What texts call its pages, in all languages: a text that names one may rest on it without a link.

        Asked whenever an edition is frozen, so in a number of statements that does not depend on how many there are.
        """
        return ()

    def other_names(self, root: Node) -> Iterator[str]:
        """What else a signed page is called, as a drug by its brands: readers find it by these as by its title."""
        return iter(())

    def documents_about(self, topic: str) -> models.QuerySet[Any, Any] | None:
        """Keys of its documents that ever named this topic, by its key; None for a kind whose pages name none."""
        return None

    def schema_subject(self, root: Node) -> dict[str, Any]:
        """What a signed page is about, in terms of schema.org, of its tree alone; nothing where that has no type."""
        return {}

    def same_names(self, root: Node) -> Iterator[Iterable[str]]:
        """Groups of names that mean the same to who searches, each in the language of this signed tree."""
        names = list(dict.fromkeys([root.plain("title"), *self.other_names(root)]))
        if len(names) > 1:
            yield names

    def topics(self, root: Node) -> Mapping[str, str]:
        """{key: name} of the topics that a signed page says it is about, in the language of this tree."""
        return {}

    def changed_parts(self, record: Record) -> ChangedParts | None:
        """What a record of a page changes of it, as soon as it is shown: editions that show none of it may rest on it.

        None where nobody can tell: then it may be all.
        """
        return None

    def earlier_words(self, records: Sequence[Record]) -> list[EarlierWords]:
        """What was so before each of these records of its pages. A constant number of statements."""
        return [EarlierWords() for _record in records]

    def keyword_finder(self, is_naming: IsNaming) -> KeywordFinder | None:
        """What finds, in texts of pages of any kind, what its pages tell facts of without being named. Else None.

        Asked whenever an edition is frozen, so in a number of statements that does not depend on how many there are.
        """
        return None

    def changed_keywords(self, records: Iterable[Record]) -> ChangedKeywords:
        """Of which keywords records of one of its pages change the facts; also of one that is not saved yet.

        In a number of statements that does not depend on how many they are.
        """
        return ChangedKeywords()

    def check_facts(self, facts: Collection[str], day: date) -> dict[str, FactAnswer]:
        """What its pages' records say, on that day, of facts that texts assert, as they are written in their marks.

        A constant number of statements. Facts of which its pages tell nothing may be left out, or have a problem.
        """
        return {}

    def describe_answers(self, answers: Sequence[Answer]) -> list[str]:
        """Each in words, for people who work. A constant number of statements."""
        return ["" for _answer in answers]

    def suggest_facts(self, query: str, day: date) -> list[FactSuggestion]:
        """Facts that an author may mean by these letters, with what is so on that day."""
        return []

    def find_changer(self, document: Document, day: date) -> User | None:
        """Who vouches for the newest of its records that counts on that day, which changed by itself."""
        return None

    def urgent_news(self, record: Record) -> UrgentNews | None:
        """What a record of a page says that readers of all pages that rest on it must learn at once, if anything."""
        return None

    def is_grave(self, record: Record) -> bool:
        """Whether lives depend on what a record of a page, which is no release, changes where it is shown."""
        return False

    def repeated_content(self, root: Node) -> Any:
        """What pages that rest on this one repeat of it, as a piece's `content`."""
        return whole_content(root)

    def block_facts(self, root: Node) -> Mapping[BlockKey, Any]:
        """The facts of blocks that readers act on, as JSON: beside each, a translation says that the source's differ.

        Only asked of kinds that have Safety.critical_blocks.
        """
        return {}

    def withhold(self, root: Node, block_ids: Set[str]) -> Node:
        """The tree without these blocks and what stands in them, which readers see no more; with a mark of that.

        A kind that withholds blocks shows a placeholder where they stood.
        """
        return root

    def is_care(self, node: Node) -> bool:
        """Whether a block tells readers when to get help."""
        return bool(node.attrs.get("care"))

    def context(self, root: Node, at: datetime) -> dict[str, Any]:
        """What the kind's templates get besides `page`, `root` and `numbers`; made from the tree and the time alone."""
        return {}

    def is_page(self, root: Node) -> bool:
        """Whether an edition has a page of its own; without, its address leads nowhere."""
        return True

    def has_page(self, document: Document) -> bool:
        """Whether its working copy is a page of its own, to which links can lead."""
        return bool(self.path)

    def title(self, document: Document) -> str:
        """The working title in the source language, for lists on the desk."""
        return source_text(self.content(document), "title") or document.slug

    def words(self, copy: WorkingCopy, language: str) -> dict[Place, str | inline.Runs]:
        """The working words in one language; never another language's in their place."""
        words: dict[Place, str | inline.Runs] = {}
        for slot in self.slots(copy):
            words.update(slot.read(language))
        return words


_registry: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; its name and path must be its own. Raises ValueError otherwise."""
    for other in _registry.values():
        if other.name == kind.name or (kind.path and other.path == kind.path):
            raise ValueError(f"The kind {other.name!r} is registered under this name or path already.")
    _registry[kind.name] = kind
    if kind.path:
        name_path(kind.path, kind.name)


def kind_of(document: Document) -> Kind:
    return _registry[document.kind]


def all_kinds() -> list[Kind]:
    return list(_registry.values())


def kind_at(path: str) -> Kind | None:
    """The kind whose pages have this path."""
    return next((kind for kind in _registry.values() if kind.path and kind.path == path), None)


def kind_with_model(model: type[models.Model]) -> Kind:
    """The kind whose pages are rows of this model. Raises LookupError when there is none."""
    for kind in _registry.values():
        if kind.model is model:
            return kind
    raise LookupError(f"No kind of page has its words in {model.__name__}.")


def kind_named(name: str) -> Kind:
    """Raises KeyError for a name that is not registered."""
    return _registry[name]


def kind_label(name: str) -> str:
    """What pages of this kind are called, for people: its plural; "every kind" for ""."""
    if not name:
        return str(_("every kind"))
    return str(_registry[name].label_plural) if name in _registry else name
