"""The units of a page as the editor lists them: where each stands, what became of it, and which are to do."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import FieldDoesNotExist
from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editorial.editions.freezing import NEEDS_WORK
from editorial.editions.kinds import Kind
from editorial.editions.labels import block_label, cell_labels
from editorial.editions.models import Edition, UnitState
from editorial.editions.section_names import SEPARATOR, name_sections
from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.tree.units import Place, Unit, find_units

WINDOW = 60  # rows of the list that are rendered, around the open one


class State(TextChoices):
    EMPTY = "empty", gettext_lazy("empty")
    SUGGESTED = "suggested", gettext_lazy("suggested")
    NEEDS_WORK = "needs-work", gettext_lazy("needs work")
    STALE = "stale", gettext_lazy("to check again")
    TRANSLATED = "translated", pgettext_lazy("text", "translated")
    CHECKED = "checked", gettext_lazy("signed")


DONE = (State.TRANSLATED, State.CHECKED)


class Filter(TextChoices):
    TO_DO = "todo", gettext_lazy("To do")
    STALE = "stale", pgettext_lazy("texts", "Changed")
    WARNED = "warned", pgettext_lazy("texts", "Warned")
    ALL = "all", gettext_lazy("All")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in the list. `why` says why its words are not ready, as `freezing.why_unchecked` does."""

    unit: Unit
    where: str  # "Side effects › item 2 of 5"
    state: State
    why: str = ""
    is_warned: bool = False
    has_remark: bool = False

    @property
    def key(self) -> str:
        """As addresses and forms name it."""
        return ".".join(self.unit.place)

    @property
    def is_to_do(self) -> bool:
        return self.state not in DONE

    @property
    def start(self) -> str:
        """How its source begins."""
        text = inline.plain(self.unit.source)
        return text if len(text) <= 40 else f"{text[:39]}…"

    def is_in(self, shown: str) -> bool:
        if shown == Filter.STALE:
            return self.state == State.STALE
        if shown == Filter.WARNED:
            return self.is_warned
        return self.is_to_do if shown == Filter.TO_DO else True


def build_rows(
    kind: Kind,
    tree: Tree,
    words: Mapping[Place, str | inline.Runs],
    states: Mapping[Place, UnitState],
    unchecked: Mapping[Place, str],
    signed: Edition | None,
    remarked: Collection[str] = (),
) -> list[UnitRow]:
    """A row for each unit of the signed source `tree`, in reading order.

    `signed` is the translation that was signed last; `remarked` are ids of blocks with an open remark that nobody
    called done.
    """
    signed_words = {unit.place: unit.source for unit in find_units(signed.tree)} if signed else {}
    signed_source = signed.source_edition if signed else None
    signed_units = {unit.place: unit for unit in find_units(signed_source.tree)} if signed_source else {}
    places = dict(name_units(kind, tree))

    def state_of(unit: Unit) -> State:
        place, why = unit.place, unchecked.get(unit.place)
        if place not in words:
            state = states.get(place)
            return State.SUGGESTED if state and state.suggestion else State.EMPTY
        if why:
            return State.NEEDS_WORK if why == NEEDS_WORK else State.STALE
        # Signed is that these words say what this source says: not that they said what an earlier one did.
        was = signed_units.get(place)
        is_signed = was is not None and unit.is_of(was.digest)
        is_signed = is_signed and inline.comparable(signed_words.get(place, "")) == inline.comparable(words[place])
        return State.CHECKED if is_signed else State.TRANSLATED

    return [
        UnitRow(
            unit,
            places[unit.place],
            state_of(unit),
            unchecked.get(unit.place, "") if unit.place in words else "",
            has_remark=unit.node.id in remarked,
        )
        for unit in find_units(tree)
    ]


def with_warnings(rows: Sequence[UnitRow], warned: Collection[Place]) -> list[UnitRow]:
    """The rows, where those with words are marked of which some check has something to say.

    `warned` are the places that findings point at; with the name "", all words of a block.
    """

    def is_warned(row: UnitRow) -> bool:
        has_words = row.state not in (State.EMPTY, State.SUGGESTED)
        return has_words and (row.unit.place in warned or (row.unit.node.id, "") in warned)

    return [replace(row, is_warned=is_warned(row)) for row in rows]


def count_rows(rows: Sequence[UnitRow]) -> dict[str, int]:
    """{filter: how many rows it shows}"""
    return {shown: sum(row.is_in(shown) for row in rows) for shown in Filter.values}


def next_to_do(rows: Sequence[UnitRow], after: Place | None) -> UnitRow | None:
    """The next unit to do after a place, from the beginning again where there is none; None where all are done."""
    here = next((number for number, row in enumerate(rows) if row.unit.place == after), -1)
    order = [*rows[here + 1 :], *rows[: max(here, 0)]]
    return next((row for row in order if row.is_to_do), None)


def window_of(
    rows: Sequence[UnitRow], shown: str, opened: UnitRow
) -> tuple[list[UnitRow], UnitRow | None, UnitRow | None]:
    """(the rows that a filter shows around the open one, one before and one after them to go on from).

    The open one is among them, whatever the filter says.
    """
    listed = [row for row in rows if row.is_in(shown) or row is opened]
    here = listed.index(opened)
    first = max(0, min(here - WINDOW // 2, len(listed) - WINDOW))
    window = listed[first : first + WINDOW]
    before = listed[first - 1] if first else None
    after = listed[first + WINDOW] if first + WINDOW < len(listed) else None
    return window, before, after


def name_units(kind: Kind, tree: Tree) -> Iterator[tuple[Place, str]]:
    """(place, where it is in words) of each unit of a tree."""
    sections, cells = name_sections(kind, tree), cell_labels(tree.walk())
    ordinals = dict(_ordinals(tree.root))
    for unit in find_units(tree):
        node = unit.node
        label = cells.get(node.id) or _word_label(kind, unit)
        number, count = ordinals.get(node.id, (1, 1))
        if count > 1 and node.id not in cells:
            label = _("%(block)s %(number)d of %(count)d") % {"block": label, "number": number, "count": count}
        path = [heading for heading in sections.get(node.id, ()) if heading != unit.source]
        yield unit.place, SEPARATOR.join([*path, label])


def _word_label(kind: Kind, unit: Unit) -> str:
    """What the text is called: the name of its field, where its block has several."""
    if len(unit.node.words) < 2:
        return block_label(kind, unit.node)
    for table in kind.fields.tables():
        if table.block == unit.node.type and unit.place[1] in table.words:
            try:
                return capfirst(str(table.model._meta.get_field(unit.place[1]).verbose_name))  # type: ignore[union-attr]
            except FieldDoesNotExist:
                break
    return block_label(kind, unit.node)


def _ordinals(node: Node) -> Iterator[tuple[str, tuple[int, int]]]:
    """(id of a block, (its number, how many there are)) among its like in one block."""
    counts, numbers = Counter(child.type for child in node.children), Counter[str]()
    for child in node.children:
        numbers[child.type] += 1
        yield child.id, (numbers[child.type], counts[child.type])
        yield from _ordinals(child)
