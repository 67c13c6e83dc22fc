import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, OuterRef

BATCH = 1000


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias

    def rows(app, name):
        return apps.get_model(app, name).objects.using(alias)

    newer = rows("editions", "Edition").filter(
        document=OuterRef("edition__document"), language=OuterRef("edition__language"),
        number__gt=OuterRef("edition__number"),
    )  # fmt: skip
    sent_back = rows("editions", "Review").filter(~Exists(newer), verdict="sent-back").order_by()
    values = sent_back.values("document_id", "edition_id", submitted_by_id=models.F("edition__recorded_by")).distinct()
    target, batch = rows("reviews", "ReturnedEdition"), []
    for row in values.iterator(chunk_size=BATCH):
        batch.append(target.model(**row))
        if len(batch) == BATCH:
            target.bulk_create(batch)
            batch = []
    target.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0017_signatures_and_reviews_by_person"),
        ("reviews", "0014_open_rechecks_have_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"verbose_name": "returned edition"},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
