from django.db import migrations, models
from django.db.models import Max


def note_earlier_editions(apps, schema_editor):
    """Editions of before are read by `manage.py read_names`, which `prepare` runs: it asks kinds for their names."""
    database = schema_editor.connection.alias
    until = apps.get_model("editions", "Edition").objects.using(database).aggregate(Max("pk"))["pk__max"]
    if until:
        apps.get_model("editions", "NameReading").objects.using(database).create(after=0, until=until)


class Migration(migrations.Migration):
    dependencies = [("editions", "0019_contents_rest_on_earlier_ones")]

    operations = [
        migrations.AlterField(
            model_name="dependency",
            name="how",
            field=models.CharField(
                choices=[
                    ("embeds", "shows a piece of it"),
                    ("asserts", "repeats what it says"),
                    ("cites", "leads to it"),
                    ("names", "names it"),
                ],
                max_length=10,
                verbose_name="how",
            ),
        ),
        migrations.CreateModel(
            name="NameReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("after", models.PositiveBigIntegerField()),
                ("until", models.PositiveBigIntegerField()),
            ],
            options={"verbose_name": "names that are to be read"},
        ),
        migrations.RunPython(note_earlier_editions, migrations.RunPython.noop),
    ]
