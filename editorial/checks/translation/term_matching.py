"""Whether a translation has certain words, in whatever form its language puts them.

Where there is a stemmer, words are compared by their stems; in other languages letter by letter, as whole words where
there are spaces between words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from editorial.reading.search.analysis import Word, find_words, stemmed_languages, stems

Span = tuple[int, int]

# A letter or digit of a script that has spaces between its words.
_BESIDE = "[^\\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff\u1780-\u17ff]"
# What Arabic writes as one with the word after it: and, so; by, as, for; the.
_JOINED = re.compile("[وف]?(?:ال|بال|كال|لل|[بكل])?")
_SHORTEST = 2  # letters that they leave


def find_spans(wanted: Iterable[str], text: str, language: str) -> list[Span]:
    """Where any of these stands in a text; the places are those of the text in NFC."""
    text = unicodedata.normalize("NFC", text)
    return [span for words in wanted for span in _find(unicodedata.normalize("NFC", words), text, language)]


def find_outside(wanted: str, text: str, language: str, taken: Iterable[Span]) -> str:
    """How `wanted` is written where it stands outside the taken places; "" where it does not."""
    text, taken = unicodedata.normalize("NFC", text), list(taken)
    for start, end in find_spans([wanted], text, language):
        if not any(other[0] <= start and end <= other[1] for other in taken):
            return text[start:end]
    return ""


def _find(wanted: str, text: str, language: str) -> Iterator[Span]:
    if language not in stemmed_languages():
        yield from (match.span() for match in _pattern(wanted).finditer(text))
        return
    needed = [forms for forms, _start, _end in _read_words(wanted, language)]
    words = _read_words(text, language)
    for place in range(len(words) - len(needed) + 1 if needed else 0):
        here = words[place : place + len(needed)]
        if all(forms & needs for (forms, _start, _end), needs in zip(here, needed, strict=True)):
            yield here[0][1], here[-1][2]


@lru_cache(maxsize=8192)
def _read_words(text: str, language: str) -> tuple[tuple[frozenset[str], int, int], ...]:
    """(what each word may be compared by, where it begins and ends)"""
    return tuple((_find_forms(word, language), word.start, word.end) for word in find_words(text, language))


def _find_forms(word: Word, language: str) -> frozenset[str]:
    if language != "ar":
        return frozenset([word.stem])
    forms = {word.form, _JOINED.sub("", word.form, count=1), re.sub("^[وفبكل]", "", word.form)}
    forms |= {form[:-1] for form in forms if form.endswith("ا")}  # the accusative of what has no article
    return frozenset(stem for form in forms if len(form) >= _SHORTEST for stem in (form, *stems(form, language)))


@lru_cache(maxsize=8192)
def _pattern(wanted: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in wanted.split())
    before = f"(?<!{_BESIDE})" if re.match(_BESIDE, wanted) else ""
    after = f"(?!{_BESIDE})" if re.match(_BESIDE, wanted[-1:]) else ""
    return re.compile(f"{before}{words}{after}", re.IGNORECASE)
