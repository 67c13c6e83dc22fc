"""What something costs the database: its queries, and the rows that they bring."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from django.db import connection


@dataclass(slots=True)
class Cost:
    queries: int = 0
    rows: int = 0
    statements: list[tuple[int, str]] = field(default_factory=list, compare=False, repr=False)  # (its rows, a SELECT)


@contextmanager
def counted_cost() -> Iterator[Cost]:
    """Counts queries and the rows that SELECTs bring, whether or not anybody reads them all."""
    cost = Cost()

    def count(execute: Callable, sql: str, params, many: bool, context: dict):
        cost.queries += 1
        if sql.startswith("SELECT"):
            with closing(context["connection"].create_cursor()) as cursor:  # past Django's, which would be counted
                cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS counted", params or ())
                rows = cursor.fetchone()[0]
            cost.rows += rows
            cost.statements.append((rows, sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield cost
