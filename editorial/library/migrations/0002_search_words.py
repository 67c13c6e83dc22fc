"""Narrow tables of the words of references and figures, for the desk's search; and the words of those that are there."""

import django.db.models.deletion
from django.db import migrations, models

from editorial.editions.search_words import index_text

COLUMNS = {
    "Reference": ("key", "title", "source", "doi", "pmid", "url"),
    "Figure": ("key", "alt_en", "caption_en", "credit_en"),
}


def keep_words(apps, schema_editor):
    for name, columns in COLUMNS.items():
        words = apps.get_model("library", f"{name}Words")
        rows = apps.get_model("library", name).objects.order_by("pk").iterator(chunk_size=1000)
        words.objects.bulk_create(
            (
                words(row_id=row.pk, words=f" {index_text(getattr(row, column) or '' for column in columns)}")
                for row in rows
            ),
            batch_size=1000,
        )


def _words_of(name: str) -> migrations.CreateModel:
    row = models.OneToOneField(
        on_delete=django.db.models.deletion.CASCADE,
        primary_key=True,
        related_name="search_words",
        serialize=False,
        to=f"library.{name.lower()}",
    )
    return migrations.CreateModel(
        name=f"{name}Words",
        fields=[("words", models.TextField()), ("row", row)],
        options={"verbose_name": f"search words of a {name.lower()}"},
    )


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]

    operations = [
        _words_of("Reference"),
        _words_of("Figure"),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
    ]
