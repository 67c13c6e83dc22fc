"""What somebody may have meant: words of the index's own that are spelled almost like theirs."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from editorial.editions.compiled_questions import LANGUAGE, NAMES, find_rows

from ..models import SearchSpelling, SearchWord
from . import analysis

MOST_CANDIDATES = 400  # words that begin alike
MOST_MEANT = 3
MOST_CORRECTED = 4  # words of what was typed
_BEGINNING = 6  # letters, of which one may be wrong; what comes after is compared word by word
_BEGUN = (4, 5)  # letters by which a word is found before it is finished, besides its beginning
_LONG = 8  # letters from which two may be wrong


def keep_words(forms: Mapping[str, str], language: str) -> None:
    """Know these words, {as written: stem}, of a language."""
    wanted = sorted(form for form in forms if analysis.is_lettered(form))
    known: set[str] = set()
    for start in range(0, len(wanted), 512):
        known.update(form for [form] in find_rows(_ask_known, language=language, keys=wanted[start : start + 512]))
    # In their order, so that two who add the same ones wait for each other in turn.
    new = [SearchWord(language=language, form=form, stem=forms[form]) for form in wanted if form not in known]
    if not new:
        return
    SearchWord.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    keys: dict[str, int] = {}
    for start in range(0, len(new), 500):
        part = SearchWord.objects.filter(language=language, form__in=[word.form for word in new[start : start + 500]])
        keys.update(part.values_list("form", "pk"))
    SearchSpelling.objects.bulk_create(
        [
            SearchSpelling(word_id=keys[word.form], language=language, beginning=beginning)
            for word in new
            if analysis.is_spelled(word.form)
            for beginning in sorted(beginnings(word.form) | {word.form[:length] for length in _BEGUN})
        ],
        batch_size=500,
    )


def _ask_known() -> QuerySet[SearchWord, Any]:
    return SearchWord.objects.filter(language=LANGUAGE, form__in=[NAMES]).order_by().values_list("form")


def find_unknown(words: Collection[analysis.Word], language: str) -> list[analysis.Word]:
    """Those that no page has in any form, and that may be misspelt or not finished. One statement."""
    asked = [word for word in words if analysis.is_spelled(word.form)]
    if not asked:
        return []
    known = {stem for [stem] in find_rows(_ask_stems, language=language, keys=sorted({word.stem for word in asked}))}
    return [word for word in asked if word.stem not in known]


def find_meant(words: Collection[analysis.Word], language: str) -> dict[str, list[tuple[str, str]]]:
    """{misspelt word: (word, its stem) of those nearest to it, the nearest first}. At most five statements."""
    if not words:
        return {}
    meant: dict[str, list[tuple[str, str]]] = {}
    for word in list(words)[:MOST_CORRECTED]:
        if completed := _find_completed(word.form, language):
            meant[word.form] = completed
    rest = [word.form for word in list(words)[:MOST_CORRECTED] if word.form not in meant]
    if not rest:
        return meant
    begun = sorted(set().union(*map(beginnings, rest)))
    candidates = {(form, stem) for form, stem, _word in find_rows(_ask_begun, language=language, keys=begun)}
    for form in rest:
        most = 2 if len(form) >= _LONG else 1
        near = sorted(
            (distance(form, other, most), other, stem) for other, stem in candidates if _may_mean(form, other)
        )
        near = [found for found in near if found[0] <= most]
        meant[form] = [(other, stem) for far, other, stem in near if far == near[0][0]][:MOST_MEANT]
    return {form: found for form, found in meant.items() if found}


def beginnings(form: str) -> set[str]:
    """The beginning of a word, and the same without each of its letters."""
    start = form[:_BEGINNING]
    return {start, *(start[:place] + start[place + 1 :] for place in range(len(start)))}


def distance(one: str, other: str, most: int) -> int:
    """How many letters are added, left out, changed or swapped with the next; `most` + 1 for any more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        next_row = [place]
        for index, wanted in enumerate(other, 1):
            cost = min(row[index] + 1, next_row[-1] + 1, row[index - 1] + (letter != wanted))
            if place > 1 and index > 1 and letter == other[index - 2] and one[place - 2] == wanted:
                cost = min(cost, before[index - 2] + 1)
            next_row.append(cost)
        if min(next_row) > most:
            return most + 1
        before, row = row, next_row
    return min(row[-1], most + 1)


def _may_mean(form: str, other: str) -> bool:
    """Few people miss the first letter, and short words differ in little else."""
    return len(form) >= _LONG or form[0] == other[0]


def _find_completed(form: str, language: str) -> list[tuple[str, str]]:
    """Words that begin so, the shortest first."""
    begun = find_rows(_ask_begun, language=language, keys=[form[:_BEGINNING]])
    found = {(word, stem) for word, stem, _key in begun if word.startswith(form)}
    return sorted(found, key=lambda pair: (len(pair[0]), pair))[:MOST_MEANT]


def _ask_stems() -> QuerySet[SearchWord, Any]:
    return SearchWord.objects.filter(language=LANGUAGE, stem__in=[NAMES]).values_list("stem").distinct()


def _ask_begun() -> QuerySet[SearchSpelling, Any]:
    """(word, its stem, its key), each once."""
    begun = SearchSpelling.objects.filter(language=LANGUAGE, beginning__in=[NAMES]).order_by("word")
    return begun.values_list("word__form", "word__stem", "word").distinct()[:MOST_CANDIDATES]
