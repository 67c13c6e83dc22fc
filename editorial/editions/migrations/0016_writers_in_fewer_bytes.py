from django.db import migrations, models


def forget_texts(apps, schema_editor):
    """They follow from the histories, and are read from them again when all has migrated: see text_writers.py."""
    for name in ("WrittenText", "HistoryMark"):
        apps.get_model("editions", name).objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0015_sign_offs_by_time"),
    ]

    operations = [
        migrations.RunPython(forget_texts, forget_texts),
        migrations.AlterField(
            model_name="writtentext",
            name="branch",
            field=models.CharField(blank=True, default="", max_length=22),
        ),
        migrations.AlterField(
            model_name="writtentext",
            name="digest",
            field=models.CharField(max_length=22),
        ),
    ]
