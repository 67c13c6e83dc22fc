"""What a new database gets at once; one of before goes on along what this replaces (CONTRIBUTING.md)."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import editorial.library.site_words.models
from editorial.editions.model_creation import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("library", "0001_initial"),
        ("library", "0002_search_words"),
        ("library", "0003_words_of_stored_drawings"),
        ("library", "0004_history_keeps_what_changed"),
    ]

    initial = True

    dependencies = [
        ("editions", "0001_squashed_0017_signatures_and_reviews_by_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Figure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                max_length=40,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*$", "Use lower-case letters, digits and hyphens."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        (
                            "decorative",
                            models.BooleanField(
                                default=False,
                                help_text="It says nothing that the text does not: no alternative text.",
                                verbose_name="decorative",
                            ),
                        ),
                        (
                            "alt",
                            models.CharField(
                                blank=True,
                                help_text="What somebody who cannot see the picture needs to know of it, in a sentence or three.",
                                max_length=500,
                                verbose_name="alternative text",
                            ),
                        ),
                        (
                            "alt_en",
                            models.CharField(
                                blank=True,
                                help_text="What somebody who cannot see the picture needs to know of it, in a sentence or three.",
                                max_length=500,
                                null=True,
                                verbose_name="alternative text",
                            ),
                        ),
                        (
                            "alt_es",
                            models.CharField(
                                blank=True,
                                help_text="What somebody who cannot see the picture needs to know of it, in a sentence or three.",
                                max_length=500,
                                null=True,
                                verbose_name="alternative text",
                            ),
                        ),
                        (
                            "alt_ar",
                            models.CharField(
                                blank=True,
                                help_text="What somebody who cannot see the picture needs to know of it, in a sentence or three.",
                                max_length=500,
                                null=True,
                                verbose_name="alternative text",
                            ),
                        ),
                        (
                            "alt_zh_hans",
                            models.CharField(
                                blank=True,
                                help_text="What somebody who cannot see the picture needs to know of it, in a sentence or three.",
                                max_length=500,
                                null=True,
                                verbose_name="alternative text",
                            ),
                        ),
                        (
                            "alt_vi",
                            models.CharField(
                                blank=True,
                                help_text="What somebody who cannot see the picture needs to know of it, in a sentence or three.",
                                max_length=500,
                                null=True,
                                verbose_name="alternative text",
                            ),
                        ),
                        ("caption", models.TextField(blank=True, verbose_name="caption")),
                        ("caption_en", models.TextField(blank=True, null=True, verbose_name="caption")),
                        ("caption_es", models.TextField(blank=True, null=True, verbose_name="caption")),
                        ("caption_ar", models.TextField(blank=True, null=True, verbose_name="caption")),
                        ("caption_zh_hans", models.TextField(blank=True, null=True, verbose_name="caption")),
                        ("caption_vi", models.TextField(blank=True, null=True, verbose_name="caption")),
                        (
                            "credit",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, for example: Drawing: Jo Doe.",
                                max_length=200,
                                verbose_name="credit",
                            ),
                        ),
                        (
                            "credit_en",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, for example: Drawing: Jo Doe.",
                                max_length=200,
                                null=True,
                                verbose_name="credit",
                            ),
                        ),
                        (
                            "credit_es",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, for example: Drawing: Jo Doe.",
                                max_length=200,
                                null=True,
                                verbose_name="credit",
                            ),
                        ),
                        (
                            "credit_ar",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, for example: Drawing: Jo Doe.",
                                max_length=200,
                                null=True,
                                verbose_name="credit",
                            ),
                        ),
                        (
                            "credit_zh_hans",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, for example: Drawing: Jo Doe.",
                                max_length=200,
                                null=True,
                                verbose_name="credit",
                            ),
                        ),
                        (
                            "credit_vi",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, for example: Drawing: Jo Doe.",
                                max_length=200,
                                null=True,
                                verbose_name="credit",
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(
                                help_text="For example CC BY 4.0.", max_length=100, verbose_name="license"
                            ),
                        ),
                        (
                            "licence_url",
                            models.URLField(blank=True, max_length=400, verbose_name="web address of the license"),
                        ),
                        ("width", models.PositiveIntegerField(editable=False, verbose_name="width")),
                        ("height", models.PositiveIntegerField(editable=False, verbose_name="height")),
                        ("files", models.JSONField(editable=False, verbose_name="files")),
                    ],
                    options={
                        "verbose_name": "figure",
                        "verbose_name_plural": "figures",
                        "ordering": ["key"],
                    },
                ),
                migrations.CreateModel(
                    name="GlossaryEntry",
                    fields=[
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="glossary_entry",
                                serialize=False,
                                to="editions.document",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="word")),
                        ("title_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="word")),
                        ("title_es", models.CharField(blank=True, max_length=200, null=True, verbose_name="word")),
                        ("title_ar", models.CharField(blank=True, max_length=200, null=True, verbose_name="word")),
                        ("title_zh_hans", models.CharField(blank=True, max_length=200, null=True, verbose_name="word")),
                        ("title_vi", models.CharField(blank=True, max_length=200, null=True, verbose_name="word")),
                        ("short", models.CharField(blank=True, max_length=400, verbose_name="in short")),
                        ("short_en", models.CharField(blank=True, max_length=400, null=True, verbose_name="in short")),
                        ("short_es", models.CharField(blank=True, max_length=400, null=True, verbose_name="in short")),
                        ("short_ar", models.CharField(blank=True, max_length=400, null=True, verbose_name="in short")),
                        (
                            "short_zh_hans",
                            models.CharField(blank=True, max_length=400, null=True, verbose_name="in short"),
                        ),
                        ("short_vi", models.CharField(blank=True, max_length=400, null=True, verbose_name="in short")),
                        ("body", models.TextField(blank=True, verbose_name="text")),
                        ("body_en", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_es", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_ar", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_zh_hans", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_vi", models.TextField(blank=True, null=True, verbose_name="text")),
                    ],
                    options={
                        "verbose_name": "glossary entry",
                        "verbose_name_plural": "glossary entries",
                    },
                ),
                migrations.CreateModel(
                    name="SiteWords",
                    fields=[
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="site_words",
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
                        ("body", models.TextField(blank=True, verbose_name="text")),
                        ("body_en", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_es", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_ar", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_zh_hans", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_vi", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("is_page", models.BooleanField(default=False, verbose_name="a page of its own")),
                    ],
                    options={
                        "verbose_name": "site words",
                        "verbose_name_plural": "site words",
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalFigure",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "key",
                            models.CharField(
                                db_index=True,
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*$", "Use lower-case letters, digits and hyphens."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        (
                            "decorative",
                            models.BooleanField(
                                default=False,
                                help_text="It says nothing that the text does not: no alternative text.",
                                verbose_name="decorative",
                            ),
                        ),
                        (
                            "alt_en",
                            models.CharField(
                                blank=True,
                                help_text="What somebody who cannot see the picture needs to know of it, in a sentence or three.",
                                max_length=500,
                                null=True,
                                verbose_name="alternative text",
                            ),
                        ),
                        (
                            "alt_es",
                            models.CharField(
                                blank=True,
                                help_text="What somebody who cannot see the picture needs to know of it, in a sentence or three.",
                                max_length=500,
                                null=True,
                                verbose_name="alternative text",
                            ),
                        ),
                        (
                            "alt_ar",
                            models.CharField(
                                blank=True,
                                help_text="What somebody who cannot see the picture needs to know of it, in a sentence or three.",
                                max_length=500,
                                null=True,
                                verbose_name="alternative text",
                            ),
                        ),
                        (
                            "alt_zh_hans",
                            models.CharField(
                                blank=True,
                                help_text="What somebody who cannot see the picture needs to know of it, in a sentence or three.",
                                max_length=500,
                                null=True,
                                verbose_name="alternative text",
                            ),
                        ),
                        (
                            "alt_vi",
                            models.CharField(
                                blank=True,
                                help_text="What somebody who cannot see the picture needs to know of it, in a sentence or three.",
                                max_length=500,
                                null=True,
                                verbose_name="alternative text",
                            ),
                        ),
                        ("caption_en", models.TextField(blank=True, null=True, verbose_name="caption")),
                        ("caption_es", models.TextField(blank=True, null=True, verbose_name="caption")),
                        ("caption_ar", models.TextField(blank=True, null=True, verbose_name="caption")),
                        ("caption_zh_hans", models.TextField(blank=True, null=True, verbose_name="caption")),
                        ("caption_vi", models.TextField(blank=True, null=True, verbose_name="caption")),
                        (
                            "credit_en",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, for example: Drawing: Jo Doe.",
                                max_length=200,
                                null=True,
                                verbose_name="credit",
                            ),
                        ),
                        (
                            "credit_es",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, for example: Drawing: Jo Doe.",
                                max_length=200,
                                null=True,
                                verbose_name="credit",
                            ),
                        ),
                        (
                            "credit_ar",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, for example: Drawing: Jo Doe.",
                                max_length=200,
                                null=True,
                                verbose_name="credit",
                            ),
                        ),
                        (
                            "credit_zh_hans",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, for example: Drawing: Jo Doe.",
                                max_length=200,
                                null=True,
                                verbose_name="credit",
                            ),
                        ),
                        (
                            "credit_vi",
                            models.CharField(
                                blank=True,
                                help_text="Who made it, for example: Drawing: Jo Doe.",
                                max_length=200,
                                null=True,
                                verbose_name="credit",
                            ),
                        ),
                        (
                            "licence",
                            models.CharField(
                                help_text="For example CC BY 4.0.", max_length=100, verbose_name="license"
                            ),
                        ),
                        (
                            "licence_url",
                            models.URLField(blank=True, max_length=400, verbose_name="web address of the license"),
                        ),
                        ("width", models.PositiveIntegerField(editable=False, verbose_name="width")),
                        ("height", models.PositiveIntegerField(editable=False, verbose_name="height")),
                        ("files", models.JSONField(editable=False, verbose_name="files")),
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
                        "verbose_name": "historical figure",
                        "verbose_name_plural": "historical figures",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalGlossaryEntry",
                    fields=[
                        ("title_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="word")),
                        ("title_es", models.CharField(blank=True, max_length=200, null=True, verbose_name="word")),
                        ("title_ar", models.CharField(blank=True, max_length=200, null=True, verbose_name="word")),
                        ("title_zh_hans", models.CharField(blank=True, max_length=200, null=True, verbose_name="word")),
                        ("title_vi", models.CharField(blank=True, max_length=200, null=True, verbose_name="word")),
                        ("short_en", models.CharField(blank=True, max_length=400, null=True, verbose_name="in short")),
                        ("short_es", models.CharField(blank=True, max_length=400, null=True, verbose_name="in short")),
                        ("short_ar", models.CharField(blank=True, max_length=400, null=True, verbose_name="in short")),
                        (
                            "short_zh_hans",
                            models.CharField(blank=True, max_length=400, null=True, verbose_name="in short"),
                        ),
                        ("short_vi", models.CharField(blank=True, max_length=400, null=True, verbose_name="in short")),
                        ("body_en", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_es", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_ar", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_zh_hans", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_vi", models.TextField(blank=True, null=True, verbose_name="text")),
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
                        "verbose_name": "historical glossary entry",
                        "verbose_name_plural": "historical glossary entries",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalReference",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "key",
                            models.CharField(
                                db_index=True,
                                help_text="Cite it in the text as [@key].",
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*$", "Use lower-case letters, digits and hyphens."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "source",
                            models.CharField(
                                help_text="Journal or publisher, year, pages.", max_length=200, verbose_name="source"
                            ),
                        ),
                        (
                            "doi",
                            models.CharField(
                                blank=True,
                                max_length=100,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^10\\.\\d{4,9}/\\S+$", "For example 10.1056/NEJMoa1910549."
                                    )
                                ],
                                verbose_name="DOI",
                            ),
                        ),
                        (
                            "pmid",
                            models.CharField(
                                blank=True,
                                max_length=12,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[1-9][0-9]{0,8}$", "A number that does not begin with 0."
                                    )
                                ],
                                verbose_name="PMID",
                            ),
                        ),
                        ("url", models.URLField(blank=True, max_length=400, verbose_name="web address")),
                        ("accessed_on", models.DateField(verbose_name="read on")),
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
                        "verbose_name": "historical reference",
                        "verbose_name_plural": "historical references",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSiteWords",
                    fields=[
                        ("title_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("title_es", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("title_ar", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        (
                            "title_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="title"),
                        ),
                        ("title_vi", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("body_en", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_es", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_ar", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_zh_hans", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("body_vi", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("is_page", models.BooleanField(default=False, verbose_name="a page of its own")),
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
                        "verbose_name": "historical site words",
                        "verbose_name_plural": "historical site words",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Reference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                help_text="Cite it in the text as [@key].",
                                max_length=40,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*$", "Use lower-case letters, digits and hyphens."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "source",
                            models.CharField(
                                help_text="Journal or publisher, year, pages.", max_length=200, verbose_name="source"
                            ),
                        ),
                        (
                            "doi",
                            models.CharField(
                                blank=True,
                                max_length=100,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^10\\.\\d{4,9}/\\S+$", "For example 10.1056/NEJMoa1910549."
                                    )
                                ],
                                verbose_name="DOI",
                            ),
                        ),
                        (
                            "pmid",
                            models.CharField(
                                blank=True,
                                max_length=12,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[1-9][0-9]{0,8}$", "A number that does not begin with 0."
                                    )
                                ],
                                verbose_name="PMID",
                            ),
                        ),
                        ("url", models.URLField(blank=True, max_length=400, verbose_name="web address")),
                        ("accessed_on", models.DateField(verbose_name="read on")),
                    ],
                    options={
                        "verbose_name": "reference",
                        "verbose_name_plural": "references",
                        "ordering": ["key"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("doi"),
                                condition=models.Q(("doi", ""), _negated=True),
                                name="one_reference_per_doi",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("pmid", ""), _negated=True),
                                fields=("pmid",),
                                name="one_reference_per_pmid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("doi", ""), ("pmid", ""), ("url", ""), _negated=True),
                                name="references_can_be_found",
                                violation_error_message="A reference needs a DOI, a PMID or a web address, so that it can be found.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSiteWordsPhrase",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "block_id",
                            models.CharField(
                                default=editorial.library.site_words.models.phrase_id, editable=False, max_length=20
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        (
                            "key",
                            models.CharField(
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", "Use letters, digits and hyphens."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("text_en", models.CharField(blank=True, max_length=400, null=True, verbose_name="phrase")),
                        ("text_es", models.CharField(blank=True, max_length=400, null=True, verbose_name="phrase")),
                        ("text_ar", models.CharField(blank=True, max_length=400, null=True, verbose_name="phrase")),
                        (
                            "text_zh_hans",
                            models.CharField(blank=True, max_length=400, null=True, verbose_name="phrase"),
                        ),
                        ("text_vi", models.CharField(blank=True, max_length=400, null=True, verbose_name="phrase")),
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
                        (
                            "words",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="library.sitewords",
                            ),
                        ),
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical phrase",
                        "verbose_name_plural": "historical phrases",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="SiteWordsPhrase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "block_id",
                            models.CharField(
                                default=editorial.library.site_words.models.phrase_id, editable=False, max_length=20
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        (
                            "key",
                            models.CharField(
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", "Use letters, digits and hyphens."
                                    )
                                ],
                                verbose_name="key",
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=400, verbose_name="phrase")),
                        ("text_en", models.CharField(blank=True, max_length=400, null=True, verbose_name="phrase")),
                        ("text_es", models.CharField(blank=True, max_length=400, null=True, verbose_name="phrase")),
                        ("text_ar", models.CharField(blank=True, max_length=400, null=True, verbose_name="phrase")),
                        (
                            "text_zh_hans",
                            models.CharField(blank=True, max_length=400, null=True, verbose_name="phrase"),
                        ),
                        ("text_vi", models.CharField(blank=True, max_length=400, null=True, verbose_name="phrase")),
                        (
                            "words",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="phrases",
                                to="library.sitewords",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "phrase",
                        "verbose_name_plural": "phrases",
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("words", "block_id"), name="phrases_have_own_ids"),
                            models.UniqueConstraint(fields=("words", "key"), name="phrases_have_own_keys"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferenceWords",
                    fields=[
                        ("words", models.TextField()),
                        (
                            "row",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="search_words",
                                serialize=False,
                                to="library.reference",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "search words of a reference",
                    },
                ),
                migrations.CreateModel(
                    name="FigureWords",
                    fields=[
                        ("words", models.TextField()),
                        (
                            "row",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="search_words",
                                serialize=False,
                                to="library.figure",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "search words of a figure",
                    },
                ),
                migrations.CreateModel(
                    name="DrawingWords",
                    fields=[
                        (
                            "digest",
                            models.CharField(
                                max_length=64,
                                primary_key=True,
                                serialize=False,
                                validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}$")],
                            ),
                        ),
                        ("words", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "words of a drawing",
                        "verbose_name_plural": "words of drawings",
                    },
                ),
            ]
        ),
    ]
