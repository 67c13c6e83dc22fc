"""Copies of sources' keys; decisions that concern the drug as a whole name no approval; reasons in words."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0001_initial"),
        ("editions", "0003_held_releases"),
        ("library", "0005_figures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="approvalevent",
            name="decisions_about_an_approval_name_it",
        ),
        migrations.AddField(
            model_name="approvalevent",
            name="source_key",
            field=models.CharField(default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="approvalevent",
            name="authority",
            field=models.CharField(blank=True, max_length=10, verbose_name="authority"),
        ),
        migrations.AlterField(
            model_name="approvalevent",
            name="jurisdiction",
            field=models.CharField(blank=True, max_length=4, verbose_name="jurisdiction"),
        ),
        migrations.AddConstraint(
            model_name="approvalevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("label-changed", "other")), ("approval__isnull", False), _connector="XOR"
                ),
                name="decisions_name_their_approval_or_concern_the_drug",
            ),
        ),
        migrations.AlterConstraint(
            model_name="dose",
            name="doses_are_more_than_nothing",
            constraint=models.CheckConstraint(
                condition=models.Q(("dose__gt", 0)),
                name="doses_are_more_than_nothing",
                violation_error_message="A dose is more than nothing.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="dose",
            name="doses_come_again",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__gte", 1)),
                name="doses_come_again",
                violation_error_message="Say after how many weeks or days the dose comes again.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="sideeffect",
            name="serious_side_effects_have_a_care_level",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("care_level", ""), ("serious", False)),
                    models.Q(("serious", True), models.Q(("care_level", ""), _negated=True)),
                    _connector="OR",
                ),
                name="serious_side_effects_have_a_care_level",
                violation_error_message="Say how soon a reader has to act on a serious side effect; if you said so of this one, mark it as serious.",
            ),
        ),
    ]
