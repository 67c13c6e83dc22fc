from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("editions", "0002_keys_apart_from_addresses")]

    operations = [
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(slug=Lower("slug")), name="addresses_are_in_lower_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=~models.Q(key=""), fields=["kind", "key"], name="one_document_per_key"
            ),
        ),
    ]
