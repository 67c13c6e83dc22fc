from django.db import migrations
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


def drop_extra(apps, schema_editor):
    """Rows of editions that only might have waited, as the migration before left them: from now on rows are believed.

    The rule is that of `queue.is_pending`, as it stood then.
    """
    alias = schema_editor.connection.alias

    def rows(app, name):
        return apps.get_model(app, name).objects.using(alias)

    same_language = {"document": OuterRef("document"), "language": OuterRef("language")}
    newer = rows("editions", "Edition").filter(**same_language, number__gt=OuterRef("number"))
    sent_back = rows("editions", "Review").filter(edition=OuterRef("pk"), verdict="sent-back")
    brought_back = rows("editions", "Reinstatement").filter(
        edition=OuterRef(OuterRef("pk")), sequence__gt=OuterRef("sequence")
    )
    withdrawn = rows("editions", "Withdrawal").filter(
        Q(language="") | Q(language=OuterRef("language")),
        ~Exists(brought_back),
        document=OuterRef("document"),
        sequence__gt=OuterRef("sequence"),
    )
    standing = rows("editions", "SignOff").filter(edition=OuterRef("pk"), revocation__isnull=True)
    signers = standing.order_by().values("edition").annotate(count=Count("recorded_by", distinct=True)).values("count")
    fallen = rows("editions", "Edition").filter(
        pk=OuterRef("source_edition"), required_sign_offs__gt=Coalesce(Subquery(signers), 0)
    )
    pending = rows("editions", "Edition").filter(
        ~Exists(newer),
        ~Exists(rows("editions", "Release").filter(edition=OuterRef("pk"))),
        ~Exists(sent_back),
        ~Exists(rows("editions", "Revocation").filter(sign_off__edition=OuterRef("pk"))),
        ~Exists(withdrawn),
        ~Exists(fallen),
    )
    is_pending = Exists(pending.order_by().filter(pk=OuterRef("edition")))
    rows("reviews", "PendingEdition").filter(~is_pending).delete()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0012_what_waits_and_is_due_has_rows")]

    operations = [migrations.RunPython(drop_extra, migrations.RunPython.noop, elidable=True)]
