"""Writing what lists by title are asked from, with the listed pages: all pages from A to Z, and those of each topic."""

import logging
from collections.abc import Collection, Iterator

from editorial.editions.kinds import kind_named
from editorial.editions.models import CorruptEdition, Release
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
    releases = Release.objects.filter(pk__in={page.release_id for page in listed}).select_related("edition").in_bulk()
    roots: dict[int, Node] = {}
    for key, release in releases.items():
        try:
            roots[key] = release.edition.tree.root
        except CorruptEdition:  # its page is not shown either
            log.critical("Lists by title leave out a corrupt edition: release %s", key, exc_info=True)
    for page in listed:
        release = releases[page.release_id]
        if root := roots.get(release.pk):
            yield from _page_titles(page, root, release.language, release.edition.title)


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
