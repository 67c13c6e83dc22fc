"""A boxed warning names its partner by a real key."""

from contextlib import contextmanager

import django.db.models.deletion
from django.db import migrations, models


def keep_partners(apps, schema_editor):
    """An address that leads to no drug named nobody: that warning has no partner from now on."""
    Document = apps.get_model("editions", "Document")
    keys = dict(Document.objects.filter(kind="monograph").values_list("slug", "pk"))
    for name in ("BoxedWarning", "HistoricalBoxedWarning"):
        model = apps.get_model("drugs", name)
        with unguarded(model._meta.db_table, schema_editor):
            for warning in model.objects.exclude(address=""):
                model.objects.filter(pk=warning.pk).update(partner=keys.get(warning.address))


@contextmanager
def unguarded(table: str, schema_editor):
    """History says the same as before, in another column. On SQLite the triggers are off while migrating."""
    if schema_editor.connection.vendor != "postgresql":
        yield
        return
    schema_editor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    yield
    schema_editor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def key(to: str, verbose_name: str, help_text: str, **more) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True, null=True, related_name="+", to=to, verbose_name=verbose_name, help_text=help_text, **more
    )


PARTNER = {"to": "editions.document", "verbose_name": "partner drug",
           "help_text": "The drug given together with this one, if the warning is theirs.",
           "limit_choices_to": {"kind": "monograph"}}  # fmt: skip
PAST = {"on_delete": django.db.models.deletion.DO_NOTHING, "db_constraint": False}


class Migration(migrations.Migration):
    dependencies = [
        ("drugs", "0002_sources_and_drugwide_decisions"),
        ("editions", "0003_held_releases"),
    ]

    operations = [
        migrations.RenameField("boxedwarning", "partner", "address"),
        migrations.RenameField("historicalboxedwarning", "partner", "address"),
        migrations.AddField("boxedwarning", "partner", key(**PARTNER, on_delete=django.db.models.deletion.PROTECT)),
        migrations.AddField("historicalboxedwarning", "partner", key(**PARTNER, **PAST)),
        migrations.RunPython(keep_partners, migrations.RunPython.noop),
    ]
