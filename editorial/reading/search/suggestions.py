"""What readers are offered to search for while they type: titles, brands and plain words of signed pages alone."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db.models import F, Q

from .. import page_gate, verified_releases
from ..models import SearchEntry, SearchSuggestion
from . import analysis, spelling
from .indexed_words import suggested_texts

MOST_SUGGESTED = 8
_MOST_FOUND = 24  # rows that begin so
_MOST_BEGINNINGS = 12  # of a text
_LONGEST = 60  # characters of a beginning that are compared
_SHORTEST = 2  # letters that somebody has to type; of Chinese one says enough
_WHOLE, _INSIDE = 0, 1  # where in a text a beginning stands

Found = tuple[int, int, str]  # (document's key, release's key, text)


def keep(texts: Iterable[tuple[SearchEntry, Iterable[str]]]) -> None:
    """Keep what entries suggest, in the transaction that is open."""
    rows = (row for entry, suggested in texts for text in suggested for row in _rows(entry, text))
    SearchSuggestion.objects.bulk_create(rows, batch_size=500)


def find_suggestions(typed: str, language: str, at: datetime) -> list[str]:
    """At most MOST_SUGGESTED texts that go on from what was typed, those that begin with it first.

    Each stands in the language's signed and live words just now. In a number of statements that does not depend on how
    many pages there are. Raises CorruptEdition.
    """
    found = find_begun(analysis.beginning(typed, language), language, at) or _find_misspelt(typed, language, at)
    return _verify(found, language, at)[:MOST_SUGGESTED] if found else []


def find_begun(beginning: str, language: str, at: datetime) -> list[Found]:
    """What has these words at the beginning, as `analysis.beginning` writes them, then what has them inside. Neither
    the gate nor what was signed is asked.
    """
    beginning = beginning[:_LONGEST]
    if len(beginning) < _SHORTEST and not analysis.is_unspaced(beginning):
        return []
    found: dict[str, Found] = {}
    for place in (_WHOLE, _INSIDE):
        for row in _ask(beginning, language, at, place):
            found.setdefault(row[2].casefold(), row)
        if len(found) >= MOST_SUGGESTED:
            break
    return list(found.values())[: MOST_SUGGESTED * 2]


def _ask(beginning: str, language: str, at: datetime, place: int) -> Iterator[Found]:
    first = beginning.encode()
    live = Q(entry__shown_until__isnull=True) | Q(entry__shown_until__gt=at)
    rows = SearchSuggestion.objects.filter(
        live, language=language, place=place, beginning__gte=first, beginning__lt=first + b"\xff",
        entry__shown_from__lte=at,
    )  # fmt: skip
    asked = rows.order_by("beginning").values_list(F("entry__document"), F("entry__release"), "text")
    yield from asked[:_MOST_FOUND]


def _find_misspelt(typed: str, language: str, at: datetime) -> list[Found]:
    """What begins with the words that may have been meant."""
    words = list(analysis.find_words(typed, language, is_query=True))[: spelling.MOST_CORRECTED]
    meant = spelling.find_meant(spelling.find_unknown(words, language), language)
    if not meant:
        return []
    corrected = " ".join(meant[word.form][0][0] if word.form in meant else word.form for word in words)
    return find_begun(analysis.beginning(corrected, language), language, at)


def _verify(found: list[Found], language: str, at: datetime) -> list[str]:
    """The texts that the gate lets through and that the signed trees have."""
    result = page_gate.live_in_list({document for document, _release, _text in found}, language, at)
    live = {
        key: release for document, key, _text in found if (release := result.release(document, key))
    }  # fmt: skip
    signed = {
        release.release.pk: set(suggested_texts(release.tree))
        for release in verified_releases.filter_verified(list(live.values()))
    }
    return [text for _document, release, text in found if text in signed.get(release, ())]


def _rows(entry: SearchEntry, text: str) -> Iterator[SearchSuggestion]:
    whole = ""
    for beginning in dict.fromkeys(islice(analysis.beginnings(text, entry.language), _MOST_BEGINNINGS)):
        whole = whole or beginning
        place = _WHOLE if beginning == whole else _INSIDE
        yield SearchSuggestion(
            entry=entry,
            language=entry.language,
            place=place,
            beginning=beginning[:_LONGEST].encode(),
            text=text,
        )
