import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max


def note_earlier_editions(apps, schema_editor):
    """Editions of before are read by `manage.py read_names`, which `prepare` runs: it asks kinds what to look for."""
    database = schema_editor.connection.alias
    readings = apps.get_model("editions", "NameReading").objects.using(database)
    until = apps.get_model("editions", "Edition").objects.using(database).aggregate(Max("pk"))["pk__max"]
    if until:
        readings.all().delete()  # one that was not ended yet is part of this
        readings.create(after=0, until=until)


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0022_what_editions_assert"),
    ]

    operations = [
        migrations.CreateModel(
            name="Keyword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, unique=True)),
            ],
            options={
                "verbose_name": "keyword",
            },
        ),
        migrations.CreateModel(
            name="EditionKeyword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keywords", to="editions.edition"
                    ),
                ),
                (
                    "keyword",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="editions.keyword"
                    ),
                ),
            ],
            options={
                "verbose_name": "keyword of an edition",
                "constraints": [
                    models.UniqueConstraint(fields=("keyword", "edition"), name="each_keyword_of_an_edition_once")
                ],
            },
        ),
        migrations.RunPython(note_earlier_editions, migrations.RunPython.noop),
    ]
