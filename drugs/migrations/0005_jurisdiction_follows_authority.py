"""Where a decision holds follows from whose it is: a column of its own could say otherwise. Records keep theirs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0004_boxed_warnings_go_with_approvals"),
    ]

    operations = [
        migrations.RemoveField(model_name=name, name="jurisdiction")
        for name in ("approval", "historicalapproval", "historicalproduct", "product")
    ]
