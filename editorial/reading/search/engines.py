"""The index of each database behind one small interface: both keep the words that our analyser makes, and cut none.

A further engine is another subclass of `SearchEngine`, and a line in `_ENGINES`.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.db import connections, router, transaction
from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import RawSQL

from ..models import SearchEntry

ERA = 10  # bits of an entry's key that do not tell eras apart, on PostgreSQL: 1,024 keys each
INDEX = "reading_searchindex"  # SQLite's table; PostgreSQL has an index of the entries' own
_TABLE = SearchEntry._meta.db_table
# One of these ways to say it, each the words that must all be there; a concept of a query is a list of them.
Ways = Sequence[Sequence[str]]


class SearchEngine(ABC):
    """Keeps words of entries and finds the entries that have them. Words are letters and digits: nothing is syntax."""

    @abstractmethod
    def keep(self, words: Mapping[int, Iterable[str]]) -> None:
        """Keep {entry's key: its words}, in the transaction that is open."""

    @abstractmethod
    def forget(self, entries: Collection[int]) -> None:
        """Forget those of entries that are about to be deleted."""

    def asking(self) -> AbstractContextManager[Any]:
        """Around the questions of one search."""
        return nullcontext()

    @abstractmethod
    def find(self, concepts: Sequence[Ways]) -> QuerySet[SearchEntry]:
        """The entries that have each concept, in one of its ways."""

    def newest(self, found: QuerySet[SearchEntry], most: int) -> QuerySet[SearchEntry]:
        """At most so many of the entries that `find` found, those that were written last."""
        return found.order_by("-pk")[:most]


class SqliteEngine(SearchEngine):
    """FTS5, by its rows' numbers: those of the entries."""

    def keep(self, words: Mapping[int, Iterable[str]]) -> None:
        with connections[router.db_for_write(SearchEntry)].cursor() as cursor:
            rows = [(key, " ".join(found)) for key, found in words.items()]
            cursor.executemany(f"INSERT INTO {INDEX} (rowid, words) VALUES (%s, %s)", rows)  # noqa: S608 (a constant of this module)

    def forget(self, entries: Collection[int]) -> None:
        with connections[router.db_for_write(SearchEntry)].cursor() as cursor:
            cursor.executemany(f"DELETE FROM {INDEX} WHERE rowid = %s", [(key,) for key in entries])  # noqa: S608 (likewise)

    def find(self, concepts: Sequence[Ways]) -> QuerySet[SearchEntry]:
        match = _expression(concepts, '"{}"', " AND ", " OR ")
        found = RawSQL(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [match])  # noqa: S608, S611 (with a parameter)
        return SearchEntry.objects.filter(pk__in=found)


class PostgresEngine(SearchEngine):
    """A vector of each entry with a GIN index, whose words have no positions: the levels are words of their own.

    Each entry has a word of its era, too: a 0 and its number. Words of texts begin with a language, not with a digit.
    """

    def keep(self, words: Mapping[int, Iterable[str]]) -> None:
        with connections[router.db_for_write(SearchEntry)].cursor() as cursor:
            cursor.executemany(
                f"UPDATE {_TABLE} SET vector = array_to_tsvector(%s::text[]) WHERE id = %s",  # noqa: S608 (likewise)
                [([*found, f"0{key >> ERA}"], key) for key, found in words.items()],
            )

    def forget(self, entries: Collection[int]) -> None:
        return  # they go with their rows

    @contextmanager
    def asking(self) -> Iterator[None]:
        """The planner does not reckon that a vector is read from elsewhere: for common words it would read them all.
        Nor does it know how little is left to do for several processes.
        """
        using = router.db_for_read(SearchEntry)
        with transaction.atomic(using=using):
            with connections[using].cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('enable_seqscan', 'off', true), "
                    "set_config('max_parallel_workers_per_gather', '0', true)"
                )
            yield

    def find(self, concepts: Sequence[Ways]) -> QuerySet[SearchEntry]:
        match = _expression(concepts, "'{}'", " & ", " | ")
        found = RawSQL("vector @@ %s::tsquery", [match], BooleanField())
        return SearchEntry.objects.filter(found)

    def newest(self, found: QuerySet[SearchEntry], most: int) -> QuerySet[SearchEntry]:
        """Of the last two eras, where they have so many: a word that most pages have is not looked up in all of them.
        The database takes the rest only where these are not enough.

        Keys alone are put in order. With 0 added, nothing is asked of the keys' own index: or in its order, row after
        row would be held against the words, and the vector of each be read.
        """
        eras = f"('0' || {_last_era()} || '|0' || ({_last_era()} - 1))::tsquery"
        recent = found.filter(RawSQL(f"vector @@ {eras}", [], BooleanField()))  # noqa: S611 (of constants)
        older = found.filter(RawSQL(f"id + 0 < (({_last_era()} - 1) << {ERA})", [], BooleanField()))  # noqa: S611 (likewise)
        newest, next_ = (part.order_by((F("pk") + 0).desc()).values("pk")[:most] for part in (recent, older))
        return SearchEntry.objects.filter(pk__in=newest.union(next_, all=True)[:most])


def _last_era() -> str:
    return f"(SELECT max(id) >> {ERA} FROM {_TABLE})"  # noqa: S608 (of constants of this module)


_ENGINES: dict[str, SearchEngine] = {"sqlite": SqliteEngine(), "postgresql": PostgresEngine()}


def search_engine() -> SearchEngine:
    """That of the database."""
    return _ENGINES[connections[router.db_for_read(SearchEntry)].vendor]


def _expression(concepts: Sequence[Ways], word: str, both: str, either: str) -> str:
    said = [
        either.join(f"({both.join(word.format(token) for token in way)})" for way in ways) for ways in concepts
    ]  # fmt: skip
    return both.join(f"({ways})" for ways in said)
