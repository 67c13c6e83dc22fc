"""Checks of words that turn a sentence round: negations, contraries, urgency; and of codes such as PD-1."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .contract import Difference, TranslationCheck, differs, isolated
from .languages import find_words
from .numerals import CODE
from .text_pairs import TextPair

MOST = 50  # negations that are read in one sentence
_NOTHING = re.compile(r"(?!)")


@cache
def _pattern(language: str, name: str, place: int = 0, side: int = 0) -> re.Pattern[str]:
    words = find_words(language)
    value = getattr(words, name, "")
    if isinstance(value, tuple):
        value = value[place][side]
    if not words or not value:
        return _NOTHING
    start, end = (r"(?<![^\W_])", r"(?![^\W_])") if words.has_spaces else ("", "")
    if language == "ar":
        start = r"(?<![^\W_])(?:[وفبلك]|ال|وال|بال|لل)?"
    return re.compile(f"{start}(?:{value}){end}", re.IGNORECASE)


class TranslatedNegation(TranslationCheck):
    id = "translated-negation"
    name = gettext_lazy("Negation lost or added")
    why = gettext_lazy("A “not” that is lost says the contrary. Read both sentences again.")

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        for source, target in pair.sentence_pairs:
            denies, may_deny = _negations(source, pair.source.language)
            denied, may_be_denied = _negations(target, pair.language)
            if denies and not (denied or may_be_denied):
                message = _("The source says “%(word)s”; nothing in the translation does.")
                yield Difference(denies[0], message % {"word": isolated(denies[0])})
            elif denied and not (denies or may_deny):
                message = _("The translation says “%(word)s”; nothing in the source does.")
                yield Difference(denied[0], message % {"word": isolated(denied[0])})


def _negations(text: str, language: str) -> tuple[list[str], list[str]]:
    """(words that deny, those that deny only in some languages)"""
    excuses = [match.span() for match in islice(_pattern(language, "excuses").finditer(text), MOST)]
    sure: list[str] = []
    unsure: list[str] = []
    for match in islice(_pattern(language, "negations").finditer(text), MOST):
        is_excused = any(start <= match.start() and match.end() <= end for start, end in excuses)
        (unsure if is_excused else sure).append(match[0])
    return sure, unsure + [text[start:end] for start, end in excuses]


class TranslatedContrary(TranslationCheck):
    id = "translated-contrary"
    name = gettext_lazy("Contrary of a word in the source")
    why = gettext_lazy("Before and after, more and less, start and stop: the translation seems to say the contrary.")

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        words = find_words(pair.language)
        for place in range(len(words.opposites) if words else 0):
            for source, target in pair.sentence_pairs:
                first, second = (_pattern(pair.source.language, "opposites", place, n).search(source) for n in (0, 1))
                here, there = (_pattern(pair.language, "opposites", place, n).search(target) for n in (0, 1))
                if first and not second and there and not here:
                    yield Difference(there[0], differs(first[0], there[0]))
                elif second and not first and here and not there:
                    yield Difference(here[0], differs(second[0], here[0]))


class TranslatedCareWord(TranslationCheck):
    id = "translated-care-word"
    name = gettext_lazy("Urgency lost")
    why = gettext_lazy("The source tells readers to act at once, or calls it an emergency. The translation must too.")

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        source, target = (_care_words(side.marks.plain, side.language) for side in (pair.source, pair.target))
        for level, written in source.items():
            if level not in target:
                yield Difference(written, differs(written, ""))


@cache
def _care_patterns(language: str) -> list[tuple[str, re.Pattern[str]]]:
    words = find_words(language)
    start, end = (r"(?<![^\W_])", r"(?![^\W_])") if words and words.has_spaces else ("", "")
    table = words.care if words else {}
    return [(level, re.compile(f"{start}(?:{pattern}){end}", re.IGNORECASE)) for level, pattern in table.items()]


def _care_words(text: str, language: str) -> dict[str, str]:
    return {level: match[0] for level, pattern in _care_patterns(language) if (match := pattern.search(text))}


class TranslatedCode(TranslationCheck):
    id = "translated-code"
    name = gettext_lazy("Code differs from the source")
    why = gettext_lazy("PD-1 and PD-L1 are different proteins. Codes of genes, proteins and studies stay as they are.")
    needs_words = False

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        source, target = (
            {re.sub(r"[\s\u2010\u2011-]", "", match[0]).upper(): match[0] for match in CODE.finditer(side.marks.words)}
            for side in (pair.source, pair.target)
        )
        for code, written in source.items():
            if code not in target:
                yield Difference(written, differs(written, ""))
        for code, written in target.items():
            if code not in source:
                yield Difference(written, differs("", written))
