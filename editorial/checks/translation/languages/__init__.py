"""What the checks of a translation know of each language: one module, and one line in this table, for each."""

from . import ar, en, es, vi, zh_hans
from .words import LanguageWords

_WORDS: dict[str, LanguageWords] = {
    "en": en.WORDS,
    "es": es.WORDS,
    "ar": ar.WORDS,
    "zh-hans": zh_hans.WORDS,
    "vi": vi.WORDS,
}


def find_words(language: str) -> LanguageWords | None:
    """The words of a language; None for one that the checks do not know."""
    return _WORDS.get(language)


def known_languages() -> frozenset[str]:
    return frozenset(_WORDS)
