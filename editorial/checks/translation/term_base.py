"""What is decided about terms in one language, and which of them a source text has.

Who keeps terms hands them over with `set_term_source`; without it there are none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from editorial.editions.name_finder import NameFinder, fold_name

from .term_forms import find_forms, is_written_exactly

# How a translation of a term is meant: as decided on the desk, and in files.
REQUIRED, PREFERRED, FORBIDDEN = "required", "preferred", "forbidden"


@dataclass(frozen=True, slots=True)
class KnownTranslation:
    """One translation of a term. `level` is REQUIRED, PREFERRED or FORBIDDEN."""

    text: str
    level: str = REQUIRED
    note: str = ""
    decided_by: str = ""  # a name


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """A term with its translations into one language; one that `is_kept` is not translated."""

    text: str
    translations: tuple[KnownTranslation, ...] = ()
    is_kept: bool = False
    part_of_speech: str = ""
    note: str = ""
    key: int = 0

    def with_level(self, *levels: str) -> list[str]:
        return [translation.text for translation in self.translations if translation.level in levels]


class FoundTerm(NamedTuple):
    """A place of a source text; a verb and a noun that are written alike are two terms of one place."""

    written: str
    terms: tuple[KnownTerm, ...]


class TermBase:
    """The terms of one language. A text is read once, however many there are: see NameFinder."""

    def __init__(self, terms: Iterable[KnownTerm] = ()):
        self.terms = tuple(terms)

    @cached_property
    def _finder(self) -> NameFinder[tuple[KnownTerm, ...]]:
        by_form: dict[str, list[KnownTerm]] = {}
        for term in self.terms:
            for form in {fold_name(form) for form in find_forms(term.text, term.part_of_speech)}:
                by_form.setdefault(form, []).append(term)
        return NameFinder((form, tuple(terms)) for form, terms in by_form.items())

    def find(self, text: str) -> list[FoundTerm]:
        """The terms in a source text, in reading order: the longest at each place, and none within another."""
        if not self.terms:
            return []
        found = []
        for written, terms in self._finder.find(text):
            if as_written := tuple(term for term in terms if not is_written_exactly(term.text) or term.text == written):
                found.append(FoundTerm(written, as_written))
        return found


NO_TERMS = TermBase()
TermSource = Callable[[str], TermBase]

_sources: list[TermSource] = []


def set_term_source(source: TermSource) -> None:
    """Ask this for the terms of a language: the same object while nobody changed them."""
    _sources[:] = [source]


def find_terms(language: str) -> TermBase:
    """The terms that are decided in a language, as they are now."""
    return _sources[0](language) if _sources else NO_TERMS
