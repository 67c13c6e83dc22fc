"""What a new database gets at once; one of before goes on along what this replaces (CONTRIBUTING.md)."""

from importlib import import_module

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from editorial.editions.model_creation import CreateModels

NAMES = (
    "0002_questions",
    "0008_policies_and_questions_as_they_were_found",
    "0012_what_waits_and_is_due_has_rows",
    "0013_rows_of_what_waits_and_no_more",
    "0015_returned_editions_have_rows",
)
questions, found, due, pending, returned = (import_module(f"{__package__}.{name}") for name in NAMES)


class Migration(migrations.Migration):
    replaces = [
        ("reviews", "0001_initial"),
        ("reviews", "0002_questions"),
        ("reviews", "0003_rechecks_rest_on_what_is_shown"),
        ("reviews", "0004_remarks_are_set_aside"),
        ("reviews", "0005_the_worker_says_that_it_runs"),
        ("reviews", "0006_policy_changes_are_records"),
        ("reviews", "0007_settlements_are_proposed"),
        ("reviews", "0008_policies_and_questions_as_they_were_found"),
        ("reviews", "0009_remarks_keep_their_places"),
        ("reviews", "0010_rechecks_of_one_change"),
        ("reviews", "0011_rows_of_the_review_queue"),
        ("reviews", "0012_what_waits_and_is_due_has_rows"),
        ("reviews", "0013_rows_of_what_waits_and_no_more"),
        ("reviews", "0014_open_rechecks_have_rows"),
        ("reviews", "0015_returned_editions_have_rows"),
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
                    name="Extent",
                    fields=[
                        (
                            "edition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="extent",
                                serialize=False,
                                to="editions.edition",
                            ),
                        ),
                        ("words", models.PositiveIntegerField(verbose_name="words")),
                        ("words_changed", models.PositiveIntegerField(verbose_name="words changed")),
                        ("sections_changed", models.PositiveIntegerField(verbose_name="sections changed")),
                    ],
                    options={
                        "verbose_name": "edition size",
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(blank=True, max_length=30, verbose_name="kind")),
                        (
                            "asked_of",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "all editions"),
                                    ("source", "editions in the source language"),
                                    ("translations", "translations"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="asked of",
                            ),
                        ),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("anything", "any change to the page"),
                                    ("care", "advice on when to act"),
                                    ("facts", "drug facts, on the page and in pieces of other pages"),
                                    ("references", "references"),
                                    ("signer", "the signer, not the page"),
                                ],
                                default="anything",
                                help_text="If nothing that affects it has changed since the last signed edition, the answer carries over.",
                                max_length=20,
                                verbose_name="affected by",
                            ),
                        ),
                        (
                            "text",
                            models.CharField(
                                help_text="A sentence that can be answered yes or no.",
                                max_length=300,
                                verbose_name="question",
                            ),
                        ),
                        (
                            "text_en",
                            models.CharField(
                                help_text="A sentence that can be answered yes or no.",
                                max_length=300,
                                null=True,
                                verbose_name="question",
                            ),
                        ),
                        (
                            "text_es",
                            models.CharField(
                                help_text="A sentence that can be answered yes or no.",
                                max_length=300,
                                null=True,
                                verbose_name="question",
                            ),
                        ),
                        (
                            "text_ar",
                            models.CharField(
                                help_text="A sentence that can be answered yes or no.",
                                max_length=300,
                                null=True,
                                verbose_name="question",
                            ),
                        ),
                        (
                            "text_zh_hans",
                            models.CharField(
                                help_text="A sentence that can be answered yes or no.",
                                max_length=300,
                                null=True,
                                verbose_name="question",
                            ),
                        ),
                        (
                            "text_vi",
                            models.CharField(
                                help_text="A sentence that can be answered yes or no.",
                                max_length=300,
                                null=True,
                                verbose_name="question",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                        ("is_asked", models.BooleanField(default=True, verbose_name="asked now")),
                    ],
                    options={
                        "verbose_name": "question of the checklist",
                        "verbose_name_plural": "questions of the checklist",
                        "ordering": ["order", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="OverduePolicy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30, unique=True, verbose_name="kind")),
                        (
                            "after_days",
                            models.PositiveSmallIntegerField(
                                help_text="A page that has not been reviewed again by then is taken down. Delete the policy to keep pages up.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(3650),
                                ],
                                verbose_name="days after the review date",
                            ),
                        ),
                        ("set_by_name", models.CharField(editable=False, max_length=301, verbose_name="set by")),
                        ("set_at", models.DateTimeField(editable=False, verbose_name="set at")),
                        (
                            "set_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="set by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "policy for overdue pages",
                        "verbose_name_plural": "policies for overdue pages",
                    },
                ),
                migrations.CreateModel(
                    name="Recheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("released", "a page that it shows has a new release"),
                                    ("source", "its source has a newer edition"),
                                    ("event", "a regulator's decision was recorded"),
                                    ("withdrawn", "a page that it shows or links to was taken down"),
                                    ("revoked", "a sign-off was revoked"),
                                ],
                                max_length=20,
                                verbose_name="cause",
                            ),
                        ),
                        ("because", models.CharField(max_length=64)),
                        ("opened_at", models.DateTimeField(verbose_name="opened at")),
                        (
                            "takes_effect_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="takes effect at"),
                        ),
                        ("opened_by_name", models.CharField(max_length=301)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="editions.document",
                                verbose_name="what changed",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rechecks",
                                to="editions.edition",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recheck",
                        "verbose_name_plural": "rechecks",
                        "ordering": ["opened_at", "pk"],
                        "indexes": [models.Index(fields=["because", "edition"], name="rechecks_of_one_change")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "because"), name="each_reason_once_for_each_edition"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remark",
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
                        ("node_id", models.CharField(blank=True, max_length=80)),
                        ("quote", models.TextField(blank=True)),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("said", "posted"),
                                    ("done", "done"),
                                    ("resolved", "resolved"),
                                    ("set-aside", "set aside"),
                                    ("reopened", "reopened"),
                                ],
                                default="said",
                                max_length=10,
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="remark")),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        ("made_by_name", models.CharField(max_length=301)),
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
                                related_name="remarks",
                                to="editions.edition",
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
                            "thread",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="reviews.remark",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "remark",
                        "verbose_name_plural": "remarks",
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["document", "language"], name="remarks_of_a_page")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("act", "said"), ("text", ""), _negated=True),
                                name="who_remarks_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("act", "said"), ("thread__isnull", False), _connector="OR"),
                                name="threads_begin_with_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("act", "set-aside"), ("text", ""), _negated=True),
                                name="who_sets_aside_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        (
                            "remark",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentions",
                                to="reviews.remark",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("remark", "user"), name="nobody_is_mentioned_twice")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignOffPolicy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(blank=True, max_length=30, verbose_name="kind")),
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
                                help_text="Leave empty for all.",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "sign_offs",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="sign-offs",
                            ),
                        ),
                        (
                            "grave_sign_offs",
                            models.PositiveSmallIntegerField(
                                default=2,
                                help_text="Where boxed warnings, doses or emergency advice changed. The larger number applies.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="sign-offs for safety-critical changes",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sign-off policy",
                        "verbose_name_plural": "sign-off policies",
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "language"), name="one_policy_of_each_reach")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_day", models.DateField(verbose_name="first day away")),
                        ("until_day", models.DateField(verbose_name="last day away")),
                        ("noted_at", models.DateTimeField()),
                        ("noted_by_name", models.CharField(max_length=301)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "deputy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="deputy",
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who is away",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "absence",
                        "verbose_name_plural": "absences",
                        "ordering": ["from_day", "pk"],
                        "indexes": [models.Index(fields=["until_day", "from_day"], name="absences_by_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_day__gte", models.F("from_day"))),
                                name="an_absence_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("user", models.F("deputy")), _negated=True),
                                name="nobody_stands_in_for_themselves",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contributor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.edition"
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
                        "verbose_name": "contributor to an edition",
                        "constraints": [
                            models.UniqueConstraint(fields=("edition", "user"), name="each_contributor_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("event", models.CharField(max_length=20, verbose_name="event")),
                        ("because", models.CharField(editable=False, max_length=64)),
                        ("urgent", models.BooleanField(default=False, verbose_name="about safety")),
                        ("said", models.JSONField(default=dict, editable=False)),
                        ("written_at", models.DateTimeField(verbose_name="written at")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("sent", "sent"),
                                    ("failed", "failed"),
                                    ("unwanted", "no longer wanted"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("not_before", models.DateTimeField(verbose_name="not before")),
                        ("claim", models.CharField(blank=True, editable=False, max_length=32)),
                        ("in_digest", models.BooleanField(default=False, verbose_name="in a daily email")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
                        ("problem", models.CharField(blank=True, max_length=300, verbose_name="what went wrong")),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="editions.edition",
                                verbose_name="edition",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "email",
                        "verbose_name_plural": "email",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["user", "not_before"],
                                name="waiting_mail",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "event", "edition", "because"), name="each_event_once_for_each"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        (
                            "name",
                            models.CharField(max_length=30, primary_key=True, serialize=False, verbose_name="name"),
                        ),
                        ("beat_at", models.DateTimeField(verbose_name="last run")),
                    ],
                    options={
                        "verbose_name": "sign of life",
                        "verbose_name_plural": "signs of life",
                    },
                ),
                migrations.CreateModel(
                    name="PolicyRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(editable=False)),
                        ("recorded_by_name", models.CharField(max_length=301)),
                        ("previous_digest", models.CharField(editable=False, max_length=64)),
                        ("record_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("sequence", models.PositiveIntegerField(editable=False, unique=True)),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("changed", "changed"),
                                    ("asked", "asked for a change"),
                                    ("agreed", "agreed, and changed"),
                                    ("refused", "refused or taken back"),
                                    ("found", "recorded as it was"),
                                ],
                                max_length=10,
                                verbose_name="what was done",
                            ),
                        ),
                        (
                            "policy",
                            models.CharField(
                                choices=[
                                    ("sign-offs", "sign-off policy"),
                                    ("overdue", "policy for overdue pages"),
                                    ("question", "question of the checklist"),
                                ],
                                max_length=20,
                                verbose_name="policy",
                            ),
                        ),
                        ("kind", models.CharField(blank=True, max_length=30, verbose_name="kind")),
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
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer",
                                to="reviews.policyrecord",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "record of policies",
                        "verbose_name_plural": "records of policies",
                        "indexes": [models.Index(fields=["kind", "recorded_at"], name="policy_records_of_a_kind")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("act__in", ["agreed", "refused"]), ("request", None), _connector="XOR"
                                ),
                                name="policy_answers_name_their_request",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SettlementProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                        ("proposed_by_name", models.CharField(max_length=301)),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recheck",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="reviews.recheck",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposal to settle a recheck",
                        "verbose_name_plural": "proposals to settle rechecks",
                        "ordering": ["proposed_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Settlement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("new-edition", "a newer edition was released"),
                                    ("reaffirmed", "the edition was reaffirmed"),
                                    ("signed", "the edition was signed after the change"),
                                    ("dismissed", "dismissed, with a reason"),
                                ],
                                max_length=20,
                                verbose_name="outcome",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("settled_at", models.DateTimeField(verbose_name="settled at")),
                        ("settled_by_name", models.CharField(max_length=301)),
                        (
                            "recheck",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="settlement",
                                to="reviews.recheck",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="settlements",
                                to="reviews.settlementproposal",
                                verbose_name="proposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "settlement of a recheck",
                        "verbose_name_plural": "settlements of rechecks",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("outcome", "dismissed"), ("reason", ""), _negated=True),
                                name="dismissing_takes_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemarkPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.PositiveIntegerField()),
                        ("until", models.PositiveIntegerField()),
                        ("node_id", models.CharField(max_length=80)),
                        ("is_there", models.BooleanField()),
                        (
                            "seen_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.edition"
                            ),
                        ),
                        (
                            "thread",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="places", to="reviews.remark"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place of a remark",
                        "constraints": [
                            models.UniqueConstraint(fields=("thread", "since"), name="one_place_at_a_time")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PendingEdition",
                    fields=[
                        (
                            "edition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="editions.edition",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="editions.document"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pending edition",
                    },
                ),
                migrations.CreateModel(
                    name="ReviewDate",
                    fields=[
                        (
                            "release",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="editions.release",
                            ),
                        ),
                        ("kind", models.CharField(max_length=30)),
                        ("language", models.CharField(max_length=10)),
                        ("review_due_on", models.DateField()),
                        ("live_from", models.DateTimeField()),
                        ("live_until", models.DateTimeField(null=True)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="editions.edition",
                            ),
                        ),
                        (
                            "sign_off",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="editions.signoff",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review date",
                        "indexes": [
                            models.Index(
                                fields=["review_due_on", "live_from", "live_until", "edition"],
                                name="pages_due_for_review",
                            ),
                            models.Index(
                                fields=["kind", "language", "review_due_on", "live_from", "live_until"],
                                name="review_dates_by_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenRecheck",
                    fields=[
                        (
                            "recheck",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="reviews.recheck",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "open recheck",
                    },
                ),
                migrations.CreateModel(
                    name="ReturnedEdition",
                    fields=[
                        (
                            "edition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="editions.edition",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "returned edition",
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="remark",
            name="mentioned",
            field=models.ManyToManyField(related_name="+", through="reviews.Mention", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(questions.ask, migrations.RunPython.noop),
        migrations.RunPython(found.record_policies, migrations.RunPython.noop),
        # Of editions, which may have been there before this app.
        migrations.RunPython(due.fill, migrations.RunPython.noop),
        migrations.RunPython(pending.drop_extra, migrations.RunPython.noop),
        migrations.RunPython(returned.fill, migrations.RunPython.noop),
    ]
