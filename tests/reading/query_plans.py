"""What a database would read to answer a question: where a table is scanned, the time grows with the library."""

import re
from collections.abc import Callable

from django.db import connection, transaction


def tables_scanned(ask: Callable[[], object]) -> list[str]:
    """The steps of its statements that read past a whole table, or past all pages of a kind."""
    statements = _statements_of(ask)
    steps, tables = [], set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for sql, parameters in statements:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            steps += [row[3] for row in cursor.fetchall()]
    aliases = {"U0", "V0", "V1", "W0", "r", "e", "w", "d", "h"}  # those of tables, in the statements that are ours
    assert steps
    return [
        step
        for step in steps
        if step.endswith("(kind=?)") or (step.startswith("SCAN") and step.split()[1] in tables | aliases)
    ]


def explain(ask: Callable[[], object]) -> str:
    """The plans of its statements on either database; PostgreSQL's as of a table that is too large to be scanned."""
    statements, lines = _statements_of(ask), []
    is_sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        for way in () if is_sqlite else ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        for sql, parameters in statements:
            if not sql.startswith("SELECT"):
                continue
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if is_sqlite else ''}{sql}", parameters)
            lines += [str(row[-1]) for row in cursor.fetchall()]
        for way in () if is_sqlite else ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = on")
    assert lines
    return "\n".join(lines)


def plans_of(ask: Callable[[], object]) -> list[str]:
    """The plan of each of its statements that are asked of PostgreSQL, with what the connection was told before."""
    plans: list[str] = []

    def note(execute, sql, parameters, many, context):
        if sql.startswith("SELECT "):
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}", parameters)
                plans.append("\n".join(row[0] for row in cursor.fetchall()))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        ask()
    return plans


def is_scanned_or_sorted(plan: str) -> bool:
    """Whether one of its steps reads past a table, or past more rows than are asked for, to put them in order."""
    scanned = r"^SCAN (?!.* USING (COVERING )?INDEX)|Seq Scan|TEMP B-TREE|\bSort\b"
    return re.search(scanned, plan, re.MULTILINE) is not None


def _statements_of(ask: Callable[[], object]) -> list[tuple[str, object]]:
    statements: list[tuple[str, object]] = []

    def note(execute, sql, parameters, many, context):
        statements.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        ask()
    assert statements
    return statements
