from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0016_mail_about_no_edition")]

    operations = [
        migrations.AddField(
            model_name="recheck",
            name="shows_change",
            field=models.BooleanField(editable=False, null=True),
        ),
    ]
