"""The one analyser of readers' search: a text's words as every database compares them, and where they stand in it.

Capitals, marks and Arabic vowels do not count, nor does the form of a word in the languages that have a stemmer.
Chinese is cut into pairs of characters, so that it is found by any word inside.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

import snowballstemmer

from editorial.editions.search_words import LONGEST_WORD, fold

VERSION = 1  # raised with each change of what words become: then the index is made anew

# The languages of https://snowballstem.org that this site has; in the others, a word has one form.
_STEMMERS = {"en": "english", "es": "spanish", "ar": "arabic"}
# A number with its fraction or thousands, or what is of letters and digits, with marks that stand for themselves.
_RUN = re.compile(r"\d+(?:[.,]\d+)+|[\w\u0300-\u036f\u064b-\u065f\u0670]+")
_JOINED = re.compile(r"[^\W_]+(?:[-\u2010-\u2013][^\W_]+)+")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
# Letters that Arabic keyboards and habits do not tell apart.
_ARABIC = str.maketrans({"ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"})
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
SHORTEST_SPELLED = 4  # letters; of what is shorter, too much is spelled almost alike
_SHORTEST_STEM = 3  # letters that an article leaves

# What questions are made of besides their subject. Folded.
_STOP_WORDS = {
    "en": "a about am an and any are as at be been being by can could did do does for from had has have how i if in is "
    "it its me my of on or our s should so t than that the their them there these they this to us was we were what "
    "when where which who why will with would you your",
    "es": "a al algo como con cual cuales cuando cuanto de del donde el ella en entre era es esta este esto ha hay la "
    "las le les lo los me mi mis muy no nos o para pero por puede puedo que quien se ser si sin sobre son su sus te "
    "tengo tiene un una unas uno unos usted y ya yo",
    "ar": "في من على عن الي الى ما ماذا هل هو هي هذا هذه ان أن او أو و مع كيف متي متى لماذا انا لي التي الذي كان",
    "vi": "la va cua cho co khong toi the nao gi khi bi cac nhung mot voi den tu trong o duoc nay thi ma hay hoac",
}
STOP_WORD_LANGUAGES = frozenset({*_STOP_WORDS, "zh-hans"})  # Chinese is asked for by pairs of characters


class Word(NamedTuple):
    """A word of a text."""

    stem: str  # what is compared
    form: str  # folded, as it is written
    start: int  # where it stands in the text
    end: int


def find_words(text: str, language: str, *, is_query: bool = False) -> Iterator[Word]:
    """The words of a text in their order; of a query, Chinese by its pairs alone."""
    for run in _RUN.finditer(text):
        if "." in run[0] or "," in run[0]:
            number = _form("".join(_WORD.findall(run[0])))[:LONGEST_WORD]
            yield Word(number, number, run.start(), run.end())
            continue
        yield from _cut(run[0], run.start(), language, is_query)


def stems(text: str, language: str, *, is_query: bool = False) -> list[str]:
    return [word.stem for word in find_words(text, language, is_query=is_query)]


def joined_stems(text: str, language: str) -> set[str]:
    """Of names such as PD-L1, what people type without the hyphen."""
    joined = ("".join(_WORD.findall(_form(name))) for name in _JOINED.findall(text))
    return {_stem(form[:LONGEST_WORD], language) for form in joined if form}


def is_stop_word(word: Word, language: str) -> bool:
    return word.form in _stop_words(language)


def is_spelled(form: str) -> bool:
    """Whether it is a word that somebody may misspell: of letters, and not of Chinese ones."""
    return len(form) >= SHORTEST_SPELLED and is_lettered(form)


def is_measure(form: str) -> bool:
    """Whether it is a number of several digits, as of a temperature or a dose: pages seldom have the very same."""
    return len(form) > 1 and form.isdecimal()


def is_unspaced(text: str) -> bool:
    """Whether it has characters of a script that puts no spaces between words."""
    return bool(_UNSPACED.search(text))


def is_lettered(form: str) -> bool:
    """Whether it is of letters, and not of Chinese ones."""
    return form.isalpha() and not _UNSPACED.search(form)


def beginnings(text: str, language: str) -> Iterator[str]:
    """A text folded and without what stands between its words, from its first word on, and from each of the others
    that says something; Chinese from each character, an Arabic word also without its article.
    """
    words = _WORD.findall(_form(text))
    for place, word in enumerate(words):
        rest = "".join(words[place:])
        if place and word in _stop_words(language):
            continue
        yield rest
        if language == "ar" and (bare := _without_article(word)) != word:
            yield rest[len(word) - len(bare) :]
        if is_unspaced(word):
            yield from (rest[start:] for start in range(1, len(word)))


def beginning(typed: str, language: str) -> str:
    """What somebody has typed so far, as `beginnings` has it, from the first word that says something."""
    words = _WORD.findall(_form(typed))
    says = [place for place, word in enumerate(words) if word not in _stop_words(language)]
    return "".join(words[says[0] :] if says else words)


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(_form(word) for word in _STOP_WORDS.get(language, "").split())


def _form(text: str) -> str:
    return fold(text).translate(_ARABIC)


def _cut(run: str, start: int, language: str, is_query: bool) -> Iterator[Word]:
    place = 0
    for unspaced in _UNSPACED.finditer(run):
        yield from _spaced(run[place : unspaced.start()], start + place, language)
        characters, first = unspaced[0], start + unspaced.start()
        for index in range(len(characters)):
            pair = fold(characters[index : index + 2])
            # A text has its last character too; a query asks for it only where it is all there is.
            if len(characters) - index > 1 or not is_query or len(characters) == 1:
                yield Word(pair, pair, first + index, first + min(index + 2, len(characters)))
        place = unspaced.end()
    yield from _spaced(run[place:], start + place, language)


def _spaced(text: str, start: int, language: str) -> Iterator[Word]:
    for part in re.finditer(r"[^_]+", text):
        for stem, form in _read_part(part[0], language):
            yield Word(stem, form, start + part.start(), start + part.end())


@lru_cache(maxsize=10_000)
def _read_part(part: str, language: str) -> tuple[tuple[str, str], ...]:
    """(stem, form) of the words that it folds to: with some signs they are several."""
    forms = [form[:LONGEST_WORD] for form in _WORD.findall(_form(part))]
    return tuple((_stem(form, language), form) for form in forms)


def _stem(form: str, language: str) -> str:
    if language == "ar":
        form = _without_article(form)
    stemmer = _stemmer(language)
    if stemmer is None or form.isdigit():
        return form
    return fold(stemmer.stemWord(form)).replace(" ", "") or form


def _without_article(form: str) -> str:
    for article in _ARTICLES:
        if form.startswith(article) and len(form) - len(article) >= _SHORTEST_STEM:
            return form[len(article) :]
    return form


def stemmed_languages() -> frozenset[str]:
    """Where a word is found in each of its forms."""
    return frozenset(_STEMMERS)


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(_STEMMERS[language]) if language in _STEMMERS else None
