"""Counting who translated how much, once, when a translation is submitted: see decision 0114.

Words are counted as `count_words` does: what stands between spaces, and Chinese by character.
"""

from collections import defaultdict

from django.utils import timezone

from editorial.checks.checked_pages import count_words
from editorial.editions.models import CorruptEdition, Edition, UnitState
from editorial.editions.tree import inline
from editorial.editions.tree.nodes import UnreadableTree
from editorial.editions.tree.units import Place, Unit, find_units

from ..models import TranslatedWords


def count_translation(edition: Edition) -> None:
    """Count what is new in a translation that was just frozen, by who translated it and where it came from.

    New are units that say something else than in the newest edition before it in this language. Of a unit of which
    nobody is known, it is who submitted it. Two statements for any number of units, and two for an edition before it.
    """
    if edition.source_edition is None:
        return
    source = {unit.place: unit for unit in find_units(edition.source_edition.tree)}
    before = _words_before(edition)
    known = {
        (state.node_id, state.word): state
        for state in UnitState.objects.filter(document=edition.document_id, language=edition.language)
    }
    names = {edition.recorded_by_id: edition.recorded_by_name}
    counts: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for unit in find_units(edition.tree):
        if unit.place not in source or before.get(unit.place) == unit.digest:
            continue
        state = known.get(unit.place)
        person = edition.recorded_by_id
        if state and state.user_id:
            person = state.user_id
            names[person] = state.user_name
        count = counts[person, state.origin if state else UnitState.Origin.PERSON]
        for number, value in enumerate((1, _count(source[unit.place]), _count(unit))):
            count[number] += value
    month = timezone.localtime(edition.recorded_at).date().replace(day=1)
    TranslatedWords.objects.bulk_create(
        TranslatedWords(
            edition=edition, user_id=user, user_name=names[user], language=edition.language, month=month,
            origin=origin, units=units, words=words, target_words=target_words,
        )
        for (user, origin), (units, words, target_words) in counts.items()
    )  # fmt: skip


def _count(unit: Unit) -> int:
    return count_words(inline.plain(unit.source))


def _words_before(edition: Edition) -> dict[Place, str]:
    """{place: digest of the words} of the newest edition before it in its language. Nothing where it is corrupt."""
    older = Edition.objects.filter(
        document=edition.document_id, language=edition.language, number__lt=edition.number
    ).order_by("-number")
    previous = older.first()
    if previous is None:
        return {}
    try:
        return {unit.place: unit.digest for unit in find_units(previous.tree)}
    except (CorruptEdition, UnreadableTree):
        return {}
