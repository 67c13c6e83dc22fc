import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0017_signatures_and_reviews_by_person"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="draftlink",
            index=models.Index(fields=["target", "id"], name="drafts_that_lead_somewhere"),
        ),
        migrations.AlterField(  # that index begins with the same column
            model_name="draftlink",
            name="target",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="linking_drafts",
                to="editions.document",
            ),
        ),
    ]
