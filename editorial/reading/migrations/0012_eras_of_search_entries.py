"""On PostgreSQL, each entry of readers' search gets the word of its era: see search/engines.py.

The index of words is made again once all is written: kept up row by row, it would take many times as long.
"""

from django.db import migrations

ADD = """
    UPDATE reading_searchentry SET vector = vector || array_to_tsvector(ARRAY['0' || (id >> 10)])
    WHERE vector IS NOT NULL
"""
REMOVE = "UPDATE reading_searchentry SET vector = ts_delete(vector, '0' || (id >> 10)) WHERE vector IS NOT NULL"


def add_eras(apps, schema_editor):
    _write_all(schema_editor, ADD)


def remove_eras(apps, schema_editor):
    _write_all(schema_editor, REMOVE)


def _write_all(schema_editor, statement):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("DROP INDEX reading_searchindex")
    schema_editor.execute(statement)
    schema_editor.execute("CREATE INDEX reading_searchindex ON reading_searchentry USING gin (vector)")


class Migration(migrations.Migration):
    dependencies = [("reading", "0011_search_suggestions_and_topics")]

    operations = [migrations.RunPython(add_eras, remove_eras)]
