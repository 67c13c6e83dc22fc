"""Signed words that pages need besides their own, by key and through the gate like any released edition.

The interface says nothing about medicine in words of its own: "Emergency", "accelerated approval" and the like are
phrases of site words, signed in each language. Where one is not signed in the reader's language, the source
language's is shown, marked with its language; where that is not signed either, nothing is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from editorial.accounts.languages import bcp47, direction

from . import presenters
from .verified_releases import VerifiedRelease

SITE_WORDS = "site-words"  # the name of their kind; the engine needs no more of it
STOCK_WITHDRAWAL = "withdrawn"  # the key of the explanation used until a particular one is signed
PAGE_WORDS = "page-words"  # the key of the phrases that every page may need
NOTICE_WORDS = "notice-words"  # the key of the phrases that urgent notices need
PHRASE = "phrase"  # the type of a block that holds one of them


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with the language that they are in."""

    text: str
    lang: str
    dir: str
    is_foreign: bool  # not in the reader's language


class LiveSiteWords:
    """The signed site words of one page, for a reader of `language`."""

    def __init__(self, verified: Iterable[VerifiedRelease], language: str, at: datetime) -> None:
        self.language, self.at = language, at
        self._by_key = {release.key: release for release in verified}
        self._phrases: dict[str, dict[str, Phrase]] = {}

    def text(self, key: str) -> dict[str, Any] | None:
        """The words under a key as a template lays them out: `root`, and `page` with their language and signers."""
        if (verified := self._by_key.get(key)) is None:
            return None
        page = presenters.page_state(verified, self.language, source=None, at=self.at)
        return {"root": verified.root, "page": page}

    def phrase(self, words_key: str, key: str) -> Phrase | None:
        """One phrase; None if it is not signed, and then nothing is shown."""
        if words_key not in self._phrases:
            self._phrases[words_key] = self._read_phrases(words_key)
        return self._phrases[words_key].get(key)

    def _read_phrases(self, words_key: str) -> dict[str, Phrase]:
        """{key: phrase} of the words under one key. Read once: a page with many pieces asks again and again."""
        if (verified := self._by_key.get(words_key)) is None:
            return {}
        code = verified.language
        lang, text_direction, is_foreign = bcp47(code), direction(code), code != self.language
        phrases = ((node.attrs.get("key", ""), node.plain("text")) for node in verified.root.of_type(PHRASE))
        return {key: Phrase(text, lang, text_direction, is_foreign) for key, text in phrases if text}
