"""What an example of a translation says."""

from dataclasses import dataclass

from ..term_base import KnownTerm


@dataclass(frozen=True, slots=True)
class TranslationExample:
    """A pair in which `check` finds something, if it is wrong, or in which no check finds anything.

    `term` is what is decided, in an example of that.
    """

    check: str
    language: str
    source: str
    target: str
    is_wrong: bool
    term: KnownTerm | None = None


def wrong(check: str, language: str, source: str, target: str) -> TranslationExample:
    return TranslationExample(check, language, source, target, is_wrong=True)


def right(check: str, language: str, source: str, target: str) -> TranslationExample:
    return TranslationExample(check, language, source, target, is_wrong=False)
