from django.db import migrations, models
from django.db.models import F


def tell_fallbacks(apps, schema_editor):
    """Which rows are of a page's source where readers have no translation: no rows are made anew for it."""
    listed = apps.get_model("reading", "ListedPage").objects.using(schema_editor.connection.alias)
    listed.filter(is_outdated=False).exclude(release__language=F("language")).update(is_fallback=True)


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0014_dictionaries_of_contents"),
        ("reading", "0002_pages_of_readers_lists"),
    ]

    operations = [
        migrations.AddField(model_name="listedpage", name="is_fallback", field=models.BooleanField(default=False)),
        migrations.RunPython(tell_fallbacks, migrations.RunPython.noop, elidable=True),
    ]
