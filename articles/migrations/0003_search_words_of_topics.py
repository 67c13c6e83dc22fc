"""A narrow table of the words of topics, for the desk's search; and the words of those that are there."""

import django.db.models.deletion
from django.db import migrations, models

from editorial.editions.search_words import index_text


def keep_words(apps, schema_editor):
    words = apps.get_model("articles", "TopicWords")
    topics = apps.get_model("articles", "Topic").objects.order_by("pk").iterator(chunk_size=1000)
    words.objects.bulk_create(
        (words(row_id=topic.pk, words=f" {index_text([topic.slug, topic.name_en or ''])}") for topic in topics),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_history_keeps_what_changed")]

    operations = [
        migrations.CreateModel(
            name="TopicWords",
            fields=[
                ("words", models.TextField()),
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_words",
                        serialize=False,
                        to="articles.topic",
                    ),
                ),
            ],
            options={"verbose_name": "search words of a topic"},
        ),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
    ]
