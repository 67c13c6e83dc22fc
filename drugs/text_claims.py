"""What texts say of approvals without naming a drug: a biomarker with its cut-off, or that something is approved.

Each becomes a keyword of the edition: "biomarker:cps:10", "biomarker:dmmr", "approved:triple-negative". A biomarker
by itself says nothing of an approval. One with a number does, whatever else the sentence says: a number that is no
cut-off of an approval reaches nobody. A sentence that names a drug is about that drug, and its page rests on that; so
is all of a monograph.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from editorial.checks.checked_pages import split_sentences
from editorial.editions.keyword_contract import FoundPassage, IsNaming, KeywordFinder, KeywordText
from editorial.editions.name_finder import NameFinder, build_finder, fold_name

from .claim_words import APPROVAL_WORDS, CANCER_WORDS, SOLE_WORDS
from .marker_words import MARKER_WORDS
from .models import KIND

Value = TypeVar("Value")
# A number that is no part of a name (PD-L1), and none with thousands.
_NUMBER = re.compile(r"(?<![A-Za-z0-9.,\-])\d{1,3}(?:[.,]\d{1,2})?(?![A-Za-z0-9]|[.,]\d)")
_ORDINAL = re.compile(r"\W*\d{1,2}[:：)]\s")  # of an item of a list or a part of a drawing
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")


def make_keyword_finder(biomarkers: Iterable[str], is_naming: IsNaming) -> KeywordFinder:
    """Finds the claims of texts in any language; `biomarkers` are the names that monographs have for them."""
    own = sorted({fold_words(name) for name in biomarkers})
    finders: dict[str, NameFinder[str]] = {}

    def find(text: KeywordText) -> Iterator[FoundPassage]:
        if text.language not in finders:
            finders[text.language] = make_finder(text.language, own)
        return find_claims(text, finders[text.language], is_naming)

    return find


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: str
    folded: str
    markers: set[str]
    cancers: set[str]
    is_about_all: bool  # drugs, whichever it names
    is_about_a_drug: bool


def find_claims(text: KeywordText, markers: NameFinder[str], is_naming: IsNaming) -> Iterator[FoundPassage]:
    """The sentences of a text that claim something, each with every keyword of it.

    `markers` finds biomarkers in its language. A sentence that names none measures that of the sentence before it. One
    that names neither a cancer nor a biomarker goes on about the drug before it; else see `_find_cancers_around`.
    """
    sentences = [
        _read(sentence, text, markers, is_naming)
        for line in text.text.splitlines()
        for sentence in split_sentences(line)
    ]
    before: set[str] = set()
    is_same_drug = False
    for sentence in sentences:
        measured, before = sentence.markers or before, sentence.markers
        is_new_subject = bool(sentence.markers or sentence.cancers or sentence.is_about_all)
        is_same_drug = sentence.is_about_a_drug or (is_same_drug and not is_new_subject)
        if sentence.is_about_a_drug:
            continue
        for marker in sorted(measured):
            for number in sorted(find_numbers(sentence.folded)):
                yield FoundPassage(sentence.words, marker_keyword(marker, number))
        if _has(_approval_finder(text.language), sentence.folded):
            for marker in sorted(sentence.markers):
                yield FoundPassage(sentence.words, marker_keyword(marker))
            around = set() if is_same_drug else _find_cancers_around(sentence, sentences, text)
            for cancer in sorted(sentence.cancers or around):
                yield FoundPassage(sentence.words, approval_keyword(cancer))


def _read(words: str, text: KeywordText, markers: NameFinder[str], is_naming: IsNaming) -> _Sentence:
    folded = fold_words(words)
    is_about_all = _has(_sole_finder(text.language), folded)
    return _Sentence(
        words,
        folded,
        _find(markers, folded),
        _find(_cancer_finder(text.language), folded),
        is_about_all,
        not is_about_all and (text.kind == KIND or is_naming(words, text.language)),
    )


def _find_cancers_around(sentence: _Sentence, sentences: list[_Sentence], text: KeywordText) -> set[str]:
    """Those that its text names; where it names none but a drug, none; else those of the nearest heading with any."""
    others = [other for other in sentences if sentence.is_about_all or not other.is_about_a_drug]
    if named := {cancer for other in others for cancer in other.cancers}:
        return named
    if len(others) < len(sentences):
        return set()
    finder = _cancer_finder(text.language)
    return next((found for heading in text.around if (found := _find(finder, fold_words(heading)))), set())


def make_finder(language: str, names: Iterable[str]) -> NameFinder[str]:
    """Finds the keys of biomarkers in words of a language; `names` are those that monographs have, folded."""
    own = ((name, own_key(name)) for name in names if not find_markers(name, language))
    return build_finder((*own, *_known_names(language)))


def own_key(name: str) -> str:
    """Of a biomarker that only monographs name."""
    return fold_name(fold_words(name)).strip()


def find_markers(words: str, language: str) -> set[str]:
    """Keys of the known biomarkers and scores that these words name."""
    return _find(_known_finder(language), fold_words(words))


def find_numbers(words: str) -> set[str]:
    """Numbers that may be a cut-off, each in one form: 10 for "10.0"."""
    ordinal = _ORDINAL.match(words)
    found = (match.group().replace(",", ".") for match in _NUMBER.finditer(words, ordinal.end() if ordinal else 0))
    return {plain_number(Decimal(number)) for number in found}


def plain_number(number: Decimal) -> str:
    return format(number.normalize(), "f")


def marker_keyword(marker: str, cutoff: str = "") -> str:
    return f"biomarker:{marker}:{cutoff}" if cutoff else f"biomarker:{marker}"


def approval_keyword(cancer: str) -> str:
    return f"approved:{cancer}"


def fold_words(text: str) -> str:
    """Full-width and Arabic digits as 0 to 9, and no marks above and below Arabic letters."""
    if text.isascii():
        return text
    text = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", text))
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign for sign in text)


def _has(finder: NameFinder[str], words: str) -> bool:
    return any(True for _name in finder.find(words))


def _find(finder: NameFinder[str], words: str) -> set[str]:
    return {value for _name, value in finder.find(words)}


def _words(of_languages: dict[str, tuple[str, ...]], language: str, *others: str) -> Iterator[str]:
    for code in dict.fromkeys((language, "en", *others)):
        yield from of_languages.get(code, ())


@lru_cache
def _approval_finder(language: str) -> NameFinder[str]:
    return NameFinder((fold_words(word), word) for word in _words(APPROVAL_WORDS, language))


@lru_cache
def _sole_finder(language: str) -> NameFinder[str]:
    return NameFinder((fold_words(word), word) for word in _words(SOLE_WORDS, language))


@lru_cache
def _cancer_finder(language: str) -> NameFinder[str]:
    return NameFinder(
        (fold_words(word), cancer.value)
        for cancer, of_languages in CANCER_WORDS.items()
        for word in _words(of_languages, language)
    )


@lru_cache
def _known_finder(language: str) -> NameFinder[str]:
    return NameFinder(_known_names(language))


def _known_names(language: str) -> Iterator[tuple[str, str]]:
    for key, of_languages in MARKER_WORDS.items():
        yield from ((fold_words(name), key) for name in _words(of_languages, language, ""))
