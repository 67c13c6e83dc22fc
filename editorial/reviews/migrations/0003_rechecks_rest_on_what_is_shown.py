from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_questions")]

    operations = [
        migrations.AlterField(
            model_name="recheck",
            name="cause",
            field=models.CharField(
                choices=[
                    ("released", "a page that it shows has a new release"),
                    ("source", "its source has a newer edition"),
                    ("event", "a regulator's decision was recorded"),
                    ("withdrawn", "a page that it shows or links to was taken down"),
                    ("revoked", "a sign-off was revoked"),
                ],
                max_length=20,
                verbose_name="cause",
            ),
        ),
    ]
