"""What the program asks for gets a key of its own, and addresses are written in lower case."""

from django.conf import settings
from django.db import migrations, models

SITE_WORDS = "site-words"
# What the program asked for by its address until now.
ASKED = [
    (SITE_WORDS, "page-words"), (SITE_WORDS, "withdrawn"), (SITE_WORDS, "article-words"), (SITE_WORDS, "drug-words"),
    (SITE_WORDS, "helpline"), (SITE_WORDS, "advertising"), (SITE_WORDS, "emergency-number"),
    *(tuple(name.split("/", 1)) for name in settings.SITE_PAGES),
]  # fmt: skip


def set_keys(apps, schema_editor):
    """What has the address that was asked for, else what once had it, which the program could not find since."""
    Document, OldAddress = apps.get_model("editions", "Document"), apps.get_model("editions", "OldAddress")
    for kind, key in ASKED:
        if Document.objects.filter(kind=kind, key=key).exists():
            continue
        old = OldAddress.objects.filter(kind=kind, slug=key).first()
        document = Document.objects.filter(kind=kind, slug=key).first() or (old and old.document)
        if document and not document.key:
            Document.objects.filter(pk=document.pk).update(key=key)
    for document in Document.objects.filter(kind=SITE_WORDS, key="").order_by("pk"):
        if not Document.objects.filter(kind=SITE_WORDS, key=document.slug).exists():
            Document.objects.filter(pk=document.pk).update(key=document.slug)


def lower_addresses(apps, schema_editor):
    """The old spelling redirects. Where the lower-case address is another page's, a number is added."""
    Document, OldAddress = apps.get_model("editions", "Document"), apps.get_model("editions", "OldAddress")
    for document in Document.objects.order_by("pk").iterator():
        lower = document.slug.lower()
        if document.slug == lower:
            continue
        slug, number = lower, 1
        while (
            Document.objects.filter(kind=document.kind, slug=slug).exists()
            or OldAddress.objects.filter(kind=document.kind, slug=slug).exclude(document=document).exists()
        ):
            number += 1
            slug = f"{lower[:96]}-{number}"
        OldAddress.objects.filter(document=document, slug=slug).delete()
        OldAddress.objects.create(document=document, kind=document.kind, slug=document.slug)
        Document.objects.filter(pk=document.pk).update(slug=slug)


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="key",
            field=models.CharField(blank=True, default="", editable=False, max_length=100, verbose_name="key"),
        ),
        migrations.RunPython(set_keys, migrations.RunPython.noop),
        migrations.RunPython(lower_addresses, migrations.RunPython.noop),
    ]
