"""A boxed warning may go with an approval. Apart from the step before: PostgreSQL changes no table with rows just written."""

import django.db.models.deletion
from django.db import migrations, models

APPROVAL = {
    "blank": True,
    "null": True,
    "to": "drugs.approval",
    "verbose_name": "goes with",
    "help_text": "The approval of giving both, if there is one: readers see the warning when it is verified.",
}


class Migration(migrations.Migration):
    dependencies = [("drugs", "0003_partners_of_boxed_warnings")]

    operations = [
        migrations.RemoveField("boxedwarning", "address"),
        migrations.RemoveField("historicalboxedwarning", "address"),
        migrations.AddField(
            "boxedwarning",
            "approval",
            models.ForeignKey(related_name="boxed_warnings", on_delete=django.db.models.deletion.PROTECT, **APPROVAL),
        ),
        migrations.AddField(
            "historicalboxedwarning",
            "approval",
            models.ForeignKey(
                related_name="+", on_delete=django.db.models.deletion.DO_NOTHING, db_constraint=False, **APPROVAL
            ),
        ),
    ]
