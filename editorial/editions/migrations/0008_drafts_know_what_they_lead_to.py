"""A narrow table of what each draft leads to.

Drafts that were saved before get their links as they get their search texts, when all migrations have run: see
working/search_texts.py. So their search texts are taken away, and made again.
"""

import django.db.models.deletion
from django.db import migrations, models

LANGUAGES = [
    ("en", "English"), ("es", "Español"), ("ar", "العربية"), ("zh-hans", "简体中文"), ("vi", "Tiếng Việt"),
]  # fmt: skip


def make_texts_anew(apps, schema_editor):
    apps.get_model("editions", "SearchText").objects.all().delete()
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DELETE FROM editions_searchindex")


class Migration(migrations.Migration):
    dependencies = [("editions", "0007_signers_of_one_name")]

    operations = [
        migrations.CreateModel(
            name="DraftLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(choices=LANGUAGES, max_length=10)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="draft_links", to="editions.document"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linking_drafts",
                        to="editions.document",
                    ),
                ),
            ],
            options={"verbose_name": "link of a draft"},
        ),
        migrations.AddConstraint(
            model_name="draftlink",
            constraint=models.UniqueConstraint(
                fields=("document", "language", "target"), name="one_link_per_draft_and_target"
            ),
        ),
        migrations.RunPython(make_texts_anew, migrations.RunPython.noop),
    ]
