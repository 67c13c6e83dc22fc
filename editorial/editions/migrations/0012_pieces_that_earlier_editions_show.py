import json

from django.db import migrations

AT_ONCE = 1000


def record_shown_pieces(apps, schema_editor):
    """What editions of before show of others, read from their bytes. What cannot be read is left without."""
    database = schema_editor.connection.alias
    dependencies = apps.get_model("editions", "Dependency").objects.using(database)
    rows = apps.get_model("editions", "ShownPiece")
    made = []
    embeds = dependencies.filter(how="embeds").order_by("edition_id", "pk")
    last, shown = None, {}
    for key, edition, document, content in embeds.values_list(
        "pk", "edition_id", "document_id", "edition__content"
    ).iterator(chunk_size=100):
        if edition != last:
            last, shown = edition, shown_pieces(content)
        if shown is None:
            continue
        # In trees of the first version words lead to an address; then that is how it comes to embed the document.
        made += [rows(dependency_id=key, piece=piece) for piece in sorted(shown.get(document, {""}))]
        if len(made) >= AT_ONCE:
            rows.objects.using(database).bulk_create(made)
            made = []
    rows.objects.using(database).bulk_create(made)


def shown_pieces(content):
    """{document's key: pieces of it, and "" where words lead to it}; None where the bytes cannot be read."""
    shown = {}
    try:
        for node in walk(json.loads(bytes(content))["root"]):
            if node["type"] == "piece":
                shown.setdefault(node["attrs"]["document"], set()).add(node["attrs"]["piece"])
            for words in node.get("words", {}).values():
                for run in words if isinstance(words, list) else ():
                    if "document" in run:
                        shown.setdefault(run["document"], set()).add("")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return shown


def walk(node):
    yield node
    for child in node.get("children", []):
        yield from walk(child)


class Migration(migrations.Migration):
    dependencies = [("editions", "0011_pieces_that_editions_show")]

    operations = [migrations.RunPython(record_shown_pieces, migrations.RunPython.noop)]
