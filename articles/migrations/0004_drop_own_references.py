from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_shared_references"),
    ]

    operations = [
        migrations.DeleteModel(
            name="HistoricalReference",
        ),
        migrations.DeleteModel(
            name="Reference",
        ),
    ]
