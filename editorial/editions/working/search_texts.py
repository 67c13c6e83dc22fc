"""What the desk's search finds: a text of each draft and language, kept with every save, and asked by its words.

The words are a page's own and those of its parts, retired ones too, because they are kept; not those of rows that
several pages share, which have lists of their own.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections, router, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from ..fields import CITED, PROSE, Slot
from ..kinds import kind_of
from ..models import Document, SearchText, WorkingVersion
from ..name_finder import joined_forms
from ..search_words import index_text, query_words
from ..tree import inline, prose
from ..working_copy import WorkingCopy
from .draft_links import keep_draft_links

INDEX = "editions_searchindex"  # SQLite's; PostgreSQL has an index of the table itself
LAST_CHARACTER = "\U0010ffff"
_MATCHES = {
    "sqlite": f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s",  # noqa: S608 (a constant of this module)
    "postgresql": "SELECT id FROM editions_searchtext WHERE array_to_tsvector(string_to_array(words, ' ')) "
    "@@ CAST(%s AS tsquery)",
}


def keep_search_text(copy: WorkingCopy, language: str) -> None:
    """Make the search text that of the draft as it is saved now. Called inside `editing`, in its transaction."""
    words = index_text(_texts(copy, language))
    kept, _made = SearchText.objects.get_or_create(document=copy.document, language=language, defaults={"words": words})
    if not _made and kept.words == words:
        return
    kept.words = words
    if not _made:
        kept.save(update_fields=["words"])
    connection = connections[router.db_for_write(SearchText)]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {INDEX} WHERE rowid = %s", [kept.pk])  # noqa: S608 (likewise)
            cursor.execute(f"INSERT INTO {INDEX} (rowid, words) VALUES (%s, %s)", [kept.pk, words])  # noqa: S608


def find_documents(query: str) -> QuerySet[SearchText, int]:
    """Keys of the documents that have, in one language, a word with each beginning that somebody typed; for `__in`."""
    words = query_words(query)
    if not words:
        return SearchText.objects.none().values_list("document", flat=True)
    return _find_texts([words]).values_list("document", flat=True)


def find_texts_naming(names: Iterable[str]) -> QuerySet[SearchText]:
    """The texts that have all the words of one of these names, or of its joined forms, in any order.

    A text that `NameFinder` finds a name in is among them, as far as the search's index goes.
    """
    wanted = [words for name in sorted(names) for form in joined_forms(name) if (words := query_words(form))]
    return _find_texts(wanted) if wanted else SearchText.objects.none()


def _find_texts(wanted: list[list[str]]) -> QuerySet[SearchText]:
    """Those that have, of one of these lists, a word with each beginning."""
    vendor = connections[router.db_for_read(SearchText)].vendor
    # Of folded words, which are letters and digits: nothing in them is syntax.
    term, both, either = ("'{}':*", " & ", " | ") if vendor == "postgresql" else ('"{}"*', " AND ", " OR ")
    match = either.join(f"({both.join(term.format(word) for word in words)})" for words in wanted)
    return SearchText.objects.filter(pk__in=RawSQL(_MATCHES[vendor], [match]))  # noqa: S611 (with a parameter)


def find_by_address(kind: str, typed: str) -> QuerySet[Document, int]:
    """Keys of the documents of a kind of which the address begins with what was typed; for `__in`.

    It may be typed with spaces for dashes, or be pasted with what is before it in a path.
    """
    words = typed.replace("\0", "").lower().strip("/ ").rpartition("/")[2].split()
    documents = Document.objects.filter(kind=kind)
    start = "-".join(words)
    if not start:
        return documents.none().values_list("pk", flat=True)
    if connections[router.db_for_read(Document)].vendor == "postgresql":
        return documents.filter(slug__startswith=start).values_list("pk", flat=True)
    # SQLite asks no index for what begins so; its own order is that of the characters' numbers.
    return documents.filter(slug__gte=start, slug__lt=start + LAST_CHARACTER).values_list("pk", flat=True)


def keep_missing_search_texts(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """post_migrate of this app, sent when every app's migrations have run: texts and links of drafts of before."""
    connection = connections[using]
    if SearchText._meta.db_table not in connection.introspection.table_names():
        return
    kept = SearchText.objects.filter(document=OuterRef("document"), language=OuterRef("language"))
    missing = WorkingVersion.objects.filter(~Exists(kept)).select_related("document").order_by("pk")
    if not missing.exists():
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return  # to an earlier state, which the models of today cannot read
    with transaction.atomic(using=using):
        for version in missing.iterator():
            copy = kind_of(version.document).read_copy(version.document)
            keep_search_text(copy, version.language)
            keep_draft_links(copy, version.language)


def _texts(copy: WorkingCopy, language: str) -> Iterator[str]:
    fields = kind_of(copy.document).fields
    slots = [*fields.slots(copy.row)]
    for part in fields.parts:
        for row in copy.parts(part.related):
            slots += part.slots(row)
    for slot in slots:
        yield from _slot_texts(slot, slot.value(language))
    if language == settings.SOURCE_LANGUAGE:
        yield from _other_names(copy.document)


def _slot_texts(slot: Slot, value: str) -> Iterator[str]:
    if slot.form == PROSE:
        for node, name in prose.find_words(prose.parse(value)):
            words = node.words[name]
            yield words if isinstance(words, str) else inline.plain(words)
            yield from () if isinstance(words, str) else inline.cites(words)
    elif slot.form == CITED:
        runs = inline.from_text(value)
        yield inline.plain(runs)
        yield from inline.cites(runs)
    else:
        yield value


def _other_names(document: Document) -> Iterator[str]:
    kind = kind_of(document)
    for lookup in kind.also_called:
        names = kind.model._base_manager.filter(pk=document.pk).values_list(lookup, flat=True)
        yield from (name for name in names if name)
