"""What is known of translated units besides their words: which source they were checked against, by whom, whence.

The words stand in the columns alone (decision 0105). A row tells by a digest whether they still are those that it is
about, so that a column which was changed by another way is seen.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from editorial.accounts.models import User

from ..models import Document, Edition, UnitState
from ..models.documents import target_digest
from ..tree import inline
from ..tree.units import Place

Words = Mapping[Place, str | inline.Runs]


@dataclass(frozen=True, slots=True)
class UnitNote:
    """What a save says of each unit that it writes: from which signed source, by whom, and where the words are from."""

    document: Document
    language: str
    source: Edition
    user: User
    origin: str = UnitState.Origin.PERSON


def unit_states(document: Document, language: str) -> dict[Place, UnitState]:
    """{place: what is known of it}"""
    rows = UnitState.objects.filter(document=document, language=language)
    return {(state.node_id, state.word): state for state in rows}


def mark_units_checked(
    note: UnitNote, digests: Mapping[Place, str], words: Words, needs_work: Collection[Place] = ()
) -> bool:
    """Note that these units were checked against the source words with these digests: {place: digest}.

    `words` are those that the columns hold now. A suggestion for them is answered by that. False where all of that was
    known.
    """
    known = unit_states(note.document, note.language) if digests else {}
    news = {}
    for place, digest in digests.items():
        state = known.get(place) or _new_state(note, place)
        is_known = state.source_digest == digest and state.needs_work == (place in needs_work)
        if place in known and is_known and state.is_of(words.get(place, "")) and not state.suggestion:
            continue
        state.source_digest, state.source_edition = digest, note.source
        state.needs_work = place in needs_work
        state.suggestion, state.suggested_from, state.likeness = "", None, None
        news[place] = state
    _write_states(_told_by(note, news, words))
    return bool(news)


def keep_target_digests(note: UnitNote, before: Words, words: Words) -> None:
    """Where only spaces changed, what was known of the words holds for what they are now: {place: what they were}."""
    known = unit_states(note.document, note.language) if before else {}
    same = {place: state for place, state in known.items() if place in before and state.is_of(before[place])}
    for place, state in same.items():
        state.target_digest = target_digest(words.get(place, "")) if state.target_digest else ""
    _write_states(same.values())


def mark_needs_work(note: UnitNote, place: Place, words: Words) -> bool:
    """Note that somebody could not finish this unit. False where that was known."""
    state = unit_states(note.document, note.language).get(place) or _new_state(note, place)
    if state.needs_work:
        return False
    state.needs_work = True
    if state.is_of(words.get(place, "")):
        _write_states(_told_by(note, {place: state}, words))
    else:  # it stays to be seen that the column was changed by another way
        _write_states([state])
    return True


def suggest(note: UnitNote, suggestions: Mapping[Place, str], *, likeness: int | None = None) -> None:
    """Keep texts, as they would be typed, for units that nobody translated yet; "" takes one back."""
    known = unit_states(note.document, note.language) if suggestions else {}
    news = []
    for place, text in suggestions.items():
        state = known.get(place) or _new_state(note, place)
        if state.suggestion == text:
            continue
        state.suggestion, state.likeness, state.suggested_from = text, likeness if text else None, None
        state.origin = note.origin if text else state.origin  # where what was dropped came from
        news.append(state)
    _write_states(news)


def _new_state(note: UnitNote, place: Place) -> UnitState:
    return UnitState(document=note.document, language=note.language, node_id=place[0], word=place[1])


def _told_by(note: UnitNote, states: Mapping[Place, UnitState], words: Words) -> list[UnitState]:
    now = timezone.now()
    for place, state in states.items():
        state.target_digest = target_digest(words.get(place, ""))
        state.origin, state.user, state.user_name, state.changed_at = note.origin, note.user, note.user.name, now
    return list(states.values())


def _write_states(states: Iterable[UnitState]) -> None:
    rows = list(states)
    if not rows:
        return
    for state in rows:
        state.pk = None  # told apart by its place
    UnitState.objects.bulk_create(
        rows,
        update_conflicts=True,
        update_fields=[
            "source_digest", "source_edition", "target_digest", "needs_work", "origin", "user", "user_name",
            "changed_at", "suggestion", "suggested_from", "likeness",
        ],
        unique_fields=["document", "language", "node_id", "word"],
    )  # fmt: skip
