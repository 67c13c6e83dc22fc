"""Policies and questions that were there before their changes were chained get a first record of how they were."""

from django.conf import settings
from django.db import migrations, models

from editorial.editions.found_rows import record_found_row


def record_policies(apps, schema_editor):
    record_model = apps.get_model("reviews", "PolicyRecord")
    told = set(record_model.objects.exclude(act="asked").values_list("policy", "kind", "language"))

    def record(policy, kind, language, after):
        if (policy, kind, language) not in told:
            record_found_row(record_model, act="found", policy=policy, kind=kind, language=language, after=after)

    for row in apps.get_model("reviews", "SignOffPolicy").objects.order_by("pk"):
        numbers = {"sign_offs": row.sign_offs, "grave_sign_offs": row.grave_sign_offs}
        record("sign-offs", row.kind, row.language, numbers)
    for row in apps.get_model("reviews", "OverduePolicy").objects.order_by("pk"):
        record("overdue", row.kind, "", {"after_days": row.after_days})
    for row in apps.get_model("reviews", "Question").objects.order_by("order", "pk"):
        facts = {"question": row.pk} | {
            name: getattr(row, name) for name in ("kind", "asked_of", "about", "order", "is_asked")
        }
        words = {name: getattr(row, name) for name in ("text_en", "text_es", "text_ar", "text_zh_hans", "text_vi")}
        facts |= {name: text for name, text in words.items() if text}
        record_found_row(record_model, act="found", policy="question", kind=row.kind, language="", after=facts)


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0007_settlements_are_proposed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="policyrecord",
            name="act",
            field=models.CharField(
                choices=[
                    ("changed", "changed"),
                    ("asked", "asked for a change"),
                    ("agreed", "agreed, and changed"),
                    ("refused", "refused or taken back"),
                    ("found", "recorded as it was"),
                ],
                max_length=10,
                verbose_name="what was done",
            ),
        ),
        migrations.AlterField(
            model_name="policyrecord",
            name="policy",
            field=models.CharField(
                choices=[
                    ("sign-offs", "sign-off policy"),
                    ("overdue", "policy for overdue pages"),
                    ("question", "question of the checklist"),
                ],
                max_length=20,
                verbose_name="policy",
            ),
        ),
        migrations.RunPython(record_policies, migrations.RunPython.noop),
    ]
