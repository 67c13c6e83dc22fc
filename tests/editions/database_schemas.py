"""What a database has in it, as facts that can be compared with those of another one."""

import re

# Told apart by nothing that two databases could share.
TIMES_AND_DIGESTS = re.compile("_at$|digest$")
OWN_KEYS = {"django_content_type": {"id"}, "auth_permission": {"id", "content_type_id"}}

POSTGRES = [
    "SELECT 'column', table_name, column_name, ordinal_position, data_type, character_maximum_length, is_nullable,"
    " column_default, is_identity FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT 'constraint', conrelid::regclass, conname, condeferrable, condeferred, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 't'",
    "SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT 'trigger', tgrelid::regclass, tgname, tgenabled, pg_get_triggerdef(oid)"
    " FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT 'function', '-', proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
]


def describe_schema(connection) -> set[str]:
    """Its tables' columns and constraints, its indexes, triggers and functions: each as "kind table …"."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT type, tbl_name, name, sql FROM sqlite_master WHERE tbl_name NOT LIKE 'sqlite_%'")
            return {fact for row in cursor.fetchall() for fact in _sqlite_facts(*row)}
        facts = set()
        for query in POSTGRES:
            cursor.execute(query)
            facts.update(" ".join(map(str, row)) for row in cursor.fetchall())
        return facts


def describe_rows(connection) -> set[str]:
    """All rows but those that tell which migrations ran."""
    facts = set()
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {"django_migrations"}:
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            cursor.execute(f'SELECT {", ".join(map(connection.ops.quote_name, columns))} FROM "{table}"')
            for row in cursor.fetchall():
                values = {
                    name: value
                    for name, value in zip(columns, row, strict=True)
                    if not TIMES_AND_DIGESTS.search(name) and name not in OWN_KEYS.get(table, ())
                }
                facts.add(f"{table} {values}")
    return facts


def _sqlite_facts(kind: str, table: str, name: str, sql: str | None) -> list[str]:
    """A table's columns and constraints one by one: Django puts a column that it alters behind the others."""
    if kind != "table":
        return [f"{kind} {table} {name} {sql}"]
    parts, depth = [""], 0
    for letter in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [f"part {table} {part.strip()}" for part in parts]
