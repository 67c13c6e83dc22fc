"""What SQLite would read to answer a question: where a table is scanned, the time grows with the library."""

from collections.abc import Callable

from django.db import connection


def tables_scanned(ask: Callable[[], object]) -> list[str]:
    """The steps of its statements that read past a whole table, or past all pages of a kind."""
    statements = []

    def note(execute, sql, parameters, many, context):
        statements.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        ask()
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
