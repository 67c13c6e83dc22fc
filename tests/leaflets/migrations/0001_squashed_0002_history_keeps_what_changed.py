"""What a new database gets at once; one of before goes on along what this replaces (CONTRIBUTING.md)."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from editorial.editions.model_creation import CreateModels


class Migration(migrations.Migration):
    replaces = [("leaflets", "0001_initial"), ("leaflets", "0002_history_keeps_what_changed")]

    initial = True

    dependencies = [
        ("editions", "0001_squashed_0017_signatures_and_reviews_by_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Leaflet",
                    fields=[
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="leaflet",
                                serialize=False,
                                to="editions.document",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("title_en", models.CharField(blank=True, max_length=200, null=True)),
                        ("title_es", models.CharField(blank=True, max_length=200, null=True)),
                        ("title_ar", models.CharField(blank=True, max_length=200, null=True)),
                        ("title_zh_hans", models.CharField(blank=True, max_length=200, null=True)),
                        ("title_vi", models.CharField(blank=True, max_length=200, null=True)),
                        ("body", models.TextField(blank=True)),
                        ("body_en", models.TextField(blank=True, null=True)),
                        ("body_es", models.TextField(blank=True, null=True)),
                        ("body_ar", models.TextField(blank=True, null=True)),
                        ("body_zh_hans", models.TextField(blank=True, null=True)),
                        ("body_vi", models.TextField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="HistoricalLeaflet",
                    fields=[
                        ("title_en", models.CharField(blank=True, max_length=200, null=True)),
                        ("title_es", models.CharField(blank=True, max_length=200, null=True)),
                        ("title_ar", models.CharField(blank=True, max_length=200, null=True)),
                        ("title_zh_hans", models.CharField(blank=True, max_length=200, null=True)),
                        ("title_vi", models.CharField(blank=True, max_length=200, null=True)),
                        ("body_en", models.TextField(blank=True, null=True)),
                        ("body_es", models.TextField(blank=True, null=True)),
                        ("body_ar", models.TextField(blank=True, null=True)),
                        ("body_zh_hans", models.TextField(blank=True, null=True)),
                        ("body_vi", models.TextField(blank=True, null=True)),
                        ("history_user_name", models.CharField(max_length=301)),
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
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="editions.document",
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
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical leaflet",
                        "verbose_name_plural": "historical leaflets",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
            ]
        ),
    ]
