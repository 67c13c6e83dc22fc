"""Whether somebody types what cannot wait, by words that a clinician signed."""

from collections.abc import Iterable, Iterator

from ..site_words import PHRASE
from ..verified_releases import VerifiedRelease
from . import analysis
from .word_lists import CARE_LEVELS, DESCRIPTIONS, split_words


def find_care_level(typed: str, language: str, words: Iterable[VerifiedRelease]) -> str:
    """The most urgent of CARE_LEVELS whose words, in any of these, describe what was typed; "" for none."""
    words = list(words)
    return next((level for level in CARE_LEVELS if any(_describes(level, typed, language, each) for each in words)), "")


def _describes(level: str, typed: str, language: str, words: VerifiedRelease) -> bool:
    """Whether the text has all the words of one description, in any order and form.

    Too many texts rather than too few: the card stands above what was found and takes nothing away.
    """
    if words.language != language and _describes(level, typed, words.language, words):
        return True
    said = set(analysis.stems(typed, language))
    return any(
        wanted and wanted <= said
        for wanted in ({*analysis.stems(text, language, is_query=True)} for text in _descriptions(level, words))
    )


def _descriptions(level: str, words: VerifiedRelease) -> Iterator[str]:
    for phrase in words.root.of_type(PHRASE):
        if phrase.attrs.get("key", "").startswith(level + DESCRIPTIONS):
            yield from split_words(phrase.plain("text"))
