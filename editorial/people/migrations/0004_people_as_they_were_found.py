"""Whoever was there before changes of people were chained gets a first record, so that later changes are seen."""

from django.conf import settings
from django.db import migrations, models

from editorial.editions.found_rows import record_found_row

ACCOUNT = ("username", "first_name", "last_name", "email", "is_active", "is_staff")
CREDENTIALS = ("slug", "name", "letters", "specialty", "distinction")


def describe(person, apps):
    facts = {name: getattr(person, name) for name in ACCOUNT}
    for grant in apps.get_model("accounts", "RoleGrant").objects.filter(user=person).order_by("pk"):
        facts[f"role:{grant.role}:{grant.language}"] = True
    credentials = apps.get_model("accounts", "Reviewer").objects.filter(user=person).first()
    if credentials:
        facts |= {f"credentials:{name}": getattr(credentials, name) for name in CREDENTIALS}
        facts["credentials:valid_until"] = credentials.valid_until.isoformat()
        languages = apps.get_model("accounts", "ReviewerLanguage").objects.filter(reviewer=credentials).order_by("pk")
        facts |= {f"language:{spoken.language}": True for spoken in languages}
    return facts


def record_people(apps, schema_editor):
    """Of each person what no record tells yet. Where records tell otherwise than the row, `verify_records` says so."""
    record_model = apps.get_model("people", "PersonRecord")
    changing = ("changed", "agreed", "server")
    for person in apps.get_model("accounts", "User").objects.order_by("pk"):
        told = set()
        for record in record_model.objects.filter(person=person, act__in=changing):
            told |= record.changes.keys()
        changes = {what: [None, value] for what, value in describe(person, apps).items() if what not in told}
        if changes:
            record_found_row(record_model, act="found", person=person, changes=changes)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_addresses_sessions_and_namesakes"),
        ("people", "0003_mail_about_accounts_waits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="personrecord",
            name="act",
            field=models.CharField(
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
        migrations.RunPython(record_people, migrations.RunPython.noop),
    ]
