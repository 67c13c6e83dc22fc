"""A narrow table of each draft's words for the desk's search, and its index.

Drafts that were saved before get their text when all migrations have run: see working/search_texts.py.
"""

import django.db.models.deletion
from django.db import migrations, models

LANGUAGES = [
    ("en", "English"), ("es", "Español"), ("ar", "العربية"), ("zh-hans", "简体中文"), ("vi", "Tiếng Việt"),
]  # fmt: skip
INDEX = {
    "sqlite": "CREATE VIRTUAL TABLE editions_searchindex USING fts5(words, tokenize='ascii', detail='none')",
    "postgresql": "CREATE INDEX editions_searchindex ON editions_searchtext "
    "USING gin (array_to_tsvector(string_to_array(words, ' ')))",
}
NO_INDEX = {"sqlite": "DROP TABLE editions_searchindex", "postgresql": "DROP INDEX editions_searchindex"}


def make_index(apps, schema_editor):
    schema_editor.execute(INDEX[schema_editor.connection.vendor])


def drop_index(apps, schema_editor):
    schema_editor.execute(NO_INDEX[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("editions", "0003_addresses_are_in_lower_case")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(choices=LANGUAGES, max_length=10)),
                ("words", models.TextField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_texts",
                        to="editions.document",
                    ),
                ),
            ],
            options={"verbose_name": "search text"},
        ),
        migrations.AddConstraint(
            model_name="searchtext",
            constraint=models.UniqueConstraint(fields=("document", "language"), name="one_search_text_per_language"),
        ),
        migrations.RunPython(make_index, drop_index),
    ]
