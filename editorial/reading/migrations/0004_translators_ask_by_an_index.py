from django.db import migrations, models


class Migration(migrations.Migration):
    # Apart from what writes rows before it: PostgreSQL makes no index on a table with deferred checks to come.
    dependencies = [("reading", "0003_pages_without_a_translation")]

    operations = [
        migrations.AddIndex(
            model_name="listedpage",
            index=models.Index(
                condition=models.Q(("is_outdated", True), ("is_fallback", True), _connector="OR"),
                fields=["language", "-is_outdated", "release"],
                name="pages_to_translate",
            ),
        ),
    ]
