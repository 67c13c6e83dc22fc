"""Whether somebody types what is an emergency, by words that a clinician signed."""

from collections.abc import Iterator

from ..site_words import PHRASE
from ..verified_releases import VerifiedRelease
from . import analysis
from .word_lists import EMERGENCY_WORDS, split_words


def describes_emergency(typed: str, language: str, words: VerifiedRelease) -> bool:
    """Whether the text has all the words of one description, in any order and form.

    Too many texts rather than too few: the card stands above what was found and takes nothing away.
    """
    if words.language != language and describes_emergency(typed, words.language, words):
        return True
    said = set(analysis.stems(typed, language))
    return any(
        wanted and wanted <= said
        for wanted in ({*analysis.stems(text, language, is_query=True)} for text in _descriptions(words))
    )


def _descriptions(words: VerifiedRelease) -> Iterator[str]:
    for phrase in words.root.of_type(PHRASE):
        if phrase.attrs.get("key", "").startswith(EMERGENCY_WORDS):
            yield from split_words(phrase.plain("text"))
