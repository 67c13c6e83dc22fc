"""What editions name and claim that were frozen before that was recorded. They are read once, after an upgrade.

Kinds say the names and find the keywords, so no migration can know them; and reading takes a while: it goes on where it
was ended.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from .keywords import KeywordReader, find_keywords_of, record_keywords
from .known_names import KnownNames
from .models import CorruptEdition, Dependency, Edition, NameReading, Release, Reliance
from .tree.nodes import UnreadableTree

AT_ONCE = 200  # editions, in one transaction


def read_earlier_names(tell: Callable[[int], object] = lambda count: None) -> int:
    """How many editions were read now; `tell` is told after each batch. Another run reads none of them again.

    Bytes that are corrupt are left out: readers do not see them. Where its draft names what changes, such an edition is
    reached all the same.
    """
    count = 0
    while (read := _read_batch()) is not None:
        count += read
        tell(count)
    return count


def _read_batch() -> int | None:
    with transaction.atomic():
        reading = NameReading.objects.select_for_update().first()
        if reading is None:
            return None
        editions = list(_find_editions(reading)[:AT_ONCE])
        names = KnownNames()
        record_names(editions, names)
        record_missing_keywords(editions, KeywordReader(names))
        if len(editions) < AT_ONCE:
            reading.delete()
        else:
            reading.after = editions[-1].pk
            reading.save(update_fields=["after"])
        return len(editions)


def _find_editions(reading: NameReading) -> QuerySet[Edition]:
    """Those that may be read again: nobody brings back what a newer live edition took the place of."""
    newer = Release.objects.live(timezone.now()).filter(
        document=OuterRef("document"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    return Edition.objects.filter(~Exists(newer), pk__gt=reading.after, pk__lte=reading.until).order_by("pk")


def record_names(editions: list[Edition], names: KnownNames) -> None:
    """Record which documents these editions name, where they do not rest on them otherwise. Two statements."""
    known: dict[int, set[int]] = {}
    for edition, document in Dependency.objects.filter(edition__in=editions).values_list("edition_id", "document_id"):
        known.setdefault(edition, set()).add(document)
    rows = [
        Dependency(edition=edition, document_id=document, how=Reliance.NAMES)
        for edition in editions
        for document in sorted(_named_in(edition, names) - {edition.document_id} - known.get(edition.pk, set()))
    ]
    Dependency.objects.bulk_create(rows, ignore_conflicts=True)


def record_missing_keywords(editions: list[Edition], reader: KeywordReader) -> None:
    """Record the keywords of these editions that are not recorded yet. Four statements."""
    known = find_keywords_of(editions)
    record_keywords({edition.pk: _keywords_in(edition, reader) - known.get(edition.pk, set()) for edition in editions})


def _keywords_in(edition: Edition, reader: KeywordReader) -> set[str]:
    try:
        return reader.find(edition.tree)
    except (CorruptEdition, UnreadableTree):
        return set()


def _named_in(edition: Edition, names: KnownNames) -> set[int]:
    try:
        return names.documents_in(edition.tree)
    except (CorruptEdition, UnreadableTree):
        return set()
