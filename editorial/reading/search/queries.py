"""What somebody looks for: each thing that they named, with all the ways in which pages may say it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet

from editorial.editions.compiled_questions import AT, LANGUAGE, NAMES, find_rows

from ..models import SearchName
from . import analysis, spelling
from .analysis import Word

LONGEST_QUERY = 200  # characters
MOST_WORDS = 16  # of a query
_LONGEST_NAME = 8  # words
_MOST_WAYS = 12

Way = tuple[str, ...]  # stems that must all be there


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that was named. The first way is the reader's own."""

    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Query:
    typed: str
    language: str
    concepts: tuple[Concept, ...] = ()
    corrections: dict[str, str] = field(default_factory=dict)  # {as it was typed: what was looked for instead}
    missing: tuple[str, ...] = ()  # words that no page has

    @property
    def is_unspaced(self) -> bool:
        return any(analysis.is_unspaced(stem) for concept in self.concepts for stem in concept.ways[0])

    @property
    def corrected(self) -> str:
        """What was looked for, where that is not what was typed; else ""."""
        if not self.corrections:
            return ""
        text, place = "", 0
        for word in analysis.find_words(self.typed, self.language, is_query=True):
            if (meant := self.corrections.get(word.form)) and word.start >= place:
                text, place = text + self.typed[place : word.start] + meant, word.end
        return text + self.typed[place:]

    @property
    def ways(self) -> list[tuple[Way, ...]]:
        """Of each thing that was named, the ways in which a passage says it."""
        return [concept.ways for concept in self.concepts]


def clean_query(typed: str) -> str:
    """What was typed, without what no text has, cut where it is too long."""
    return " ".join(typed.replace("\0", " ").split())[:LONGEST_QUERY]


def read_query(typed: str, language: str, at: datetime) -> Query:
    """At most four statements, however much is typed."""
    words = list(analysis.find_words(typed, language, is_query=True))
    words = [word for word in words if not analysis.is_stop_word(word, language)][:MOST_WORDS] or words[:MOST_WORDS]
    # “Fever 38.2” is about a fever, whatever number a page has.
    words = [word for word in words if not analysis.is_measure(word.form)] or words
    if not words:
        return Query(typed, language)
    names = _find_names(words, typed, language, at)
    named = {place for start, end in names for place in range(start, end)}
    unknown = spelling.find_unknown([word for place, word in enumerate(words) if place not in named], language)
    meant = spelling.find_meant(unknown, language)
    corrections: dict[str, str] = {}
    concepts: list[Concept] = []
    missing: list[str] = []
    place = 0
    while place < len(words):
        if (end := _named_until(names, place)) is not None:
            own = tuple(word.stem for word in words[place:end])
            concepts.append(Concept(tuple(dict.fromkeys([own, *names[place, end]]))[:_MOST_WAYS]))
            place = end
            continue
        word = words[place]
        near = meant.get(word.form, [])
        if word in unknown and not near:
            missing.append(word.form)
            place += 1
            continue
        if near and not near[0][0].startswith(word.form):
            corrections[word.form] = near[0][0]
        concepts.append(Concept(tuple(dict.fromkeys([(word.stem,), *((stem,) for _form, stem in near)]))))
        place += 1
    if corrections:
        concepts = _with_names_of_meant(concepts, corrections, language, at)
    return Query(typed, language, tuple(dict.fromkeys(concepts)), corrections, tuple(missing))


def _named_until(names: dict[tuple[int, int], list[Way]], place: int) -> int | None:
    ends = [end for start, end in names if start == place]
    return max(ends, default=None)


def _find_names(words: list[Word], typed: str, language: str, at: datetime) -> dict[tuple[int, int], list[Way]]:
    """{(first word, one after the last): other ways to say it} of the names among the words. One statement."""
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    forms = {(language, word.form): word.stem for word in words}
    for code in dict.fromkeys([language, settings.SOURCE_LANGUAGE]):
        # A drug has its names in the source's language where its page has no other.
        stems = [
            forms.get((code, word.form)) or " ".join(analysis.stems(word.form, code, is_query=True)) for word in words
        ]
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
                spans.setdefault((code, " ".join(stems[start:end])), []).append((start, end))
    found: dict[tuple[int, int], list[Way]] = {}
    asked = sorted({stems_ for _code, stems_ in spans})
    for code, stems_, text in find_rows(_ask_names, settings.SOURCE_LANGUAGE, language=language, at=at, keys=asked):
        way = tuple(analysis.stems(text, language, is_query=True))
        for span in spans.get((code, stems_), []):
            if way:
                found.setdefault(span, []).append(way)
    return found


def _ask_names(source: str) -> QuerySet[SearchName, Any]:
    """(language, stems that were asked for, another name that means the same) of what is live, in the reader's language
    and the source's."""
    live = Q(entry__shown_until__isnull=True) | Q(entry__shown_until__gt=AT)
    rows = SearchName.objects.filter(
        live, language__in=[LANGUAGE, source], stems__in=[NAMES], entry__shown_from__lte=AT,
        entry__same_names__group=F("group"),
    )  # fmt: skip
    return rows.order_by("pk").values_list("language", "stems", "entry__same_names__text")[:200]


def _with_names_of_meant(
    concepts: list[Concept], corrections: dict[str, str], language: str, at: datetime
) -> list[Concept]:
    """Where a name was misspelt, its other names are looked for too."""
    words = [word for meant in corrections.values() for word in analysis.find_words(meant, language, is_query=True)]
    names = _find_names(words, "", language, at)
    others = {words[start].stem: ways for (start, end), ways in names.items() if end == start + 1}
    more = {
        concept: [way for (stem, *_rest) in concept.ways[1:] for way in others.get(stem, [])] for concept in concepts
    }
    return [Concept(tuple(dict.fromkeys([*concept.ways, *more[concept]]))) for concept in concepts]
