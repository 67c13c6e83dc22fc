"""Whether a page answers a change on which lives depend, which was made on a page that it shows."""

from django.db.models import F

from editorial.editions.kinds import kind_of
from editorial.editions.models import CorruptEdition, Document, Record, Release
from editorial.editions.tree import diff
from editorial.editions.tree.nodes import UnreadableTree

from .models import Cause, Recheck
from .recheck_reasons import load_records
from .subjects import is_critical_change

_CAUSES = (Cause.EVENT, Cause.RELEASED)


def answers_grave_change(document: Document, language: str) -> bool:
    """Whether a recheck is open on the page in this language because of a grave change of what it shows or repeats.

    What may rest on the change does not count, nor what a page changes itself: its own tree tells that. One query where
    no such recheck is open.
    """
    rechecks = Recheck.objects.open().filter(edition__document=document, edition__language=language, cause__in=_CAUSES)
    certain = rechecks.with_certainty().filter(is_certain=True).exclude(document=F("edition__document"))
    digests = set(certain.order_by().values_list("because", flat=True))
    return any(map(_is_grave, load_records(digests).values()))


def _is_grave(record: Record) -> bool:
    if not isinstance(record, Release):
        return kind_of(record.document).is_grave(record)
    edition, base = record.edition, record.edition.base_edition
    if base is None:
        return False  # the page is new
    try:
        changes = diff.compare_trees(base.tree, edition.tree)
    except (CorruptEdition, UnreadableTree):
        return True
    return is_critical_change(record.document, base.tree, changes)
