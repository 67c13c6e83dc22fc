"""Suggesting texts for the empty units of a page: what stands on it already, and what was signed for the very same.

A suggestion is kept beside the words and never among them: it is nobody's text until a person takes it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from editorial.accounts.models import User
from editorial.editions.blockers import refuse_if
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document, Edition, Release, UnitState
from editorial.editions.tree import inline
from editorial.editions.tree.units import Place, Unit, digest_words, find_units
from editorial.editions.working.copies import discarded_blockers, lock_document, refreshed_user, write_blockers

from ..models import SuggestedUnit
from ..tags import to_typed
from .adapting import adapt_text
from .likeness import EXACT
from .lookup import find_exact
from .texts import Words, digest_source, memory_form

FILLED = (UnitState.Origin.MEMORY, UnitState.Origin.REPEAT)


@dataclass(frozen=True, slots=True)
class FilledUnit:
    """A suggestion for an empty unit, as it would be typed; `edition` is the key of the one that it comes from."""

    text: str
    origin: UnitState.Origin
    edition: int | None = None


def suggest_repeats(document: Document, language: str, source: Edition) -> dict[Place, str]:
    """{place: text} of the empty units whose source stands at another place of the page, where a person confirmed it.

    The texts are as they would be typed. Of several, the one that stands on the page most often.
    """
    units = find_units(source.tree)
    return _find_repeats(units, _read_words(document, language), _read_states(document, language))


def fill_from_memory(document: Document, language: str, source: Edition, *, user: User) -> dict[Place, FilledUnit]:
    """Keep a suggestion beside each empty unit that has an exact one: repeated on the page, else from the memory.

    What was suggested so before and is not any more goes. Suggestions of other origin stay, as do all words; the
    version token is the same. Returns what is suggested now. Raises Blocked.
    """
    with transaction.atomic():
        document, user = lock_document(document), refreshed_user(user)
        refuse_if([*discarded_blockers(document), *write_blockers(user, language, document.kind)])
        words, states = _read_words(document, language), _read_states(document, language)
        units = find_units(source.tree)
        free = [
            unit
            for unit in units
            if not words.get(unit.place)
            and ((state := states.get(unit.place)) is None or not state.suggestion or state.origin in FILLED)
        ]
        repeats = _find_repeats(units, words, states)
        filled = {place: FilledUnit(text, UnitState.Origin.REPEAT) for place, text in repeats.items()}
        asked = [unit for unit in free if unit.place not in filled]
        exact = find_exact([unit.source for unit in asked], language)
        for unit in asked:
            if suggestion := exact.get(digest_source(unit.source)):
                text = to_typed(suggestion.text.words, unit)
                filled[unit.place] = FilledUnit(text, UnitState.Origin.MEMORY, suggestion.edition.pk)
        places = {unit.place for unit in free}
        filled = {place: suggested for place, suggested in filled.items() if place in places}
        _clear(states, filled.keys())
        _keep(document, language, filled)
    return filled


def find_suggested_units(document: Document, language: str) -> dict[Place, UnitState]:
    """{place: state} of the units that have a suggestion, but for what comes from an edition that is live no more."""
    live = Release.objects.live(timezone.now()).filter(edition=OuterRef("suggested_from"))
    states = UnitState.objects.filter(document=document, language=language).exclude(suggestion="")
    return {(state.node_id, state.word): state for state in states.filter(Q(suggested_from=None) | Q(Exists(live)))}


def _read_words(document: Document, language: str) -> dict[Place, Words]:
    kind = kind_of(document)
    slots = kind.slots(kind.read_copy(document))
    return {place: words for slot in slots for place, words in slot.read(language).items()}


def _read_states(document: Document, language: str) -> dict[Place, UnitState]:
    states = UnitState.objects.filter(document=document, language=language)
    return {(state.node_id, state.word): state for state in states}


def _find_repeats(
    units: Collection[Unit], words: Mapping[Place, Words], states: Mapping[Place, UnitState]
) -> dict[Place, str]:
    confirmed: dict[bytes, dict[str, list[tuple[Unit, Words]]]] = {}
    for unit in units:
        target, state = words.get(unit.place), states.get(unit.place)
        if target and state and _is_confirmed(unit, target, state):
            by_text = confirmed.setdefault(digest_source(unit.source), {})
            by_text.setdefault(digest_words(memory_form(target)), []).append((unit, target))
    repeats = {}
    for unit in units:
        if not words.get(unit.place) and (found := confirmed.get(digest_source(unit.source))):
            other, target = max(found.values(), key=len)[0]
            repeats[unit.place] = to_typed(adapt_text(target, other.source, unit.source).words, unit)
    return repeats


def _is_confirmed(unit: Unit, target: Words, state: UnitState) -> bool:
    """Whether a person said that just these words are right for just this source."""
    known = ("", digest_words(target), digest_words(inline.comparable(target)))
    return unit.is_of(state.source_digest) and not state.needs_work and state.target_digest in known


def _clear(states: Mapping[Place, UnitState], kept: Collection[Place]) -> None:
    """Take back what this service suggested before, but at these places."""
    gone = [
        state.pk
        for place, state in states.items()
        if state.suggestion and state.origin in FILLED and state.likeness == EXACT and place not in kept
    ]
    SuggestedUnit.objects.filter(state__in=gone).delete()
    UnitState.objects.filter(pk__in=gone).update(suggestion="", suggested_from=None, likeness=None)


def _keep(document: Document, language: str, filled: Mapping[Place, FilledUnit]) -> None:
    UnitState.objects.bulk_create(
        (
            UnitState(
                document=document, language=language, node_id=node_id, word=word, suggestion=suggested.text,
                suggested_from_id=suggested.edition, likeness=EXACT, origin=suggested.origin,
            )
            for (node_id, word), suggested in filled.items()
        ),
        update_conflicts=True,
        update_fields=["suggestion", "suggested_from", "likeness", "origin"],
        unique_fields=["document", "language", "node_id", "word"],
    )  # fmt: skip
    states = _read_states(document, language)
    SuggestedUnit.objects.filter(state__in=[states[place].pk for place in filled]).delete()
    SuggestedUnit.objects.bulk_create(
        SuggestedUnit(state=states[place], edition_id=suggested.edition)
        for place, suggested in filled.items()
        if suggested.edition
    )
