"""Copy each article's references into the library, where every page cites them.

One source becomes one record: rows with the same DOI, else the same PMID, else the same web address and neither, are
merged into the first. A key that another source has already is changed, in the article's texts of every language too;
the signed source edition still has the old key, so such an article has to be submitted and signed before its
translations are. What has neither DOI, PMID nor address cannot be in the library: the text that cites it says so.
"""

import re

from django.db import migrations

FACTS = ("title", "source", "doi", "pmid", "url", "accessed_on")
PAST = ("history_user_id", "history_user_name", "history_date", "history_change_reason", "history_type")
CITE = re.compile(r"\[@([a-z0-9]+(?:-[a-z0-9]+)*)\]")


def share(apps, schema_editor):
    renamed = {}
    for old in apps.get_model("articles", "Reference").objects.order_by("article_id", "order", "pk"):
        if not (old.doi or old.pmid or old.url):
            continue
        kept = _same_source(apps, old)
        if kept is None:
            kept = _copied(apps, old)
        else:
            _fill_in(apps, kept, old)
        if kept.key != old.key:
            renamed.setdefault(old.article_id, {})[old.key] = kept.key
    for article_id, keys in renamed.items():
        _rename(apps, article_id, keys)


def _same_source(apps, old):
    known = apps.get_model("library", "Reference").objects
    if old.doi and (found := known.filter(doi__iexact=old.doi).first()):
        return found
    if old.pmid and (found := known.filter(pmid=old.pmid).first()):
        return found
    return None if old.doi or old.pmid else known.filter(url=old.url, doi="", pmid="").first()


def _copied(apps, old):
    Reference = apps.get_model("library", "Reference")
    made = Reference.objects.create(key=_free_key(Reference, old.key), **{name: getattr(old, name) for name in FACTS})
    for past in apps.get_model("articles", "HistoricalReference").objects.filter(id=old.pk).order_by("history_id"):
        _remember(apps, made, {name: getattr(past, name) for name in FACTS}, past)
    return made


def _free_key(Reference, key):
    number, free = 1, key
    while Reference.objects.filter(key=free).exists():
        number += 1
        free = f"{key[: 39 - len(str(number))].rstrip('-')}-{number}"
    return free


def _fill_in(apps, kept, old):
    """Take over what only the merged row knew."""
    others = apps.get_model("library", "Reference").objects.exclude(pk=kept.pk)
    missing = {name: getattr(old, name) for name in ("doi", "pmid", "url") if not getattr(kept, name)}
    if others.filter(doi__iexact=missing.get("doi") or "-").exists():
        del missing["doi"]
    if others.filter(pmid=missing.get("pmid") or "-").exists():
        del missing["pmid"]
    missing = {name: value for name, value in missing.items() if value}
    past = apps.get_model("articles", "HistoricalReference").objects.filter(id=old.pk).order_by("-history_id").first()
    if missing and past:
        for name, value in missing.items():
            setattr(kept, name, value)
        kept.save()
        past.history_type = "~"
        _remember(apps, kept, {name: getattr(kept, name) for name in FACTS}, past)


def _remember(apps, reference, facts, past):
    """A row of the library's history, by whoever wrote the article's."""
    History = apps.get_model("library", "HistoricalReference")
    told = {name: getattr(past, name) for name in PAST}
    History.objects.create(id=reference.pk, key=reference.key, **facts, **told)


def _rename(apps, article_id, keys):
    """All keys at once: one may take another's old name."""
    for name, words in (("KeyPoint", "text_"), ("Section", "body_")):
        model = apps.get_model("articles", name)
        columns = [field.name for field in model._meta.fields if field.name.startswith(words)]
        for row in model.objects.filter(article_id=article_id):
            for column in columns:
                text = getattr(row, column) or ""
                setattr(row, column, CITE.sub(lambda cite: f"[@{keys.get(cite[1], cite[1])}]", text) or None)
            row.save()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_section_pieces"),
        ("library", "0002_references"),
    ]

    operations = [
        migrations.RunPython(share, migrations.RunPython.noop),
    ]
