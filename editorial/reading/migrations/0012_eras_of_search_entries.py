"""On PostgreSQL, each entry of readers' search gets the word of its era: see search/engines.py. Readers go on searching."""

from django.db import migrations

ADD = """
    UPDATE reading_searchentry SET vector = vector || array_to_tsvector(ARRAY['0' || (id >> 10)])
    WHERE vector IS NOT NULL
"""
REMOVE = "UPDATE reading_searchentry SET vector = ts_delete(vector, '0' || (id >> 10)) WHERE vector IS NOT NULL"


def add_eras(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def remove_eras(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE)


class Migration(migrations.Migration):
    dependencies = [("reading", "0011_search_suggestions_and_topics")]

    operations = [migrations.RunPython(add_eras, remove_eras)]
