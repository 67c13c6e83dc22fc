"""Writing what readers' search finds: in the transaction that writes a release, its end or a withdrawal."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from editorial.editions.compiled_questions import AT, KEYS, find_instances, find_rows
from editorial.editions.kinds import kind_named
from editorial.editions.models import CorruptEdition, Document, Edition, Release
from editorial.editions.tree.nodes import Tree

from ..models import SearchEntry, SearchName, SearchSpelling, SearchWord
from . import analysis, spelling, suggestions
from .engines import search_engine
from .indexed_words import IndexedWords, index_tree

VERSION = (2, analysis.VERSION)  # the first is raised with each change of what this package keeps of a tree
BATCH = 50  # documents at once, where all of them are read
MOST_NAMES = 12  # that mean the same

log = logging.getLogger(__name__)


def refresh_search(documents: Collection[int], at: datetime) -> None:
    """Make the entries of these documents, by their keys, those of their releases that are live at `at` or will be.

    Called with the locks on the documents, by `list_rows.refresh_lists`. Only an edition that has no entry is read.
    """
    releases = {
        release: (since, until, edition)
        for release, since, until, edition in find_rows(_ask_releases, keys=list(documents), at=at)
    }
    gone: list[int] = []
    for pk, release, until in find_rows(_ask_entries, keys=list(documents)):
        if release not in releases:
            gone.append(pk)
        elif (wanted := releases.pop(release)[1]) != until:
            SearchEntry.objects.filter(pk=pk).update(shown_until=wanted)
    _delete(gone)
    if releases:
        _add(releases)


def rebuild_search(tell: Callable[[int], None] = lambda count: None) -> int:
    """Make all entries and the words anew, and return of how many documents; `tell` gets how many more are done.

    Each batch is a transaction of its own, so that readers find everything but what is being made anew just then.
    """
    keys = search_documents()
    forget_words()
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            batch = Document.objects.select_for_update().filter(pk__in=keys[start : start + BATCH]).order_by("pk")
            documents = [document.pk for document in batch]
            delete_entries(documents)
            refresh_search(documents, timezone.now())
        tell(len(documents))
    return len(keys)


def delete_entries(documents: Collection[int]) -> None:
    """Delete those of these documents, by their keys, in the transaction that makes them anew."""
    _delete(SearchEntry.objects.filter(document__in=documents).values_list("pk", flat=True))


def forget_words() -> None:
    """Delete the words that misspelt ones are compared with, before they are made anew."""
    with transaction.atomic():
        SearchSpelling.objects.all().delete()
        SearchWord.objects.all().delete()


def search_documents() -> list[int]:
    """Keys of the documents that were ever released."""
    released = Exists(Release.objects.filter(document=OuterRef("pk")))
    return list(Document.objects.filter(released).order_by("pk").values_list("pk", flat=True))


def find_wrong_entries(keys: Collection[int]) -> set[int]:
    """Those of these documents, by their keys, of which the entries are not for their releases."""
    at = timezone.now()
    wanted = {(release, until): document for document, release, until in find_rows(_ask_open, keys=list(keys), at=at)}
    entries = SearchEntry.objects.filter(document__in=keys).exclude(shown_until__lte=at)
    kept = {(release, until): document for document, release, until in entries.values_list(
        "document", "release", "shown_until")}  # fmt: skip
    differing = wanted.keys() ^ kept.keys()
    return {(wanted | kept)[key] for key in differing}


def _ask_releases() -> QuerySet[Release, Any]:
    rows = Release.objects.filter(document__in=[KEYS]).open_after(AT).with_until()
    return rows.order_by().values_list("pk", "released_from", "released_until", "edition_id")  # type: ignore[misc]  # what is annotated is not known to be


def _ask_open() -> QuerySet[Release, Any]:
    rows = Release.objects.filter(document__in=[KEYS]).open_after(AT).with_until()
    return rows.order_by().values_list("document", "pk", "released_until")  # type: ignore[misc]  # likewise


def _ask_entries() -> QuerySet[SearchEntry, Any]:
    return SearchEntry.objects.filter(document__in=[KEYS]).values_list("pk", "release", "shown_until")


def _ask_kinds() -> QuerySet[Document, Any]:
    return Document.objects.filter(pk__in=[KEYS]).order_by().values_list("pk", "kind")


def _delete(entries: Iterable[int]) -> None:
    if entries := list(entries):
        search_engine().forget(entries)
        SearchEntry.objects.filter(pk__in=entries).delete()


def _add(releases: dict[int, tuple[datetime, datetime | None, int]]) -> None:
    """Entries for {release's key: (from, until, edition's key)}."""
    editions = {
        edition.pk: edition for edition in find_instances(Edition, "pk", {key for *_when, key in releases.values()})
    }
    kinds = dict(find_rows(_ask_kinds, keys=list({edition.document_id for edition in editions.values()})))
    found: list[tuple[SearchEntry, Tree]] = []
    for release, (since, until, key) in releases.items():
        edition = editions[key]
        try:
            tree = edition.tree
        except CorruptEdition:
            log.critical("Edition %s is not what was frozen, so readers' search does not find it.", key, exc_info=True)
            continue
        entry = SearchEntry(
            document_id=edition.document_id, release_id=release, kind=kinds[edition.document_id], shown_from=since,
            shown_until=until,
        )  # fmt: skip
        found.append((entry, tree))
    write_entries(found)


def write_entries(found: Sequence[tuple[SearchEntry, Tree]]) -> None:
    """Save entries that are found by what is in these trees, with the index and the words of it."""
    indexed: list[tuple[SearchEntry, IndexedWords]] = []
    for entry, tree in found:
        kind = kind_named(tree.kind)
        entry.language, entry.is_page = tree.language, bool(kind.path) and kind.is_page(tree.root)
        indexed.append((entry, index_tree(tree)))
    write_indexed(indexed)


def write_indexed(indexed: Sequence[tuple[SearchEntry, IndexedWords]]) -> None:
    """The same of entries that know their language and whether they are pages, with what they are found by."""
    for entry, words in indexed:
        entry.names = "|".join(" ".join(name) for name in words.names)
        entry.topics = " ".join(words.topics)
        entry.points, entry.often = " ".join(sorted(words.points)), " ".join(sorted(words.often))
    SearchEntry.objects.bulk_create([entry for entry, _words in indexed], batch_size=500)
    pages = [(entry, words) for entry, words in indexed if entry.is_page]
    if pages:
        search_engine().keep({entry.pk: words.tokens(entry.language) for entry, words in pages})
    names = [name for entry, words in indexed for name in _names(entry, words)]
    SearchName.objects.bulk_create(names, batch_size=500)
    suggestions.keep((entry, words.suggested) for entry, words in indexed)
    forms: dict[str, dict[str, str]] = {}
    for entry, words in pages:
        forms.setdefault(entry.language, {}).update(words.forms)
    for language, known in forms.items():
        spelling.keep_words(known, language)


def _names(entry: SearchEntry, words: IndexedWords) -> Iterator[SearchName]:
    for number, group in enumerate(words.groups):
        for text in group[:MOST_NAMES]:
            stems = " ".join(analysis.stems(text, entry.language, is_query=True))
            if stems and len(stems) <= 200 and len(text) <= 200:
                yield SearchName(entry=entry, group=number, language=entry.language, stems=stems, text=text)
