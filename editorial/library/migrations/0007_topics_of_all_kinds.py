"""Topics are the library's: pages of every kind may be about some. Their tables stay as they are, with their names."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0006_what_notices_say"),
        ("articles", "0001_squashed_0003_search_words_of_topics"),  # which made the tables
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Topic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="key")),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                        ("name_es", models.CharField(max_length=80, null=True, verbose_name="name")),
                        ("name_ar", models.CharField(max_length=80, null=True, verbose_name="name")),
                        ("name_zh_hans", models.CharField(max_length=80, null=True, verbose_name="name")),
                        ("name_vi", models.CharField(max_length=80, null=True, verbose_name="name")),
                    ],
                    options={
                        "verbose_name": "topic",
                        "verbose_name_plural": "topics",
                        "db_table": "articles_topic",
                        "ordering": ["slug"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTopic",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("slug", models.SlugField(max_length=60, verbose_name="key")),
                        ("name_en", models.CharField(max_length=80, null=True, verbose_name="name")),
                        ("name_es", models.CharField(max_length=80, null=True, verbose_name="name")),
                        ("name_ar", models.CharField(max_length=80, null=True, verbose_name="name")),
                        ("name_zh_hans", models.CharField(max_length=80, null=True, verbose_name="name")),
                        ("name_vi", models.CharField(max_length=80, null=True, verbose_name="name")),
                        ("history_user_name", models.CharField(max_length=301)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                        ("changed_languages", models.TextField(null=True)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical topic",
                        "verbose_name_plural": "historical topics",
                        "db_table": "articles_historicaltopic",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
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
                                to="library.topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "search words of a topic",
                        "db_table": "articles_topicwords",
                    },
                ),
            ]
        ),
    ]
