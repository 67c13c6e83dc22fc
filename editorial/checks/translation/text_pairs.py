"""A text and its translation, with what checks ask of both, found once."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from editorial.editions.tree import inline

from .dates import Clock, Day, blank, find_clocks, find_days, fold_years
from .drug_names import DrugNames, find_names
from .languages import find_words
from .marked_texts import MarkedText, read_marks
from .numerals import Quantity, find_quantities
from .quantity_matching import QuantityDifference, compare_quantities
from .telephones import Telephone, blank_telephones, find_telephones
from .term_base import NO_TERMS, FoundTerm, TermBase

_SENTENCE = re.compile(r"(?<=[.!?؟])[\"”’»)\]]*\s+|(?<=[。！？])[”’」』）]*\s*|\n+")


@dataclass(frozen=True, eq=False)
class Side:
    """One text of a pair. `raw` is how it is written, where that is known."""

    raw: str
    marks: MarkedText
    language: str
    names: DrugNames
    with_weekdays: bool

    @cached_property
    def telephones(self) -> list[Telephone]:
        return find_telephones(self.marks.words)

    @cached_property
    def _without_telephones(self) -> str:
        return fold_years(blank_telephones(self.marks.words, self.telephones))

    @cached_property
    def days(self) -> list[Day]:
        return find_days(self._without_telephones, self.language, with_weekdays=self.with_weekdays)

    @cached_property
    def clocks(self) -> list[Clock]:
        return find_clocks(self._without_telephones)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers that are no telephone number, day or time of day."""
        words = find_words(self.language)
        text = blank(blank(self._without_telephones, self.days), self.clocks)
        return find_quantities(text, words) if words else []

    @cached_property
    def sentences(self) -> list[str]:
        return [sentence for part in _SENTENCE.split(self.marks.plain) if (sentence := part.strip())]

    @cached_property
    def drugs(self) -> dict[str, str]:
        """{drug: how it is first written}"""
        return self.names.find(self.marks.words)


@dataclass(frozen=True, eq=False)
class TextPair:
    """A text in the source language and its translation."""

    source: Side
    target: Side
    terms: TermBase = NO_TERMS

    @property
    def language(self) -> str:
        return self.target.language

    @cached_property
    def quantity_differences(self) -> list[QuantityDifference]:
        return compare_quantities(self.source.quantities, self.target.quantities)

    @cached_property
    def found_terms(self) -> list[FoundTerm]:
        """The terms of the source."""
        return self.terms.find(self.source.marks.words)

    @cached_property
    def sentence_pairs(self) -> list[tuple[str, str]]:
        """Sentence beside sentence, where there are as many of them; else the whole texts."""
        if len(self.source.sentences) == len(self.target.sentences):
            return list(zip(self.source.sentences, self.target.sentences, strict=True))
        return [(self.source.marks.plain, self.target.marks.plain)]


def make_pair(
    source: str | inline.Runs,
    target: str | inline.Runs,
    language: str,
    *,
    source_language: str = "en",
    names: DrugNames | None = None,
    terms: TermBase = NO_TERMS,
    is_typed: bool = False,
) -> TextPair:
    """A pair of words of trees or, if `is_typed`, of texts in which links are HTML or Markdown."""
    source_marks, target_marks = (
        words if is_typed and isinstance(words, str) else inline.to_html(words) for words in (source, target)
    )
    raw, raw_target = (words if isinstance(words, str) else inline.typed_text(words) for words in (source, target))
    names = names or find_names()
    return _kept_pair(source_marks, target_marks, raw, raw_target, source_language, language, names, terms)


@lru_cache(maxsize=2048)  # of a page that is looked at again and again, most texts are as they were
def _kept_pair(
    source_marks: str,
    target_marks: str,
    raw: str,
    raw_target: str,
    source_language: str,
    language: str,
    names: DrugNames,
    terms: TermBase,
) -> TextPair:
    source = Side(raw, read_marks(source_marks), source_language, names, with_weekdays=True)
    # Names of days may be other words in another language: they are looked for where the source has some.
    has_weekdays = any(day.weekday for day in source.days)
    return TextPair(source, Side(raw_target, read_marks(target_marks), language, names, has_weekdays), terms)
