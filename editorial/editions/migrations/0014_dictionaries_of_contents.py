from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0013_readers_state_is_one_number"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentDictionary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(unique=True)),
                ("data", models.BinaryField()),
                ("trained_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "dictionary of contents",
                "ordering": ["pk"],
            },
        ),
    ]
