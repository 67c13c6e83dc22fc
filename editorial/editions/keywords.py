"""Keywords of editions: what they cite, and what kinds find in their words that names no document.

A record may change what a keyword stands for: then the editions that have it rest on that record, or may.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from .keyword_contract import KeywordFinder, KeywordText
from .kinds import all_kinds
from .known_names import KnownNames
from .models import Edition, EditionKeyword, Keyword
from .set_inserts import insert_from
from .tree import inline
from .tree.nodes import Node, Tree

HEADINGS = ("heading", "title")  # words that say what those below them are about


class FoundKeyword(NamedTuple):
    """`passage` is the part of the words that speaks of it; "" for a citation, which stands at the words' key."""

    node: Node
    word: str
    passage: str
    keyword: str


class KeywordReader:
    """Reads trees for keywords; by the names and the vocabulary of kinds that there were when it was made.

    A statement for each kind that has a vocabulary, and those that `names` take; none for a tree.
    """

    def __init__(self, names: KnownNames):
        def is_naming(text: str, language: str) -> bool:
            return any(True for _name in names.in_language(language).find(text))

        finders = (kind.keyword_finder(is_naming) for kind in all_kinds())
        self._finders: list[KeywordFinder] = [finder for finder in finders if finder]

    def find(self, tree: Tree) -> set[str]:
        return {found.keyword for found in self.find_all(tree)}

    def find_all(self, tree: Tree) -> Iterator[FoundKeyword]:
        """In reading order. Titles of sources are not the page's words."""
        yield from self._find_below(tree.root, (), tree)

    def _find_below(self, node: Node, around: tuple[str, ...], tree: Tree) -> Iterator[FoundKeyword]:
        for name, words in node.words.items():
            for key in inline.cites(words):
                yield FoundKeyword(node, name, "", citation_keyword(key))
            own = [node.plain(heading) for heading in HEADINGS if heading != name and node.words.get(heading)]
            text = KeywordText(inline.plain(words), tree.language, (*own, *around), tree.kind)
            for finder in self._finders:
                for passage, keyword in finder(text):
                    yield FoundKeyword(node, name, passage, keyword)
        headings = tuple(node.plain(heading) for heading in HEADINGS if node.words.get(heading))
        for child in node.children:
            yield from self._find_below(child, (*headings, *around), tree)


def citation_keyword(key: str) -> str:
    """That of editions whose words cite the reference with this key."""
    return f"cites:{key}"


def record_keywords(keywords: Mapping[int, Collection[str]]) -> None:
    """Record {edition's key: keywords that it has and that are not recorded of it}. Three statements, or none."""
    keys = {keyword for found in keywords.values() for keyword in found}
    if not keys:
        return
    _create(keys)
    if len(keywords) == 1:
        [edition] = keywords
        insert_from(Keyword.objects.filter(key__in=keys), EditionKeyword, {"edition": edition, "keyword": F("pk")})
        return
    by_key = dict(Keyword.objects.filter(key__in=keys).values_list("key", "pk"))
    EditionKeyword.objects.bulk_create(
        EditionKeyword(edition_id=edition, keyword_id=by_key[keyword])
        for edition, found in keywords.items()
        for keyword in sorted(found)
    )


def lock_keywords(keys: Collection[str]) -> None:
    """Wait for whoever is freezing an edition that has one of them, and let nobody do that until this is committed.

    Two statements, or none.
    """
    if keys:
        _create(keys)
        list(Keyword.objects.filter(key__in=keys).order_by("key").select_for_update().values_list("pk", flat=True))


def create_keywords(keys: Collection[str]) -> list[Keyword]:
    """Those that there are not yet; returns all of them. Two statements."""
    _create(keys)
    return list(Keyword.objects.filter(key__in=keys).order_by("key"))


def find_editions_with(keys: Collection[str]) -> QuerySet[EditionKeyword, Any]:
    """Keys of the editions that have one of these keywords; for `__in`."""
    return EditionKeyword.objects.filter(keyword__key__in=keys).values("edition")


def find_keywords_of(editions: Collection[Edition]) -> dict[int, set[str]]:
    """{edition's key: those that are recorded of it}. One statement."""
    found: dict[int, set[str]] = {}
    rows = EditionKeyword.objects.filter(edition__in=editions).values_list("edition_id", "keyword__key")
    for edition, keyword in rows:
        found.setdefault(edition, set()).add(keyword)
    return found


def _create(keys: Collection[str]) -> None:
    """In one order, so that two who create the same wait for each other at most once."""
    Keyword.objects.bulk_create((Keyword(key=key) for key in sorted(keys)), ignore_conflicts=True)
