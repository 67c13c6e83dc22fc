"""Suggesting texts for the empty units of a page: what stands on it already, and what was signed for the very same.

A suggestion is kept beside the words and never among them: it is nobody's text until a person takes it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from editorial.accounts.models import User
from editorial.editions.blockers import refuse_if
from editorial.editions.freezing import why_unchecked
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document, Edition, Release, UnitState
from editorial.editions.tree.units import Place, Unit, digest_words, find_units
from editorial.editions.working.copies import discarded_blockers, lock_document, refreshed_user, write_blockers
from editorial.editions.working.unit_states import unit_states

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


def fill_from_memory(document: Document, language: str, source: Edition, *, user: User) -> dict[Place, FilledUnit]:
    """Keep a suggestion beside each empty unit that has an exact one: repeated on the page, else from the memory.

    What was suggested so before and is not any more goes. Suggestions of other origin stay, what a translator dropped
    is not offered again, and all words stay; the version token is the same. Returns what is suggested now. Raises
    Blocked.
    """
    with transaction.atomic():
        document, user = lock_document(document), refreshed_user(user)
        refuse_if([*discarded_blockers(document), *write_blockers(user, language, document.kind)])
        kind = kind_of(document)
        return fill_empty_units(document, language, source, kind.words(kind.read_copy(document), language))


def fill_empty_units(
    document: Document, language: str, source: Edition, words: Mapping[Place, Words]
) -> dict[Place, FilledUnit]:
    """The same by whoever holds the lock on the document and may write; `words` are those of the working copy."""
    states = unit_states(document, language)
    units = find_units(source.tree)
    free = [unit for unit in units if not words.get(unit.place) and _takes_suggestions(states.get(unit.place))]
    if not free:
        return {}
    repeats = _find_repeats(units, words, why_unchecked(document, language, source, words))
    filled = {
        unit.place: FilledUnit(repeats[unit.place], UnitState.Origin.REPEAT) for unit in free if unit.place in repeats
    }
    asked = [unit for unit in free if unit.place not in filled]
    exact = find_exact([unit.source for unit in asked], language)
    for unit in asked:
        if suggestion := exact.get(digest_source(unit.source)):
            text = to_typed(suggestion.text.words, unit)
            filled[unit.place] = FilledUnit(text, UnitState.Origin.MEMORY, suggestion.edition.pk)
    _clear(states, filled.keys())
    _keep(document, language, filled)
    return filled


def find_suggested_units(states: Mapping[Place, UnitState]) -> set[Place]:
    """The places of the units that have a suggestion, but for what comes from an edition that is live no more."""
    suggested = {place: state for place, state in states.items() if state.suggestion}
    editions = {state.suggested_from_id for state in suggested.values()} - {None}
    live: set[int | None] = {None}
    if editions:
        live |= set(Release.objects.live(timezone.now()).filter(edition__in=editions).values_list("edition", flat=True))
    return {place for place, state in suggested.items() if state.suggested_from_id in live}


def _takes_suggestions(state: UnitState | None) -> bool:
    """Whether nothing of another origin is suggested, and no translator dropped what was."""
    return state is None or (state.origin in FILLED) == bool(state.suggestion)


def _find_repeats(
    units: Collection[Unit], words: Mapping[Place, Words], unchecked: Collection[Place]
) -> dict[Place, str]:
    """{place: text} of empty units whose source stands at another place of the page, where a person confirmed it.

    The texts are as they would be typed. Of several, the one that stands on the page most often.
    """
    confirmed: dict[bytes, dict[str, list[tuple[Unit, Words]]]] = {}
    for unit in units:
        target = words.get(unit.place)
        if target and unit.place not in unchecked:
            by_text = confirmed.setdefault(digest_source(unit.source), {})
            by_text.setdefault(digest_words(memory_form(target)), []).append((unit, target))
    repeats = {}
    for unit in units:
        if not words.get(unit.place) and (found := confirmed.get(digest_source(unit.source))):
            other, target = max(found.values(), key=len)[0]
            repeats[unit.place] = to_typed(adapt_text(target, other.source, unit.source).words, unit)
    return repeats


def _clear(states: Mapping[Place, UnitState], kept: Collection[Place]) -> None:
    """Take back what this service suggested before, but at these places."""
    gone = [
        state.pk
        for place, state in states.items()
        if state.suggestion and state.origin in FILLED and state.likeness == EXACT and place not in kept
    ]
    SuggestedUnit.objects.filter(state__in=gone).delete()
    # Not as if a translator had dropped it.
    unsaid = {"suggestion": "", "suggested_from": None, "likeness": None, "origin": UnitState.Origin.PERSON}
    UnitState.objects.filter(pk__in=gone).update(**unsaid)


def _keep(document: Document, language: str, filled: Mapping[Place, FilledUnit]) -> None:
    if not filled:
        return
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
    states = unit_states(document, language)
    SuggestedUnit.objects.filter(state__in=[states[place].pk for place in filled]).delete()
    SuggestedUnit.objects.bulk_create(
        SuggestedUnit(state=states[place], edition_id=suggested.edition)
        for place, suggested in filled.items()
        if suggested.edition
    )
