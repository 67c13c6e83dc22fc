"""What a new database gets at once; one of before goes on along what this replaces (CONTRIBUTING.md)."""

import uuid
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from editorial.editions.model_creation import CreateModels

found = import_module(f"{__package__}.0004_people_as_they_were_found")


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_own_passwords"),
        ("people", "0003_mail_about_accounts_waits"),
        ("people", "0004_people_as_they_were_found"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0002_addresses_sessions_and_namesakes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="PasswordLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("address", models.GenericIPAddressField(null=True)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request for a password link",
                        "verbose_name_plural": "requests for password links",
                        "indexes": [
                            models.Index(fields=["person", "asked_at"], name="links_of_a_person"),
                            models.Index(fields=["address", "asked_at"], name="links_of_an_address"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonRecord",
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
                                    ("server", "changed on the server"),
                                    ("password", "set a password on the server"),
                                    ("own-pass", "set their own password"),
                                    ("link", "sent a link to set a password"),
                                    ("sessions", "logged out everywhere"),
                                    ("found", "recorded as it was"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("changes", models.JSONField(default=dict)),
                        ("seen", models.JSONField(default=dict)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                                to="people.personrecord",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "record of people",
                        "verbose_name_plural": "records of people",
                        "indexes": [models.Index(fields=["person", "sequence"], name="records_of_a_person")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("act__in", ["agreed", "refused"]), ("request", None), _connector="XOR"
                                ),
                                name="answers_alone_name_their_request",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccountMail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("letter", models.CharField(max_length=20)),
                        ("address", models.EmailField(blank=True, max_length=254)),
                        ("record", models.PositiveBigIntegerField(default=0)),
                        ("name", models.UUIDField(default=uuid.uuid4)),
                        ("written_at", models.DateTimeField()),
                        ("not_before", models.DateTimeField(db_index=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mail about an account",
                        "verbose_name_plural": "mail about accounts",
                    },
                ),
            ]
        ),
        # Accounts were there before this app, in databases of 0.1.0.
        migrations.RunPython(found.record_people, migrations.RunPython.noop),
    ]
