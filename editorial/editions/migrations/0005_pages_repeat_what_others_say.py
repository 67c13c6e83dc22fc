from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editions", "0004_search_texts")]

    operations = [
        migrations.AlterField(
            model_name="dependency",
            name="how",
            field=models.CharField(
                choices=[
                    ("embeds", "shows a piece of it"),
                    ("asserts", "repeats what it says"),
                    ("cites", "leads to it"),
                ],
                max_length=10,
                verbose_name="how",
            ),
        ),
    ]
