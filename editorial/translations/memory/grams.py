"""By what a text finds others that are like it, among very many, with a bounded number of questions.

Of the pairs of neighbouring words, a text keeps the few whose hashes are least, those that say something first. What is
random in that is the same for all texts: two that share a part p of their pairs share one of those that they keep with
a probability of about 1 - (1 - p) ** KEPT. Numbers are left out, since they are what differs between like texts. With
each change of what this module makes of a text, `texts.RULES` is raised.
"""

import hashlib
from collections.abc import Iterator
from itertools import pairwise

from django.conf import settings

from editorial.editions.tree import inline
from editorial.reading.search import analysis

from .texts import Words, memory_form

KEPT = 8
SHORT = 4  # words: what has no more is also found by single ones
LONGEST = 2_000  # characters: what is longer is found only by its very words


def find_grams(words: Words, language: str) -> list[int]:
    """Signed 64-bit numbers by which a source text is found among those with a translation into this language."""
    text = inline.plain(memory_form(words))
    if len(text) > LONGEST:
        return []
    found: dict[int, bool] = {}
    for gram, says_much in _grams(text):
        number = _hash(f"{language}:{gram}")
        found[number] = found.get(number, False) or says_much
    return sorted(found, key=lambda number: (not found[number], number))[:KEPT]


def _grams(text: str) -> Iterator[tuple[str, bool]]:
    """(pair of words or a word, whether it says more than what questions are made of)"""
    source = settings.SOURCE_LANGUAGE
    words = [
        (word.stem, not analysis.is_stop_word(word, source))
        for word in analysis.find_words(text, source)
        if not any(map(str.isdigit, word.form))
    ]
    for (stem, says_much), (next_stem, next_says_much) in pairwise(words):
        yield f"{stem} {next_stem}", says_much or next_says_much
    if len(words) <= SHORT:
        for stem, says_much in words:
            if says_much or len(words) == 1:
                yield stem, says_much


def _hash(gram: str) -> int:
    return int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), signed=True)
