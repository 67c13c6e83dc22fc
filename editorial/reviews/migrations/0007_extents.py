# Written by hand: the tables, and their rows for editions that were frozen before there were any.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from editorial.editions.tree.extent import extent
from editorial.editions.tree.nodes import UnreadableTree, from_bytes


def note_old_ones(apps, schema_editor):
    """One at a time. An edition whose bytes were spoilt has no extent; `verify_records` tells of it."""
    editions = apps.get_model("editions", "Edition").objects
    made = apps.get_model("reviews", "Extent").objects
    people = apps.get_model("reviews", "Contributor").objects
    for pk, base, contributors in editions.order_by("pk").values_list("pk", "base_edition", "contributors"):
        for person in contributors:
            people.create(edition_id=pk, user_id=person["id"])
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
        ("reviews", "0006_outbox"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.CreateModel(
            name="Contributor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.edition"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "contributor to an edition",
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "user"), name="each_contributor_once"),
                ],
            },
        ),
        migrations.RunPython(note_old_ones, migrations.RunPython.noop),
    ]
