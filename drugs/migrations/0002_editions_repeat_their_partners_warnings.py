import json

from django.db import migrations


def name_repeated_partners(apps, schema_editor):
    """Editions that repeat a partner's boxed warning rest on it, and not as pages do that only lead there."""
    editions = apps.get_model("editions", "Edition").objects.using(schema_editor.connection.alias)
    dependencies = apps.get_model("editions", "Dependency").objects.using(schema_editor.connection.alias)
    cited = dependencies.filter(how="cites", edition__document__kind="monograph").values_list(
        "edition_id", "document_id"
    )
    known = {}
    for edition, document in cited:
        known.setdefault(edition, set()).add(document)
    for pk in sorted(known):
        root = json.loads(bytes(editions.get(pk=pk).content))["root"]
        partners = {node.get("attrs", {}).get("partner") for node in walk(root) if node["type"] == "boxed-warning"}
        # In editions of before, a partner was an address; they stay as they were.
        for document in sorted(known[pk] & {partner for partner in partners if isinstance(partner, int)}):
            if not dependencies.filter(edition_id=pk, document_id=document, how="asserts").exists():
                dependencies.create(edition_id=pk, document_id=document, how="asserts")


def walk(node):
    yield node
    for child in node.get("children", []):
        yield from walk(child)


class Migration(migrations.Migration):
    dependencies = [("drugs", "0001_initial"), ("editions", "0005_pages_repeat_what_others_say")]

    operations = [migrations.RunPython(name_repeated_partners, migrations.RunPython.noop)]
