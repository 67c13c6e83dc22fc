"""Checks of terms: what a term has to be called, what it must not be called, and what is not translated at all.

They know the words of every language, because translators decide them.
"""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .contract import Difference, TranslationCheck, isolated
from .term_base import FORBIDDEN, PREFERRED, REQUIRED, FoundTerm
from .term_matching import Span, find_outside, find_spans
from .text_pairs import TextPair


class _TermCheck(TranslationCheck):
    needs_words = False

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        if not pair.target.marks.plain.strip():
            return
        seen = set()
        for found in pair.found_terms:
            if found.terms not in seen:
                seen.add(found.terms)
                yield from self.look_at(found, pair)

    def look_at(self, found: FoundTerm, pair: TextPair) -> Iterator[Difference]:
        raise NotImplementedError


class RequiredTerm(_TermCheck):
    id = "required-term"
    name = gettext_lazy("Required term")
    why = gettext_lazy(
        "Translators decided what this is called, so that readers meet one word for one thing. Use it, or ask for "
        "another decision."
    )

    def look_at(self, found: FoundTerm, pair: TextPair) -> Iterator[Difference]:
        required = [term.with_level(REQUIRED) for term in found.terms]
        if all(required) and not _accepted_spans(found, pair):
            texts = [text for texts in required for text in texts]
            yield Difference(
                "",
                _("“%(source)s” has to be translated as %(target)s.")
                % {"source": isolated(found.written), "target": _alternatives(texts)},
            )


class ForbiddenTerm(_TermCheck):
    id = "forbidden-term"
    name = gettext_lazy("Forbidden term")
    why = gettext_lazy("Translators decided against this word, mostly because it means something else to readers.")

    def look_at(self, found: FoundTerm, pair: TextPair) -> Iterator[Difference]:
        right = [text for term in found.terms for text in term.with_level(REQUIRED, PREFERRED)]
        taken = _accepted_spans(found, pair)
        for forbidden in (text for term in found.terms for text in term.with_level(FORBIDDEN)):
            written = find_outside(forbidden, pair.target.marks.plain, pair.language, taken)
            if not written:
                continue
            words = {"wrong": isolated(written), "source": isolated(found.written), "target": _alternatives(right)}
            yield Difference(
                written,
                _("Don't translate “%(source)s” as “%(wrong)s”. Use %(target)s.") % words
                if right
                else _("Don't translate “%(source)s” as “%(wrong)s”.") % words,
            )


class KeptTerm(_TermCheck):
    id = "kept-term"
    name = gettext_lazy("Term that is not translated")
    why = gettext_lazy("It is written the same in every language: people look for it, or show it, as it is.")

    def look_at(self, found: FoundTerm, pair: TextPair) -> Iterator[Difference]:
        for term in found.terms:
            if term.is_kept and not _stands_in(term.text, found.written, pair.target.marks.plain):
                yield Difference("", _("Don't translate “%(term)s”.") % {"term": isolated(found.written)})


def _accepted_spans(found: FoundTerm, pair: TextPair) -> list[Span]:
    accepted = [text for term in found.terms for text in term.with_level(REQUIRED, PREFERRED)]
    return find_spans(accepted, pair.target.marks.plain, pair.language)


def _stands_in(term: str, written: str, text: str) -> bool:
    """Whether it is there to the letter, as it is decided or as the source writes it, whatever hyphen it has."""
    text = _plain(text)
    return any(re.search(rf"(?<![A-Za-z]){re.escape(_plain(words))}(?![a-z])", text) for words in (term, written))


def _plain(text: str) -> str:
    return re.sub("[\u2010\u2011]", "-", unicodedata.normalize("NFKC", text))


def _alternatives(texts: list[str]) -> str:
    return " / ".join(f"“{isolated(text)}”" for text in dict.fromkeys(texts))
