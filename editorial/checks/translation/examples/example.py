"""What an example of a translation says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TranslationExample:
    """A pair in which `check` finds something, if it is wrong, or in which no check finds anything."""

    check: str
    language: str
    source: str
    target: str
    is_wrong: bool


def wrong(check: str, language: str, source: str, target: str) -> TranslationExample:
    return TranslationExample(check, language, source, target, is_wrong=True)


def right(check: str, language: str, source: str, target: str) -> TranslationExample:
    return TranslationExample(check, language, source, target, is_wrong=False)
