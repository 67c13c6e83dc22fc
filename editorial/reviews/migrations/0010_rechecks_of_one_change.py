from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0009_remarks_keep_their_places")]

    operations = [
        migrations.AddIndex(
            model_name="recheck",
            index=models.Index(fields=["because", "edition"], name="rechecks_of_one_change"),
        ),
    ]
