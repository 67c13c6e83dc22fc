import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0025_units_say_who_and_from_where"),
    ]

    operations = [
        migrations.CreateModel(
            name="EditionWording",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="wording",
                        serialize=False,
                        to="editions.edition",
                    ),
                ),
                ("critical", models.JSONField(default=list)),
                (
                    "says_as",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "wording of an edition",
            },
        ),
    ]
