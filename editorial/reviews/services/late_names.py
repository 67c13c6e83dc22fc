"""Names that a document got after others were frozen: who names it by one of them comes to rest on it late.

An edition knows what its words name by the names of its day. A drug gets another brand later, or its title is
translated; so whoever is about to change it looks for editions that name it and do not know.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from editorial.editions.earlier_names import record_missing_keywords
from editorial.editions.keyword_contract import ChangedKeywords
from editorial.editions.keywords import KeywordReader, create_keywords
from editorial.editions.known_names import KnownNames, names_of
from editorial.editions.models import CorruptEdition, Dependency, Document, Edition, EditionKeyword, Reliance
from editorial.editions.set_inserts import insert_from
from editorial.editions.tree.nodes import UnreadableTree
from editorial.editions.working.search_texts import find_texts_naming

from ..reachable_editions import is_active, is_taken_down

# Editions that one change reads. Of more than these, each whose draft has all words of a name counts as naming it.
MOST_READ = 500


def record_late_names(documents: Collection[int] | QuerySet[Any, int]) -> None:
    """Record that editions name these documents (keys), where nobody knew when they were frozen.

    Those are found by what the desk's search keeps of their drafts, and read. What cannot be read counts as naming it.
    A few statements for each document that has names, however many editions there are; one for all others together.
    """
    for document in Document.objects.filter(pk__in=documents):
        names = names_of(document)
        if names.names:
            _record(document, names)


def _record(document: Document, names: KnownNames) -> None:
    unknown = _find_unknown(document, names)
    read = list(unknown.order_by("-pk").values_list("pk", flat=True)[:MOST_READ])
    rows = [
        Dependency(edition=edition, document=document, how=Reliance.NAMES)
        for edition in Edition.objects.filter(pk__in=read).iterator(chunk_size=50)
        if _is_naming(edition, names)
    ]
    Dependency.objects.bulk_create(rows, ignore_conflicts=True)
    if len(read) == MOST_READ:
        columns = {"edition": F("pk"), "document": document, "how": Reliance.NAMES}
        insert_from(unknown.filter(pk__lt=read[-1]), Dependency, columns)


def record_late_keywords(changed: ChangedKeywords) -> None:
    """Record which editions have keywords by a name that nobody knew when they were frozen, as above.

    A few statements, or none where all names are known from the start.
    """
    if not changed.late_names:
        return
    naming = _find_naming({name for name, _keyword in changed.late_names})
    editions = list(naming.order_by("-pk")[:MOST_READ])
    record_missing_keywords(editions, KeywordReader(KnownNames()))
    if len(editions) == MOST_READ:
        for keyword in create_keywords({keyword for _name, keyword in changed.late_names}):
            known = EditionKeyword.objects.filter(edition=OuterRef("pk"), keyword=keyword)
            others = naming.filter(~Exists(known), pk__lt=editions[-1].pk)
            insert_from(others, EditionKeyword, {"edition": F("pk"), "keyword": keyword})


def _find_unknown(document: Document, names: KnownNames) -> QuerySet[Edition]:
    """Editions whose draft has the words of one of the names, that a change would reach, and that do not rest on it."""
    resting = Dependency.objects.filter(edition=OuterRef("pk"), document=document).exclude(how=Reliance.STATES)
    return _find_naming({name.name for name in names.names}).exclude(document=document).filter(~Exists(resting))


def _find_naming(names: Collection[str]) -> QuerySet[Edition]:
    """Editions whose draft has the words of one of the names, and that a change would reach."""
    now = timezone.now()
    texts = find_texts_naming(names)
    editions = Edition.objects.filter(document__in=texts.values("document"))
    named = texts.filter(document=OuterRef("document"), language=OuterRef("language"))
    return editions.filter(Exists(named), is_active(now) | is_taken_down(now))


def _is_naming(edition: Edition, names: KnownNames) -> bool:
    try:
        return bool(names.documents_in(edition.tree))
    except (CorruptEdition, UnreadableTree):
        return True
