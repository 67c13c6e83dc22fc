"""What a new database gets at once; one of before goes on along what this replaces (CONTRIBUTING.md)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from editorial.editions.model_creation import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("reading", "0001_initial"),
        ("reading", "0002_pages_of_readers_lists"),
        ("reading", "0003_pages_without_a_translation"),
        ("reading", "0004_translators_ask_by_an_index"),
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
                    name="PreviewLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("es", "Español"),
                                    ("ar", "العربية"),
                                    ("zh-hans", "简体中文"),
                                    ("vi", "Tiếng Việt"),
                                ],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("token_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("made_by_name", models.CharField(max_length=301)),
                        ("made_at", models.DateTimeField(verbose_name="created at")),
                        ("expires_at", models.DateTimeField(verbose_name="works until")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                        ("revoked_by_name", models.CharField(blank=True, max_length=301)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="preview_links",
                                to="editions.document",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "preview link",
                        "verbose_name_plural": "preview links",
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))), name="every_preview_ends"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="who_takes_a_preview_back_is_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListRules",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                    ],
                    options={
                        "verbose_name": "rules of the lists",
                    },
                ),
                migrations.CreateModel(
                    name="ListedPage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30)),
                        ("language", models.CharField(max_length=10)),
                        ("is_outdated", models.BooleanField()),
                        ("letter", models.CharField(blank=True, max_length=10)),
                        ("position", models.BinaryField(max_length=180)),
                        ("listed_from", models.DateTimeField()),
                        ("listed_until", models.DateTimeField(null=True)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="editions.release",
                            ),
                        ),
                        ("is_fallback", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name": "listed page",
                        "indexes": [
                            models.Index(
                                fields=["kind", "language", "position", "listed_from", "listed_until"],
                                name="listed_pages",
                            ),
                            models.Index(
                                condition=models.Q(("letter", ""), _negated=True),
                                fields=["kind", "language", "letter", "position", "listed_from", "listed_until"],
                                name="listed_pages_by_letter",
                            ),
                            models.Index(
                                condition=models.Q(("is_outdated", True), ("is_fallback", True), _connector="OR"),
                                fields=["language", "-is_outdated", "release"],
                                name="pages_to_translate",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListedSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("language", models.CharField(max_length=10)),
                        ("signer_slug", models.SlugField(db_index=False, max_length=80)),
                        ("position", models.BinaryField(max_length=180)),
                        ("listed_from", models.DateTimeField()),
                        ("listed_until", models.DateTimeField(null=True)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="editions.release",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "listed signature",
                        "indexes": [
                            models.Index(
                                fields=["signer_slug", "position", "listed_from", "listed_until", "language"],
                                name="listed_signatures",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
