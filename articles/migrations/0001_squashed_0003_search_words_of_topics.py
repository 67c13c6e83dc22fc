"""What a new database gets at once; one of before goes on along what this replaces (CONTRIBUTING.md)."""

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import articles.models
from editorial.editions.model_creation import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("articles", "0001_initial"),
        ("articles", "0002_history_keeps_what_changed"),
        ("articles", "0003_search_words_of_topics"),
    ]

    initial = True

    dependencies = [
        ("editions", "0001_squashed_0017_signatures_and_reviews_by_person"),
        ("library", "0001_squashed_0004_history_keeps_what_changed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Article",
                    fields=[
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="article",
                                serialize=False,
                                to="editions.document",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                        ("title_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("title_es", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("title_ar", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        (
                            "title_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="title"),
                        ),
                        ("title_vi", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        (
                            "lead",
                            models.TextField(
                                blank=True,
                                help_text="Two or three plain sentences that say the most.",
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "lead_en",
                            models.TextField(
                                blank=True,
                                help_text="Two or three plain sentences that say the most.",
                                null=True,
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "lead_es",
                            models.TextField(
                                blank=True,
                                help_text="Two or three plain sentences that say the most.",
                                null=True,
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "lead_ar",
                            models.TextField(
                                blank=True,
                                help_text="Two or three plain sentences that say the most.",
                                null=True,
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "lead_zh_hans",
                            models.TextField(
                                blank=True,
                                help_text="Two or three plain sentences that say the most.",
                                null=True,
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "lead_vi",
                            models.TextField(
                                blank=True,
                                help_text="Two or three plain sentences that say the most.",
                                null=True,
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "change_note",
                            models.CharField(
                                blank=True,
                                help_text="For example: New approval added.",
                                max_length=300,
                                verbose_name="what changed, for readers",
                            ),
                        ),
                        (
                            "change_note_en",
                            models.CharField(
                                blank=True,
                                help_text="For example: New approval added.",
                                max_length=300,
                                null=True,
                                verbose_name="what changed, for readers",
                            ),
                        ),
                        (
                            "change_note_es",
                            models.CharField(
                                blank=True,
                                help_text="For example: New approval added.",
                                max_length=300,
                                null=True,
                                verbose_name="what changed, for readers",
                            ),
                        ),
                        (
                            "change_note_ar",
                            models.CharField(
                                blank=True,
                                help_text="For example: New approval added.",
                                max_length=300,
                                null=True,
                                verbose_name="what changed, for readers",
                            ),
                        ),
                        (
                            "change_note_zh_hans",
                            models.CharField(
                                blank=True,
                                help_text="For example: New approval added.",
                                max_length=300,
                                null=True,
                                verbose_name="what changed, for readers",
                            ),
                        ),
                        (
                            "change_note_vi",
                            models.CharField(
                                blank=True,
                                help_text="For example: New approval added.",
                                max_length=300,
                                null=True,
                                verbose_name="what changed, for readers",
                            ),
                        ),
                        ("is_minor", models.BooleanField(default=False, verbose_name="a minor change")),
                        (
                            "review_interval_months",
                            models.PositiveSmallIntegerField(
                                default=12,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(36),
                                ],
                                verbose_name="review every … months",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "article",
                        "verbose_name_plural": "articles",
                    },
                ),
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
                        "ordering": ["slug"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalArticle",
                    fields=[
                        ("title_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("title_es", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("title_ar", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        (
                            "title_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="title"),
                        ),
                        ("title_vi", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        (
                            "lead_en",
                            models.TextField(
                                blank=True,
                                help_text="Two or three plain sentences that say the most.",
                                null=True,
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "lead_es",
                            models.TextField(
                                blank=True,
                                help_text="Two or three plain sentences that say the most.",
                                null=True,
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "lead_ar",
                            models.TextField(
                                blank=True,
                                help_text="Two or three plain sentences that say the most.",
                                null=True,
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "lead_zh_hans",
                            models.TextField(
                                blank=True,
                                help_text="Two or three plain sentences that say the most.",
                                null=True,
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "lead_vi",
                            models.TextField(
                                blank=True,
                                help_text="Two or three plain sentences that say the most.",
                                null=True,
                                verbose_name="lead",
                            ),
                        ),
                        (
                            "change_note_en",
                            models.CharField(
                                blank=True,
                                help_text="For example: New approval added.",
                                max_length=300,
                                null=True,
                                verbose_name="what changed, for readers",
                            ),
                        ),
                        (
                            "change_note_es",
                            models.CharField(
                                blank=True,
                                help_text="For example: New approval added.",
                                max_length=300,
                                null=True,
                                verbose_name="what changed, for readers",
                            ),
                        ),
                        (
                            "change_note_ar",
                            models.CharField(
                                blank=True,
                                help_text="For example: New approval added.",
                                max_length=300,
                                null=True,
                                verbose_name="what changed, for readers",
                            ),
                        ),
                        (
                            "change_note_zh_hans",
                            models.CharField(
                                blank=True,
                                help_text="For example: New approval added.",
                                max_length=300,
                                null=True,
                                verbose_name="what changed, for readers",
                            ),
                        ),
                        (
                            "change_note_vi",
                            models.CharField(
                                blank=True,
                                help_text="For example: New approval added.",
                                max_length=300,
                                null=True,
                                verbose_name="what changed, for readers",
                            ),
                        ),
                        ("is_minor", models.BooleanField(default=False, verbose_name="a minor change")),
                        (
                            "review_interval_months",
                            models.PositiveSmallIntegerField(
                                default=12,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(36),
                                ],
                                verbose_name="review every … months",
                            ),
                        ),
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
                        "verbose_name": "historical article",
                        "verbose_name_plural": "historical articles",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalKeyPoint",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("block_id", models.CharField(default=articles.models.point_id, editable=False, max_length=20)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        ("text_en", models.TextField(blank=True, null=True, verbose_name="key point")),
                        ("text_es", models.TextField(blank=True, null=True, verbose_name="key point")),
                        ("text_ar", models.TextField(blank=True, null=True, verbose_name="key point")),
                        ("text_zh_hans", models.TextField(blank=True, null=True, verbose_name="key point")),
                        ("text_vi", models.TextField(blank=True, null=True, verbose_name="key point")),
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
                            "article",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="articles.article",
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
                        "verbose_name": "historical key point",
                        "verbose_name_plural": "historical key points",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSection",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "block_id",
                            models.CharField(default=articles.models.section_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("overview", "Overview"),
                                    ("procedure", "What happens"),
                                    ("risks-benefits", "Risks and benefits"),
                                    ("recovery", "Recovery and outlook"),
                                    ("when-to-call", "When to call"),
                                    ("editors-note", "A note from the editors"),
                                ],
                                default="overview",
                                max_length=20,
                                verbose_name="group",
                            ),
                        ),
                        (
                            "care_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("non-urgent", "Call during office hours"),
                                    ("urgent", "Call today"),
                                    ("emergency", "Emergency"),
                                ],
                                help_text="Only for a section that asks the reader to act.",
                                max_length=20,
                                verbose_name="care level",
                            ),
                        ),
                        (
                            "heading_en",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="heading or question"),
                        ),
                        (
                            "heading_es",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="heading or question"),
                        ),
                        (
                            "heading_ar",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="heading or question"),
                        ),
                        (
                            "heading_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="heading or question"),
                        ),
                        (
                            "heading_vi",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="heading or question"),
                        ),
                        ("body_en", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_es", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_ar", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_zh_hans", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_vi", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("piece", models.CharField(blank=True, max_length=40, verbose_name="which piece")),
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
                            "article",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="articles.article",
                            ),
                        ),
                        (
                            "figure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="library.figure",
                                verbose_name="figure",
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
                        (
                            "piece_of",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="editions.document",
                                verbose_name="piece of another page",
                            ),
                        ),
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical section",
                        "verbose_name_plural": "historical sections",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
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
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical topic",
                        "verbose_name_plural": "historical topics",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalArticleTopic",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                            "article",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="articles.article",
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
                        (
                            "topic",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="articles.topic",
                                verbose_name="topic",
                            ),
                        ),
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical topic of an article",
                        "verbose_name_plural": "historical topic of an articles",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="KeyPoint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("block_id", models.CharField(default=articles.models.point_id, editable=False, max_length=20)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        ("text", models.TextField(blank=True, verbose_name="key point")),
                        ("text_en", models.TextField(blank=True, null=True, verbose_name="key point")),
                        ("text_es", models.TextField(blank=True, null=True, verbose_name="key point")),
                        ("text_ar", models.TextField(blank=True, null=True, verbose_name="key point")),
                        ("text_zh_hans", models.TextField(blank=True, null=True, verbose_name="key point")),
                        ("text_vi", models.TextField(blank=True, null=True, verbose_name="key point")),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="key_points",
                                to="articles.article",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "key point",
                        "verbose_name_plural": "key points",
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "block_id"), name="key_points_have_own_ids")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "block_id",
                            models.CharField(default=articles.models.section_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("overview", "Overview"),
                                    ("procedure", "What happens"),
                                    ("risks-benefits", "Risks and benefits"),
                                    ("recovery", "Recovery and outlook"),
                                    ("when-to-call", "When to call"),
                                    ("editors-note", "A note from the editors"),
                                ],
                                default="overview",
                                max_length=20,
                                verbose_name="group",
                            ),
                        ),
                        (
                            "care_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("non-urgent", "Call during office hours"),
                                    ("urgent", "Call today"),
                                    ("emergency", "Emergency"),
                                ],
                                help_text="Only for a section that asks the reader to act.",
                                max_length=20,
                                verbose_name="care level",
                            ),
                        ),
                        ("heading", models.CharField(blank=True, max_length=200, verbose_name="heading or question")),
                        (
                            "heading_en",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="heading or question"),
                        ),
                        (
                            "heading_es",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="heading or question"),
                        ),
                        (
                            "heading_ar",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="heading or question"),
                        ),
                        (
                            "heading_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="heading or question"),
                        ),
                        (
                            "heading_vi",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="heading or question"),
                        ),
                        ("body", models.TextField(blank=True, verbose_name="text")),
                        ("body_en", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_es", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_ar", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_zh_hans", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_vi", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("piece", models.CharField(blank=True, max_length=40, verbose_name="which piece")),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="articles.article",
                            ),
                        ),
                        (
                            "figure",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="library.figure",
                                verbose_name="figure",
                            ),
                        ),
                        (
                            "piece_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="editions.document",
                                verbose_name="piece of another page",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "section",
                        "verbose_name_plural": "sections",
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("article", "block_id"), name="sections_have_own_ids")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleTopic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="topics",
                                to="articles.article",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="articles.topic",
                                verbose_name="topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "topic of an article",
                        "constraints": [models.UniqueConstraint(fields=("article", "topic"), name="each_topic_once")],
                    },
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
                                to="articles.topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "search words of a topic",
                    },
                ),
            ]
        ),
    ]
