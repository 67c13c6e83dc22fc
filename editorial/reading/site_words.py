"""Signed words that pages need besides their own, by key and through the gate like any released edition.

The interface says nothing about medicine in words of its own: "Emergency", "accelerated approval" and the like are
phrases of site words, signed in each language. Where none is signed in the reader's language the source language's
stands there, marked with its language; where that is not signed either, nothing does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from editorial.accounts.languages import bcp47, direction

from . import presenters
from .evidence import Standing

SITE_WORDS = "site-words"  # the kind's name; the engine needs no more of it
STOCK_WITHDRAWAL = "withdrawn"  # the key of the explanation that stands in for one that is not signed yet
PAGE_WORDS = "page-words"  # the key of the phrases that every page may need
PHRASE = "phrase"  # the type of a block that holds one of them


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with the language that they are in."""

    text: str
    lang: str
    dir: str
    is_foreign: bool  # not in the reader's language


class SiteWords:
    """The signed site words of one page, for a reader of `language`."""

    def __init__(self, found: Iterable[Standing], language: str, at: datetime):
        self.language, self.at = language, at
        self._found = {each.release.document.slug: each for each in found}
        self._phrases: dict[str, dict[str, Phrase]] = {}

    def standing(self, slug: str) -> Standing | None:
        return self._found.get(slug)

    def text(self, slug: str) -> dict | None:
        """The words under a key as a template lays them out: `root`, and `page` with their language and signers."""
        if (found := self._found.get(slug)) is None:
            return None
        return {"root": found.root, "page": presenters.page_state(found, self.language, source=None, at=self.at)}

    def phrase(self, slug: str, key: str) -> Phrase | None:
        """One phrase; None where it is not signed, and then nothing is said."""
        if slug not in self._phrases:
            self._phrases[slug] = self._listed(slug)
        return self._phrases[slug].get(key)

    def _listed(self, slug: str) -> dict[str, Phrase]:
        """{key: phrase} of the words under one key; a page with many pieces asks for some of them again and again."""
        if (found := self._found.get(slug)) is None:
            return {}
        code = found.language
        lang, towards, is_foreign = bcp47(code), direction(code), code != self.language
        phrases = ((node.attrs.get("key"), node.plain("text")) for node in found.root.of_type(PHRASE))
        return {key: Phrase(text, lang, towards, is_foreign) for key, text in phrases if text}
