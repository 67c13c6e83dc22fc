"""Saving one unit of a translation, and what becomes of it. Services: they lock, ask who may, and refuse with reasons.

A unit is saved over what its translator had open: its words then (`was`) and the source edition that stood beside it.
What changed meanwhile is shown, and the save stays refused until the person has said that they read it (decision 0106).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.editions import freezing
from editorial.editions.blockers import Blocked, refuse_if
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document, Edition, UnitState
from editorial.editions.models.documents import target_digest
from editorial.editions.tree import bounds, inline
from editorial.editions.tree.units import Place, Unit, find_units
from editorial.editions.working.copies import editing, lock_document, refreshed_user, write_blockers
from editorial.editions.working.translated_words import write_translation
from editorial.editions.working.unit_states import UnitNote, mark_needs_work, suggest, unit_states

from .memory.fill import fill_empty_units
from .tags import read_typed

Words = Mapping[Place, str | inline.Runs]


@dataclass(frozen=True, slots=True)
class OpenedUnit:
    """What a translator had before them: the digest of the unit's words, "" for none, and the source's number.

    What changed since was read where its number is `read_source`, and its digest `read_words`.
    """

    place: Place
    was: str
    source: int
    read_source: int = 0
    read_words: str = ""


class SourceMoved(Blocked):
    """The source of a unit has other words, or none, in the edition that was signed since: `old` and `new`."""

    def __init__(self, source: Edition, old: Unit | None, new: Unit | None):
        self.source, self.old, self.new = source, old, new
        super().__init__([_("The source of this text changed after you opened it. Read what changed, and say so.")])


class UnitChanged(Blocked):
    """Somebody else saved other words for this unit meanwhile."""

    def __init__(self, words: str | inline.Runs, state: UnitState | None, user: User):
        self.words, self.digest = words, words_digest(words)
        self.is_own = bool(state and state.user_id == user.pk)
        self.name = state.user_name if state else ""
        message = _("%(name)s saved other words for this text after you opened it. Nothing was overwritten.")
        own = _("You saved other words for this text in another tab. Nothing was overwritten.")
        super().__init__([own if self.is_own else message % {"name": self.name or "?"}])


def words_digest(words: str | inline.Runs) -> str:
    """What a form carries of the words that it was opened with; "" of none."""
    return target_digest(words) if words else ""


def save_unit(
    document: Document,
    language: str,
    opened: OpenedUnit,
    typed: str,
    *,
    user: User,
    is_correct: bool = False,
    needs_work: bool = False,
    taken: str = "",
) -> bool:
    """Save what was typed for one unit: text, or HTML where it is rich. False where there was nothing to save.

    `is_correct` says so of words that were not changed; `needs_work`, that they are not finished. `taken` is a whole
    text that was offered and taken: the words are from there while they are the same. Raises Blocked, SourceMoved or
    UnitChanged; nothing was changed then.
    """
    refuse_if(bounds.text_blockers(typed))
    with transaction.atomic():
        document, user = lock_document(document), refreshed_user(user)
        refuse_if(write_blockers(user, language, document.kind))
        source = _signed_source(document)
        unit = _find_unit(document, source, opened)
        words, states = _read_words(document, language), unit_states(document, language)
        now, state = words.get(unit.place, ""), states.get(unit.place)
        new = read_typed(typed, unit)
        is_changed = words_digest(new) != opened.was and not is_same(new, now)
        is_stale = words_digest(now) not in (opened.was, opened.read_words)
        if is_stale and not is_same(new, now) and (is_changed or is_correct):
            raise UnitChanged(now, state, user)
        if is_changed:
            write_translation(
                document, language, {unit.place: typed}, source=source, user=user, token=None, reason=_("translated"),
                origin=_origin(typed, taken, unit, state), needs_work=[unit.place] if needs_work else (),
                checked=[unit.place] if is_correct else (),
            )  # fmt: skip
        elif is_correct and now:
            write_translation(
                document, language, {}, source=source, user=user, token=None, checked=[unit.place],
                reason=_("translated"), origin=state.origin if state else UnitState.Origin.PERSON,
            )  # fmt: skip
        elif not (needs_work and mark_needs_work(UnitNote(document, language, source, user), unit.place, words)):
            return False
        fill_empty_units(document, language, source, _read_words(document, language))
        return True


def drop_suggestion(document: Document, language: str, place: Place, *, user: User) -> None:
    """Take a suggestion away that is of no use. Raises Blocked."""
    with editing(document, language, user=user, token=None) as copy:
        copy.is_changed = False  # nobody's words changed
        suggest(UnitNote(copy.document, language, _signed_source(copy.document), user), {place: ""})


def find_source(document: Document, number: int, at: Edition) -> Edition | None:
    """The source edition of this number; `at` is the signed one, which may be it."""
    if at.number == number:
        return at
    return Edition.objects.filter(document=document, language=at.language, number=number).first()


def _find_unit(document: Document, source: Edition, opened: OpenedUnit) -> Unit:
    unit = unit_at(source, opened.place)
    if opened.source != source.number and (unit is None or opened.read_source != source.number):
        before = find_source(document, opened.source, source)
        old = unit_at(before, opened.place) if before else None
        if unit is None or old is None or not unit.is_of(old.digest):
            raise SourceMoved(source, old, unit)
    if unit is None:
        raise SourceMoved(source, None, None)
    return unit


def unit_at(source: Edition, place: Place) -> Unit | None:
    return next((unit for unit in find_units(source.tree) if unit.place == place), None)


def _signed_source(document: Document) -> Edition:
    source = freezing.find_signed_source(document)
    if source is None:
        raise Blocked([_("The source page has no live edition yet. You can translate it once it has one.")])
    return source


def _read_words(document: Document, language: str) -> Words:
    kind = kind_of(document)
    return kind.words(kind.read_copy(document), language)


def is_same(one: str | inline.Runs, other: str | inline.Runs) -> bool:
    """Whether nobody reads a difference between two texts."""
    return inline.comparable(one) == inline.comparable(other)


def _origin(typed: str, taken: str, unit: Unit, state: UnitState | None) -> str:
    if state and state.suggestion and is_same(read_typed(state.suggestion, unit), read_typed(typed, unit)):
        return state.origin
    if taken and is_same(read_typed(taken, unit), read_typed(typed, unit)):
        return UnitState.Origin.MEMORY
    return UnitState.Origin.PERSON
