"""Editions of before may call a drug by its name without what stands in brackets behind it: `manage.py read_names`, which
`prepare` runs, looks for it."""

from django.db import migrations
from django.db.models import Max


def note_earlier_editions(apps, schema_editor):
    database = schema_editor.connection.alias
    readings = apps.get_model("editions", "NameReading").objects.using(database)
    until = apps.get_model("editions", "Edition").objects.using(database).aggregate(Max("pk"))["pk__max"]
    if until:
        readings.all().delete()  # one that was not ended yet is part of this
        readings.create(after=0, until=until)


class Migration(migrations.Migration):
    dependencies = [("drugs", "0011_topics_of_drugs"), ("editions", "0028_back_checks")]

    operations = [migrations.RunPython(note_earlier_editions, migrations.RunPython.noop)]
