"""Topics are the library's now. What names a model by its label goes along."""

import django.db.models.deletion
from django.db import migrations, models

LABELLED = ("HistoryMark", "RowWriter", "WrittenText")  # rows that name the model of another by its label
MODELS = ("topic", "historicaltopic", "topicwords")


def move_labels(apps, schema_editor):
    for name in LABELLED:
        apps.get_model("editions", name).objects.filter(model="articles.topic").update(model="library.topic")
    types = apps.get_model("contenttypes", "ContentType").objects
    types.filter(app_label="articles", model__in=MODELS).update(app_label="library")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_squashed_0003_search_words_of_topics"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("editions", "0001_squashed_0017_signatures_and_reviews_by_person"),
        ("library", "0007_topics_of_all_kinds"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="articletopic",
                    name="topic",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s",
                        to="library.topic",
                        verbose_name="topic",
                    ),
                ),
                migrations.RemoveField(
                    model_name="topicwords",
                    name="row",
                ),
                migrations.AlterField(
                    model_name="historicalarticletopic",
                    name="topic",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="library.topic",
                        verbose_name="topic",
                    ),
                ),
                migrations.DeleteModel(
                    name="HistoricalTopic",
                ),
                migrations.DeleteModel(
                    name="TopicWords",
                ),
                migrations.DeleteModel(
                    name="Topic",
                ),
            ]
        ),
        migrations.RunPython(move_labels, migrations.RunPython.noop),
    ]
