from django.db import migrations
from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.utils import timezone

BATCH = 1000


def fill(apps, schema_editor):
    """Of every edition that may wait: what waits indeed is asked of its records. Of every release that is not over."""
    alias = schema_editor.connection.alias

    def rows(app, name):
        return apps.get_model(app, name).objects.using(alias)

    same_language = {"document": OuterRef("document"), "language": OuterRef("language")}
    newer = rows("editions", "Edition").filter(**same_language, number__gt=OuterRef("number"))
    released = rows("editions", "Release").filter(edition=OuterRef("pk"))
    pending = rows("editions", "Edition").filter(~Exists(newer), ~Exists(released)).order_by()
    _copy(rows("reviews", "PendingEdition"), pending.values("document_id", edition_id=F("pk")))

    now = timezone.now()
    standing = rows("editions", "SignOff").filter(edition=OuterRef("edition"), revocation__isnull=True)
    newest = standing.order_by("-sequence")
    releases = rows("editions", "Release").annotate(live_until=Min("ends__released_until"))
    is_over = Q(live_until__lte=now) | Q(live_until__lte=F("released_from"))
    dates = releases.exclude(Q(live_until__isnull=False) & is_over).annotate(
        sign_off_id=Subquery(newest.values("pk")[:1]), review_due_on=Subquery(newest.values("review_due_on")[:1])
    )
    values = dates.filter(sign_off_id__isnull=False).values(
        "document_id", "edition_id", "language", "live_until", "sign_off_id", "review_due_on",
        release_id=F("pk"), live_from=F("released_from"), kind=F("document__kind"),
    )  # fmt: skip
    _copy(rows("reviews", "ReviewDate"), values.order_by())


def _copy(target, values):
    batch = []
    for row in values.iterator(chunk_size=BATCH):
        batch.append(target.model(**row))
        if len(batch) == BATCH:
            target.bulk_create(batch)
            batch = []
    target.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_rows_of_the_review_queue")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
