"""Who wrote which words, told from the history of the rows that hold them."""

from collections.abc import Mapping

from editorial.accounts.models import User

from ..fields import Slot
from ..tree import inline
from ..tree.units import Place, digest_words
from .row_history import history_of


def find_writers(slot: Slot, language: str, signed: Mapping[Place, str | inline.Runs | None]) -> list[User]:
    """Users whose words stand at these places now and did not when the places were last signed.

    `signed` maps each place to the words that were signed there, or None where nothing was: then everyone who had a
    hand in the words at that place counts. An earlier text that comes back comes back with those who wrote it.
    """
    if not (signed.keys() & slot.read(language).keys()):
        return []
    name = slot.column(language)
    writers: dict[Place, dict[int, User]] = {place: {} for place in signed}
    texts: dict[Place, dict[str, dict[int, User]]] = {place: {} for place in signed}
    before: dict[Place, str | inline.Runs] = {}
    for past in history_of(slot.row).order_by("history_id").select_related("history_user"):
        words = slot.parse(getattr(past, name) or "")
        for place, known in signed.items():
            if words.get(place) == before.get(place):
                continue
            if known is not None and words.get(place) == known:
                writers[place] = {}  # signed words again: what was written in between is gone
                continue
            text = digest_words(words.get(place, ""))
            writers[place] = {
                **texts[place].get(text, writers[place]),
                past.history_user_id: past.history_user,
            }
            texts[place][text] = writers[place]
        before = words
    return list({pk: user for hands in writers.values() for pk, user in hands.items()}.values())
