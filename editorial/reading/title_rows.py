"""Writing what lists by title are asked from, with the listed pages: all pages from A to Z, and those of each topic."""

import logging
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet

from editorial.editions.compiled_questions import KEYS, find_instances, find_rows
from editorial.editions.kinds import kind_named
from editorial.editions.models import CorruptEdition, Edition, Release
from editorial.editions.tree.nodes import Node

from .collation import place
from .list_intervals import by_title
from .models import ListedPage, ListedTitle

log = logging.getLogger(__name__)

TOPIC = "topic"  # the type of a block that names what a page is about
ALL = ""  # the topic of the list of all pages
NO_LETTER = "#"


def keep_titles(pages: Collection[ListedPage]) -> None:
    """Write the rows of pages that were listed just now, of any kinds. Where an edition cannot be read, none."""
    ListedTitle.objects.bulk_create(_titles_of(pages), batch_size=500)


def find_problems() -> Iterator[str]:
    """Pages whose rows are not what their editions say, in words."""
    pages = ListedPage.objects.select_related("document").prefetch_related("titles")
    for page in pages.iterator(chunk_size=200):
        wanted = sorted(map(_said, _titles_of([page])))
        if wanted != sorted(map(_said, page.titles.all())):
            yield f"{page.document}: lists by title do not have it as it is; manage.py rebuild_lists makes them anew."


def _said(title: ListedTitle) -> tuple[str, str, bool, str, bytes]:
    return title.topic, title.name, title.is_fallback, title.letter, bytes(title.position)


def _titles_of(pages: Collection[ListedPage]) -> Iterator[ListedTitle]:
    listed = [page for page in pages if kind_named(page.kind).listing.is_in_menu]
    if not listed:
        return
    releases = find_rows(_ask_releases, keys=list({page.release_id for page in listed}))
    editions = {edition.pk: edition for edition in find_instances(Edition, "pk", {key for *_release, key in releases})}
    read: dict[int, tuple[Node, Edition]] = {}
    for release, key in releases:
        try:
            read[release] = editions[key].tree.root, editions[key]
        except CorruptEdition:  # its page is not shown either
            log.critical("Lists by title leave out a corrupt edition: release %s", release, exc_info=True)
    for page in listed:
        if page.release_id in read:
            root, edition = read[page.release_id]
            yield from _page_titles(page, root, edition.language, edition.title)


def _ask_releases() -> QuerySet[Release, Any]:
    return Release.objects.filter(pk__in=[KEYS]).order_by().values_list("pk", "edition_id")


def _page_titles(page: ListedPage, root: Node, language: str, title: str) -> Iterator[ListedTitle]:
    kind = kind_named(page.kind)
    if not kind.is_page(root):
        return
    yield _title(page, language, ALL, title, "")
    for name in dict.fromkeys(kind.other_names(root)):
        yield _title(page, language, ALL, name, name)
    topics = {node.attrs["key"]: node.plain("name") for node in root.walk() if node.type == TOPIC}
    for topic, name in topics.items():
        yield _title(page, language, topic, title, name)


def _title(page: ListedPage, language: str, topic: str, text: str, name: str) -> ListedTitle:
    letter, sort_key = place(text, language)
    is_fallback = language != page.language
    return ListedTitle(
        page=page, document_id=page.document_id, language=page.language, topic=topic, name=name,
        is_fallback=is_fallback, letter=letter or NO_LETTER,
        position=by_title(sort_key, page.release_id, is_fallback=is_fallback),
    )  # fmt: skip
