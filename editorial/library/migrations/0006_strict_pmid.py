"""A PMID has one form: no zeros before it, and no digits of other scripts."""

import django.core.validators
from django.db import migrations, models

PMID = models.CharField(
    blank=True,
    max_length=12,
    validators=[django.core.validators.RegexValidator("^[1-9][0-9]{0,8}$", "A number that does not begin with 0.")],
    verbose_name="PMID",
)


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0005_figures"),
    ]

    operations = [
        migrations.AlterField(model_name="historicalreference", name="pmid", field=PMID),
        migrations.AlterField(model_name="reference", name="pmid", field=PMID.clone()),
    ]
