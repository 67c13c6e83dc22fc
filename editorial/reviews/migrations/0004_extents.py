# Written by hand: the table, and the extents of editions that were frozen before there was one.

import django.db.models.deletion
from django.db import migrations, models

from editorial.editions.tree.extent import extent
from editorial.editions.tree.nodes import UnreadableTree, from_bytes


def measure_old_ones(apps, schema_editor):
    """From their bytes, one at a time. One whose bytes were spoilt has none; `verify_records` tells of it."""
    editions = apps.get_model("editions", "Edition").objects
    made = apps.get_model("reviews", "Extent").objects
    for pk, base in editions.order_by("pk").values_list("pk", "base_edition"):
        try:
            old, new = (each and from_bytes(bytes(editions.get(pk=each).content)) for each in (base, pk))
        except UnreadableTree:
            continue
        found = extent(old, new)
        made.create(
            edition_id=pk,
            words=found.words,
            words_changed=found.words_changed,
            sections_changed=found.sections_changed,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0003_held_releases"),
        ("reviews", "0003_signed_after_the_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="Extent",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="extent",
                        serialize=False,
                        to="editions.edition",
                    ),
                ),
                ("words", models.PositiveIntegerField(verbose_name="words")),
                ("words_changed", models.PositiveIntegerField(verbose_name="words changed")),
                ("sections_changed", models.PositiveIntegerField(verbose_name="sections changed")),
            ],
            options={"verbose_name": "extent of an edition"},
        ),
        migrations.RunPython(measure_old_ones, migrations.RunPython.noop),
    ]
