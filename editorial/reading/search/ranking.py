"""Which pages come first: the same on every database, because a bounded number of them is put in order here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from django.db.models import Q, QuerySet

from ..models import SearchEntry
from .engines import Ways, search_engine
from .indexed_words import ANYWHERE, OFTEN, POINTS, TITLE, token, topic_token
from .queries import Concept, Query

MOST_RANKED = 100  # pages of each step, and all that a search shows
MOST_COUNTED = 1_000  # pages that are told apart by their kinds and topics
MOST_TOPICS = 8  # of those that are offered to choose among
_WORTH = {TITLE: 12.0, POINTS: 4.0, OFTEN: 2.0, ANYWHERE: 1.0}
_FEW = 10  # pages
_MOST_SUBSETS = 16
_OTHER_WAY = 0.75  # what was named otherwise than the reader did
_WHOLE_NAME = 10.0  # added where a page's name says nothing else; in part, where it says little else


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a search's pages somebody asks for; "" for all."""

    kind: str = ""
    topic: str = ""  # its key


ALL_PAGES = Choice()


class FoundEntry(NamedTuple):
    """The columns of a `SearchEntry` by which it is put in order and shown."""

    pk: int
    document_id: int
    release_id: int
    language: str
    names: str
    points: str
    often: str
    topics: str


@dataclass(slots=True)
class FacetCounts:
    """How many pages were found of each kind among those about the chosen topic, and about each topic among those of
    the chosen kind."""

    kinds: dict[str, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)  # the most frequent and the chosen one, by key
    holders: dict[str, tuple[int, int]] = field(default_factory=dict)  # (document, release) of a page about each
    is_least: bool = False  # whether there may be more of each


def search_pages(query: Query, at: datetime, choice: Choice = ALL_PAGES) -> tuple[list[FoundEntry], bool, FacetCounts]:
    """What `find_entries` returns, and `count_facets` where that is meant: for what has everything that was named."""
    with search_engine().asking():
        entries, has_all = find_entries(query, at, choice)
        is_counted = bool(query.concepts) and has_all and bool(entries or choice != ALL_PAGES)
        return entries, has_all, count_facets(query, at, choice) if is_counted else FacetCounts()


def find_entries(query: Query, at: datetime, choice: Choice = ALL_PAGES) -> tuple[list[FoundEntry], bool]:
    """(the entries, the best first; whether they have everything that was named). At most six statements.

    Pages that have all of it in their titles are asked for first, then those that have it in their points, and so on.
    What has only a part of it is shown where nothing has it all.
    """
    if not query.concepts:
        return [], True
    found: dict[int, FoundEntry] = {}
    for level in (TITLE, POINTS, OFTEN, ANYWHERE):
        _ask(found, [_ways(concept, query, level) for concept in query.concepts], query, at, choice)
        if len(found) >= MOST_RANKED:
            break
    has_all = bool(found) and not query.missing
    # Where Chinese is cut, two characters make a pair that no page has to have.
    if len(query.concepts) > 2 and (not found or (query.is_unspaced and len(found) < _FEW)):
        subsets = list(combinations(query.concepts, len(query.concepts) - 1))[:_MOST_SUBSETS]
        most: list[Ways] = [[way for subset in subsets for way in _product(subset, query)]]
        _ask(found, most, query, at, choice)
    if not found and len(query.concepts) > 1:
        either: list[Ways] = [[way for concept in query.concepts for way in _ways(concept, query, POINTS)]]
        _ask(found, either, query, at, choice)
    return _rank(found.values(), query), has_all or (query.is_unspaced and bool(found)) or not found


def count_facets(query: Query, at: datetime, choice: Choice = ALL_PAGES) -> FacetCounts:
    """Of the pages that have everything that was named, MOST_COUNTED at most. One statement."""
    counts, topics = FacetCounts(), Counter[str]()
    rows = _shown([_ways(concept, query, ANYWHERE) for concept in query.concepts], at)
    found = list(rows.values_list("kind", "topics", "document", "release")[:MOST_COUNTED])
    counts.is_least = len(found) == MOST_COUNTED
    # Many pages are of the same kind about the same topics: each of these pairs is read once.
    first = {(kind, said): (document, release) for kind, said, document, release in reversed(found)}
    for (kind, said), count in Counter((kind, said) for kind, said, _document, _release in found).items():
        keys = said.split()
        if choice.topic in ("", *keys):
            counts.kinds[kind] = counts.kinds.get(kind, 0) + count
        if choice.kind in ("", kind):
            for key in keys:
                topics[key] += count
                counts.holders.setdefault(key, first[kind, said])
    most = sorted(topics, key=lambda key: (key != choice.topic, -topics[key], key))[:MOST_TOPICS]
    counts.topics = {key: topics[key] for key in sorted(most, key=lambda key: (-topics[key], key))}
    return counts


def _ask(found: dict[int, FoundEntry], concepts: list[Ways], query: Query, at: datetime, choice: Choice) -> None:
    if choice.topic:
        concepts = [*concepts, [[topic_token(choice.topic, query.language)]]]
    rows = _shown(concepts, at)
    if choice.kind:
        rows = rows.filter(kind=choice.kind)
    newest = search_engine().newest(rows.exclude(pk__in=list(found)), MOST_RANKED)
    found.update((row[0], FoundEntry._make(row)) for row in newest.values_list(*FoundEntry._fields))


def _shown(concepts: list[Ways], at: datetime) -> QuerySet[SearchEntry]:
    live = Q(shown_until__isnull=True) | Q(shown_until__gt=at)
    return search_engine().find(concepts).filter(live, is_page=True, shown_from__lte=at)


def _ways(concept: Concept, query: Query, level: int) -> Ways:
    return [[token(stem, query.language, level) for stem in way] for way in concept.ways]


def _product(concepts: Iterable[Concept], query: Query) -> Ways:
    """All of these concepts as one way: by the reader's own words, and by the first other way of each."""
    concepts = list(concepts)
    own = [token(stem, query.language, ANYWHERE) for concept in concepts for stem in concept.ways[0]]
    other = [token(stem, query.language, ANYWHERE) for concept in concepts for stem in concept.ways[-1]]
    return [own] if own == other else [own, other]


def _rank(entries: Iterable[FoundEntry], query: Query) -> list[FoundEntry]:
    return sorted(entries, key=lambda entry: (-_score(entry, query), -entry.pk))[:MOST_RANKED]


def _score(entry: FoundEntry, query: Query) -> float:
    names = [frozenset(name.split()) for name in entry.names.split("|")]
    titles = frozenset().union(*names)
    points, often = frozenset(entry.points.split()), frozenset(entry.often.split())
    score, said = 0.0, set[str]()
    for concept in query.concepts:
        best = 0.0
        for place, way in enumerate(concept.ways):
            worth = sum(_worth(stem, titles, points, often) for stem in way) / len(way)
            if all(stem in titles for stem in way):
                said.update(way)
            best = max(best, worth if place == 0 else worth * _OTHER_WAY)
        score += best
    covered = max((len(name & said) / len(name) for name in names if name), default=0.0)
    return score + _WHOLE_NAME * covered * covered


def _worth(stem: str, titles: frozenset[str], points: frozenset[str], often: frozenset[str]) -> float:
    level = TITLE if stem in titles else POINTS if stem in points else OFTEN if stem in often else ANYWHERE
    return _WORTH[level]
