import django.db.models.deletion
from django.db import migrations, models

BATCH = 1000


def fill(apps, schema_editor):
    """From the next write on, the database keeps these rows itself."""
    alias = schema_editor.connection.alias
    open_rows, rechecks = (apps.get_model("reviews", name).objects.using(alias) for name in ("OpenRecheck", "Recheck"))
    batch = []
    for pk in rechecks.filter(settlement__isnull=True).order_by().values_list("pk", flat=True).iterator(BATCH):
        batch.append(open_rows.model(recheck_id=pk))
        if len(batch) == BATCH:
            open_rows.bulk_create(batch)
            batch = []
    open_rows.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0013_rows_of_what_waits_and_no_more")]

    operations = [
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
            options={"verbose_name": "open recheck"},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
