import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editions", "0010_writers_are_kept_with_each_text")]

    operations = [
        migrations.CreateModel(
            name="ShownPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("piece", models.CharField(blank=True, max_length=60)),
                (
                    "dependency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="editions.dependency",
                    ),
                ),
            ],
            options={
                "verbose_name": "piece that an edition shows",
                "constraints": [models.UniqueConstraint(fields=("dependency", "piece"), name="each_shown_piece_once")],
            },
        ),
    ]
