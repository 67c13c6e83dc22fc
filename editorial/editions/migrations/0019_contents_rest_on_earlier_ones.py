import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0018_drafts_are_listed_where_they_lead"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="content_base",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="editions.edition",
            ),
        ),
    ]
