"""The contract of a check of a translation."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..checked_pages import CheckedPage
from ..contract import Check, FindingPlace
from .languages import known_languages
from .page_texts import find_translated_texts
from .text_pairs import TextPair


@dataclass(frozen=True, slots=True)
class Difference:
    """What a check says of a pair: the words that it points at, and what is wrong."""

    quote: str
    message: str


class TranslationCheck(Check):
    """A check that compares each text of a translation with its source; what it finds is about just these two."""

    needs_words: ClassVar[bool] = True  # whether it has to know the words of the language
    is_about_translations = True

    @abstractmethod
    def compare(self, pair: TextPair) -> Iterator[Difference]:
        """What differs, in reading order."""

    def can_compare(self, language: str) -> bool:
        return not self.needs_words or language in known_languages()

    def can_read(self, page: CheckedPage) -> bool:
        return page.source is None or self.can_compare(page.language)

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        for text in find_translated_texts(page):
            for difference in _find_differences(self, text.pair, get_language()):
                yield FindingPlace(
                    text.node, difference.quote, difference.message, word=text.name, before=text.source_words
                )


@lru_cache(maxsize=32_768)
def _find_differences(check: TranslationCheck, pair: TextPair, spoken: str | None) -> tuple[Difference, ...]:
    """Kept, like the pair; `spoken` is the language of the messages."""
    return tuple(check.compare(pair))


def isolated(written: str) -> str:
    """Quoted words, which may run in the other direction."""
    return f"\u2068{written.strip()}\u2069"


def differs(source: str, target: str) -> str:
    """What to say of words of which both sides have some, or only one."""
    if source and target:
        return _("The source has “%(source)s”, the translation “%(target)s”.") % {
            "source": isolated(source), "target": isolated(target),
        }  # fmt: skip
    if source:
        return _("The source has “%(source)s”, the translation does not.") % {"source": isolated(source)}
    return _("The translation has “%(target)s”, the source does not.") % {"target": isolated(target)}
