from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0014_dictionaries_of_contents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="signoff",
            index=models.Index(fields=["recorded_at", "recorded_by"], name="sign_offs_by_time"),
        ),
    ]
