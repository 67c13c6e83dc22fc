"""What a new database gets at once; one of before goes on along what this replaces (CONTRIBUTING.md)."""

from importlib import import_module

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from editorial.editions.model_creation import CreateModels

search_texts, public_state = (
    import_module(f"{__package__}.{name}") for name in ("0004_search_texts", "0013_readers_state_is_one_number")
)


class Migration(migrations.Migration):
    replaces = [
        ("editions", "0001_initial"),
        ("editions", "0002_keys_apart_from_addresses"),
        ("editions", "0003_addresses_are_in_lower_case"),
        ("editions", "0004_search_texts"),
        ("editions", "0005_pages_repeat_what_others_say"),
        ("editions", "0006_editions_are_brought_back"),
        ("editions", "0007_signers_of_one_name"),
        ("editions", "0008_drafts_know_what_they_lead_to"),
        ("editions", "0009_drafts_are_discarded"),
        ("editions", "0010_writers_are_kept_with_each_text"),
        ("editions", "0011_pieces_that_editions_show"),
        ("editions", "0012_pieces_that_earlier_editions_show"),
        ("editions", "0013_readers_state_is_one_number"),
        ("editions", "0014_dictionaries_of_contents"),
        ("editions", "0015_sign_offs_by_time"),
        ("editions", "0016_writers_in_fewer_bytes"),
        ("editions", "0017_signatures_and_reviews_by_person"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(editable=False, max_length=30, verbose_name="kind")),
                        ("slug", models.SlugField(max_length=100, verbose_name="address")),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                        (
                            "key",
                            models.CharField(
                                blank=True, default="", editable=False, max_length=100, verbose_name="key"
                            ),
                        ),
                        ("is_discarded", models.BooleanField(default=False, editable=False, verbose_name="discarded")),
                    ],
                    options={
                        "verbose_name": "document",
                        "verbose_name_plural": "documents",
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "slug"), name="one_document_per_address"),
                            models.CheckConstraint(
                                condition=models.Q(("slug", django.db.models.functions.text.Lower("slug"))),
                                name="addresses_are_in_lower_case",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                fields=("kind", "key"),
                                name="one_document_per_key",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contribution",
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
                            ),
                        ),
                        ("user_name", models.CharField(max_length=301)),
                        ("made_at", models.DateTimeField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions",
                                to="editions.document",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contribution",
                        "verbose_name_plural": "contributions",
                        "indexes": [
                            models.Index(fields=["document", "language", "made_at"], name="contributions_by_time")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Edition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(editable=False)),
                        ("recorded_at", models.DateTimeField(editable=False)),
                        ("recorded_by_name", models.CharField(max_length=301)),
                        ("previous_digest", models.CharField(editable=False, max_length=64)),
                        ("record_digest", models.CharField(editable=False, max_length=64, unique=True)),
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
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        ("content", models.BinaryField()),
                        ("content_digest", models.CharField(max_length=64, verbose_name="digest")),
                        ("required_sign_offs", models.PositiveSmallIntegerField(verbose_name="required sign-offs")),
                        ("contributors", models.JSONField(verbose_name="contributors")),
                        ("last_contribution", models.PositiveBigIntegerField(default=0)),
                        (
                            "review_interval_months",
                            models.PositiveSmallIntegerField(verbose_name="review interval in months"),
                        ),
                        (
                            "base_edition",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="editions.edition",
                                verbose_name="edition before it",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source_edition",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="translations",
                                to="editions.edition",
                                verbose_name="source edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "edition",
                        "verbose_name_plural": "editions",
                        "indexes": [
                            models.Index(
                                fields=["document", "language", "number", "sequence", "source_edition"],
                                name="waiting_editions",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "sequence"), name="edition_one_link_per_number"
                            ),
                            models.UniqueConstraint(
                                fields=("document", "language", "number"), name="edition_numbers_are_unique"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="editions_count_from_1"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("required_sign_offs__gte", 1)), name="an_edition_needs_a_sign_off"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("language", settings.SOURCE_LANGUAGE),
                                    ("source_edition__isnull", False),
                                    _connector="XOR",
                                ),
                                name="translations_name_their_source",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dependency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("embeds", "shows a piece of it"),
                                    ("asserts", "repeats what it says"),
                                    ("cites", "leads to it"),
                                ],
                                max_length=10,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dependents",
                                to="editions.document",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dependencies",
                                to="editions.edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dependency",
                        "verbose_name_plural": "dependencies",
                        "indexes": [models.Index(fields=["document", "edition"], name="dependents_of_a_document")],
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "document", "how"), name="each_dependency_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OldAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30)),
                        ("slug", models.SlugField(max_length=100)),
                        ("changed_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="old_addresses",
                                to="editions.document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "old address",
                        "verbose_name_plural": "old addresses",
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "slug"), name="one_document_per_old_address")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Release",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(editable=False)),
                        ("recorded_at", models.DateTimeField(editable=False)),
                        ("recorded_by_name", models.CharField(max_length=301)),
                        ("previous_digest", models.CharField(editable=False, max_length=64)),
                        ("record_digest", models.CharField(editable=False, max_length=64, unique=True)),
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
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("content_digest", models.CharField(max_length=64)),
                        ("released_from", models.DateTimeField(verbose_name="from")),
                        ("met_by", models.JSONField()),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="editions.edition",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "release",
                        "verbose_name_plural": "releases",
                        "indexes": [
                            models.Index(fields=["document", "language", "released_from"], name="releases_by_time"),
                            models.Index(fields=["released_from"], name="releases_to_come"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "sequence"), name="release_one_link_per_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReleaseEnd",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(editable=False)),
                        ("recorded_at", models.DateTimeField(editable=False)),
                        ("recorded_by_name", models.CharField(max_length=301)),
                        ("previous_digest", models.CharField(editable=False, max_length=64)),
                        ("record_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("released_until", models.DateTimeField(verbose_name="until")),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("superseded", "superseded by a newer edition"),
                                    ("withdrawn", "withdrawn"),
                                    ("unsigned", "its sign-off was revoked"),
                                    ("held", "held until a recheck is settled"),
                                ],
                                max_length=20,
                                verbose_name="cause",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ends", to="editions.release"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "end of a release",
                        "verbose_name_plural": "ends of releases",
                        "indexes": [
                            models.Index(fields=["release", "released_until"], name="ends_by_time"),
                            models.Index(fields=["released_until"], name="ends_to_come"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "sequence"), name="end_one_link_per_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(editable=False)),
                        ("recorded_at", models.DateTimeField(editable=False)),
                        ("recorded_by_name", models.CharField(max_length=301)),
                        ("previous_digest", models.CharField(editable=False, max_length=64)),
                        ("record_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("accepted", "accepted"), ("sent-back", "sent back")],
                                max_length=20,
                                verbose_name="verdict",
                            ),
                        ),
                        ("remarks", models.TextField(blank=True, verbose_name="remarks")),
                        (
                            "answers",
                            models.JSONField(blank=True, default=list, verbose_name="answers to the checklist"),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="editions.edition",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review",
                        "verbose_name_plural": "reviews",
                        "indexes": [
                            models.Index(
                                fields=["recorded_by", "verdict", "recorded_at", "edition"], name="reviews_by_person"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "sequence"), name="review_one_link_per_number"),
                            models.CheckConstraint(
                                condition=models.Q(("remarks", ""), ("verdict", "sent-back"), _negated=True),
                                name="sending_back_takes_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(editable=False)),
                        ("recorded_at", models.DateTimeField(editable=False)),
                        ("recorded_by_name", models.CharField(max_length=301)),
                        ("previous_digest", models.CharField(editable=False, max_length=64)),
                        ("record_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("review_digest", models.CharField(max_length=64)),
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
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("content_digest", models.CharField(max_length=64)),
                        ("source_digest", models.CharField(blank=True, max_length=64)),
                        ("signer_name", models.CharField(max_length=120, verbose_name="signer")),
                        ("signer_letters", models.CharField(max_length=80, verbose_name="letters")),
                        ("signer_specialty", models.CharField(max_length=40, verbose_name="specialty")),
                        ("signer_slug", models.SlugField(max_length=80)),
                        ("signer_valid_until", models.DateField(verbose_name="registration valid until")),
                        ("signer_languages", models.JSONField(verbose_name="languages that they may sign in")),
                        (
                            "meaning",
                            models.CharField(
                                choices=[
                                    ("signed", "I have read this edition. It is medically right and fit for patients."),
                                    ("reaffirmed", "I have read this edition again. It is still medically right."),
                                    (
                                        "brought-back",
                                        "I have read this edition again, and why it was taken down. It is medically right.",
                                    ),
                                ],
                                max_length=20,
                                verbose_name="meaning",
                            ),
                        ),
                        ("meaning_words", models.TextField(verbose_name="meaning in words")),
                        ("seen_with", models.JSONField(default=list)),
                        ("release_not_before", models.DateTimeField(null=True, verbose_name="publish at")),
                        ("review_due_on", models.DateField(verbose_name="next review due")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_offs",
                                to="editions.edition",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "review",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_off",
                                to="editions.review",
                            ),
                        ),
                        ("signer_distinction", models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        "verbose_name": "sign-off",
                        "verbose_name_plural": "sign-offs",
                        "indexes": [
                            models.Index(fields=["signer_slug"], name="sign_offs_by_signer"),
                            models.Index(fields=["recorded_at", "recorded_by"], name="sign_offs_by_time"),
                            models.Index(fields=["recorded_by", "recorded_at", "edition"], name="sign_offs_by_person"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "sequence"), name="sign_off_one_link_per_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Revocation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(editable=False)),
                        ("recorded_at", models.DateTimeField(editable=False)),
                        ("recorded_by_name", models.CharField(max_length=301)),
                        ("previous_digest", models.CharField(editable=False, max_length=64)),
                        ("record_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sign_off",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revocation",
                                to="editions.signoff",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "revocation",
                        "verbose_name_plural": "revocations",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "sequence"), name="revocation_one_link_per_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnitState",
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
                            ),
                        ),
                        ("node_id", models.CharField(max_length=60)),
                        ("word", models.CharField(max_length=40)),
                        ("source_digest", models.CharField(max_length=64)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="unit_states",
                                to="editions.document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "state of a unit",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "language", "node_id", "word"), name="one_state_per_unit"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Withdrawal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(editable=False)),
                        ("recorded_at", models.DateTimeField(editable=False)),
                        ("recorded_by_name", models.CharField(max_length=301)),
                        ("previous_digest", models.CharField(editable=False, max_length=64)),
                        ("record_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True,
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
                        ("withdrawn_from", models.DateTimeField(verbose_name="from")),
                        ("reason", models.TextField(verbose_name="reason, for the record")),
                        ("credentials", models.CharField(max_length=220, verbose_name="credentials")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "explanation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="editions.document",
                                verbose_name="explanation for readers",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "withdrawal",
                        "verbose_name_plural": "withdrawals",
                        "indexes": [models.Index(fields=["withdrawn_from"], name="withdrawals_to_come")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "sequence"), name="withdrawal_one_link_per_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkingVersion",
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
                            ),
                        ),
                        ("token", models.PositiveIntegerField(default=0)),
                        ("changed_at", models.DateTimeField(null=True)),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="editions.document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft version",
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "language"), name="one_token_per_language")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChainHead",
                    fields=[
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="chain_head",
                                serialize=False,
                                to="editions.document",
                            ),
                        ),
                        ("count", models.PositiveIntegerField(default=0)),
                        (
                            "digest",
                            models.CharField(
                                default="0000000000000000000000000000000000000000000000000000000000000000",
                                max_length=64,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "head of a chain",
                    },
                ),
                migrations.CreateModel(
                    name="SearchText",
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
                            ),
                        ),
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
                    options={
                        "verbose_name": "search text",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "language"), name="one_search_text_per_language"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reinstatement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(editable=False)),
                        ("recorded_at", models.DateTimeField(editable=False)),
                        ("recorded_by_name", models.CharField(max_length=301)),
                        ("previous_digest", models.CharField(editable=False, max_length=64)),
                        ("record_digest", models.CharField(editable=False, max_length=64, unique=True)),
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
                        ("reason", models.TextField(verbose_name="reason, for the record")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reinstatements",
                                to="editions.edition",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "sign_off",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reinstatement",
                                to="editions.signoff",
                            ),
                        ),
                        (
                            "withdrawal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reinstatements",
                                to="editions.withdrawal",
                                verbose_name="withdrawal that it ends",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reinstatement",
                        "verbose_name_plural": "reinstatements",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "sequence"), name="reinstatement_one_link_per_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftLink",
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
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="draft_links",
                                to="editions.document",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="linking_drafts",
                                to="editions.document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link of a draft",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "language", "target"), name="one_link_per_draft_and_target"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftDiscard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_discarded", models.BooleanField()),
                        ("slug", models.SlugField(max_length=100)),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        ("made_by_name", models.CharField(max_length=301)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="discards",
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
                    ],
                    options={
                        "verbose_name": "discarded draft",
                        "verbose_name_plural": "discarded drafts",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoryMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("model", models.CharField(max_length=100)),
                        ("row_id", models.BigIntegerField()),
                        ("history_id", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "mark in a history",
                        "constraints": [models.UniqueConstraint(fields=("model", "row_id"), name="one_mark_per_row")],
                    },
                ),
                migrations.CreateModel(
                    name="WrittenText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("model", models.CharField(max_length=100)),
                        ("row_id", models.BigIntegerField()),
                        ("column", models.CharField(max_length=100)),
                        ("node_id", models.CharField(max_length=60)),
                        ("word", models.CharField(max_length=40)),
                        ("digest", models.CharField(max_length=22)),
                        ("depth", models.PositiveIntegerField(default=0)),
                        ("branch", models.CharField(blank=True, default="", max_length=22)),
                        ("path", models.JSONField(default=list)),
                        ("is_tip", models.BooleanField(default=True)),
                        ("writers", models.JSONField(default=dict)),
                    ],
                    options={
                        "verbose_name": "written text",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("model", "row_id", "column", "digest", "node_id", "word"),
                                name="one_text_per_place",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RowWriter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("model", models.CharField(max_length=100)),
                        ("row_id", models.BigIntegerField()),
                        ("column", models.CharField(max_length=100)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "writer of a row",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("model", "row_id", "column", "user"), name="one_writer_per_column"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShownPiece",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("piece", models.CharField(blank=True, max_length=60)),
                        (
                            "dependency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pieces",
                                to="editions.dependency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "piece that an edition shows",
                        "constraints": [
                            models.UniqueConstraint(fields=("dependency", "piece"), name="each_shown_piece_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicState",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("scope", models.CharField(max_length=30, unique=True)),
                        ("number", models.PositiveBigIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                    ],
                ),
                migrations.CreateModel(
                    name="ContentDictionary",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveBigIntegerField(unique=True)),
                        ("data", models.BinaryField()),
                        ("trained_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "dictionary of contents",
                        "ordering": ["pk"],
                    },
                ),
            ]
        ),
        migrations.RunPython(search_texts.make_index, search_texts.drop_index),
        migrations.RunPython(public_state.begin_public_state, migrations.RunPython.noop),
    ]
