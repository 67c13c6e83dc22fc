"""One page of a long list, cut by the database: its cost does not grow with the list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import IntegerField, Model, QuerySet, Value
from django.db.models.expressions import RawSQL

# No list is counted further: beyond, a page says its number and not of how many. A row takes half a microsecond.
MOST_COUNTED = 3_000
_LAST_NUMBER = 10_000_000  # more than any database takes as an offset is no page
R = TypeVar("R", bound=Model)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListSlice(Generic[T]):
    """The rows of one page, and where it stands among the others."""

    rows: tuple[T, ...]
    number: int
    count: int  # of all rows, one more than are counted for more than that
    has_next: bool
    per_page: int
    most: int | None = None  # that are counted, MOST_COUNTED where it is not said

    @property
    def is_counted(self) -> bool:
        return self.count <= (self.most or MOST_COUNTED)

    @property
    def num_pages(self) -> int:
        """How many pages there are; only meant where all rows are counted."""
        return max(1, -(-self.count // self.per_page))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1


def page_number(typed: str) -> int:
    """The number in an address; 1 for what is none."""
    return min(max(int(typed), 1), _LAST_NUMBER) if typed.isdecimal() and len(typed) < 20 else 1


def cut_slice(rows: QuerySet[R], number: int, per_page: int, *, most: int | None = None) -> ListSlice[R]:
    """The page with this number of ordered rows, in one statement; the last one, in two or three, where it has none.

    `most` is how many are counted where a row takes longer than those of other lists: else MOST_COUNTED.
    """
    some = rows.order_by().annotate(one=Value(1)).values("one")[: (most or MOST_COUNTED) + 1]
    sql, params = some.query.sql_with_params()
    count = RawSQL(f"SELECT COUNT(*) FROM ({sql}) counted", params, output_field=IntegerField())  # noqa: S608, S611 (compiled by Django)
    counted = rows.annotate(row_count=count)

    def fetch(limit: int, offset: int) -> list[tuple[int, R]]:
        return [(row.row_count, row) for row in counted[offset : offset + limit]]

    return fetch_slice(fetch, lambda: rows.order_by().count(), number, per_page, most)


def fetch_slice(
    fetch: Callable[[int, int], list[tuple[int, T]]],
    count_all: Callable[[], int],
    number: int,
    per_page: int,
    most: int | None = None,
) -> ListSlice[T]:
    """The page with this number, or the last one; `fetch` takes a limit and an offset.

    It brings each row with how many there are, one more than are counted for more than that.
    """
    found = fetch(per_page + 1, (number - 1) * per_page)
    if found:
        rows = tuple(row for _count, row in found[:per_page])
        return ListSlice(rows, number, found[0][0], len(found) > per_page, per_page, most)
    if number == 1:
        return ListSlice((), 1, 0, False, per_page, most)
    return fetch_slice(fetch, count_all, max(1, -(-count_all() // per_page)), per_page, most)
