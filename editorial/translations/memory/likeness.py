"""How alike two source texts are, and what in them a patient may act on is not the same."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from editorial.checks.critical_words import Sort, find_critical_words
from editorial.checks.translation.drug_names import find_names
from editorial.editions.tree import inline
from editorial.editions.tree.diff import comparable_text, strip_mark_signs

from .texts import Words, memory_form

EXACT = 100  # percent: words, numbers and inline tags are all the same
LEAST = 60  # what is less alike helps nobody
DIFFERENT_FACT = 10  # percent less where a number, a date, a drug or a "not" differs
DIFFERENT_TAGS = 2
# Links and citations are tags, which are adapted; whether a word with a capital is a name is seen in the difference.
_FOUND = (Sort.NEGATION, Sort.NUMBER, Sort.COMPARISON, Sort.DATE, Sort.RAISED, Sort.PHONE)
_WEIGHED = (*_FOUND, Sort.NAME)
LONGEST = 4_000  # characters; of what is longer no facts are compared, and it is never taken for the same


@dataclass(frozen=True, slots=True)
class FactDifference:
    """What one of two sources says and the other does not: a number, a date, a drug, a "not". Each as it is written."""

    sort: Sort
    theirs: tuple[str, ...]  # in the source of the suggested text
    ours: tuple[str, ...]  # in the open one


def compare_facts(theirs: Words, ours: Words) -> tuple[FactDifference, ...]:
    """What a patient may act on that differs between two source texts, by sort."""
    found, wanted = _facts(_text(theirs)), _facts(_text(ours))
    only_theirs, only_ours = _only(found, wanted), _only(wanted, found)
    sorts = [sort for sort in _WEIGHED if sort in only_theirs or sort in only_ours]
    return tuple(
        FactDifference(sort, tuple(only_theirs.get(sort, ())), tuple(only_ours.get(sort, ()))) for sort in sorts
    )


def weigh(ratio: float, theirs: Words, ours: Words, differences: tuple[FactDifference, ...]) -> int:
    """How alike two texts are that are not the same, in percent; `ratio` is that of their letters."""
    likeness = min(int(ratio), EXACT - 1)
    likeness -= DIFFERENT_FACT * bool(differences)
    return likeness - DIFFERENT_TAGS * (_tags(theirs) != _tags(ours))


def plain_text(words: Words) -> str:
    """What is compared letter by letter."""
    return inline.plain(memory_form(words))


def _text(words: Words) -> str:
    return strip_mark_signs(comparable_text(memory_form(words)))[:LONGEST]


@lru_cache(maxsize=4096)
def _facts(text: str) -> tuple[tuple[Sort, str, str], ...]:
    """(sort, value, how it is written) of what is weighed."""
    words = find_critical_words(text, settings.SOURCE_LANGUAGE)
    drugs = ((Sort.NAME, drug, written) for drug, written in find_names().find(text).items())
    return *((word.sort, word.value, word.written) for word in words if word.sort in _FOUND), *drugs


def _only(facts: tuple[tuple[Sort, str, str], ...], others: tuple[tuple[Sort, str, str], ...]) -> dict[Sort, list[str]]:
    left = Counter((sort, value) for sort, value, _written in others)
    only: dict[Sort, list[str]] = {}
    for sort, value, written in facts:
        left[sort, value] -= 1
        if left[sort, value] < 0:
            only.setdefault(sort, []).append(written)
    return only


def _tags(words: Words) -> list[tuple[str, object]]:
    if isinstance(words, str):
        return []
    tags = [sorted((name, str(value)) for name, value in run.items() if name != "text") for run in words]
    return sorted(tag for found in tags for tag in found)
