"""Pages in readers' search: trees that are found, each by an entry of its own, without the records of signed pages."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from random import Random

from editorial.editions.models import Document, Edition, Release
from editorial.editions.tree.nodes import Node, Tree
from editorial.reading.models import SearchEntry
from editorial.reading.search.index_rows import write_entries, write_indexed
from editorial.reading.search.indexed_words import IndexedWords
from tests.factories.unguarded import unguarded

FIRST = 1_000  # the sequence of a release that is made up


def add_entries(live: Edition, trees: Iterable[Tree], at: datetime) -> list[SearchEntry]:
    """An entry of each tree, shown from `at` on, of made-up releases of a live edition."""
    trees = list(trees)
    entries = _entries(live, [tree.language for tree in trees], at)
    for entry, tree in zip(entries, trees, strict=True):
        entry.kind = tree.kind
    write_entries(list(zip(entries, trees, strict=True)))
    return entries


def add_indexed(live: Edition, words: Iterable[IndexedWords], at: datetime) -> None:
    """The same of English articles that are found by these words, without a tree: for very many of them."""
    words = list(words)
    entries = _entries(live, ["en"] * len(words), at)
    for entry in entries:
        entry.kind, entry.language, entry.is_page = "article", "en", True
    write_indexed(list(zip(entries, words, strict=True)))


def _entries(live: Edition, languages: list[str], at: datetime) -> list[SearchEntry]:
    """Unsaved, of releases that are made up in these languages, each of a document of its own, as pages are: what asks
    the gate is planned by how many releases a document has.
    """
    start = FIRST + Release.objects.count()
    documents = Document.objects.bulk_create(
        Document(kind="article", slug=f"made-up-{start + number}") for number in range(len(languages))
    )
    with unguarded():
        releases = Release.objects.bulk_create(
            Release(
                document=document, edition=live, language=language, number=1, content_digest="", met_by=[],
                released_from=at, sequence=FIRST, recorded_at=at, recorded_by=live.recorded_by,
                record_digest=f"made-up-{start + number}",
            )
            for number, (document, language) in enumerate(zip(documents, languages, strict=True))
        )  # fmt: skip
    return [SearchEntry(document=release.document, release=release, shown_from=at) for release in releases]


def article(language: str, title: str, lead: str, *texts: str, points: Iterable[str] = ()) -> Tree:
    """An article's tree with these words."""
    key_points = Node("key-points", "key-points", children=tuple(_text("point", point) for point in points))
    sections = tuple(_text("paragraph", text) for text in texts)
    root = Node("article", "article", words={"title": title, "lead": lead}, children=(key_points, *sections))
    return Tree("article", language, root)


def drug(language: str, title: str, lead: str, *brands: str) -> Tree:
    """A monograph's tree."""
    products = tuple(Node("product", f"product-{brand}", {"brand": brand}) for brand in brands)
    children = (Node("products", "products", children=products),)
    return Tree(
        "monograph", language, Node("monograph", "monograph", words={"title": title, "lead": lead}, children=children)
    )


def word_list(language: str, **phrases: str) -> Tree:
    """Site words with these phrases; _ stands for - in their keys."""
    children = tuple(
        Node("phrase", f"p-{key}", {"key": key.replace("_", "-")}, {"text": text}) for key, text in phrases.items()
    )
    return Tree("site-words", language, Node("site-words", "site-words", words={"title": "-"}, children=children))


def distractors(trees: Iterable[Tree], count: int) -> Iterator[Tree]:
    """Pages whose texts are made of the titles, leads and points of these ones, and their leads of the titles, in
    another order. Their own titles are of other words.
    """
    random = Random(18)  # noqa: S311 (the same pages each time)
    titles: dict[str, list[str]] = {}
    texts: dict[str, list[str]] = {}
    for tree in trees:
        if tree.kind != "site-words":
            language, root = tree.language, tree.root
            points = [node.plain("text") for node in tree.walk() if node.type == "point"]
            titles.setdefault(language, []).extend(_pieces(root.plain("title"), language))
            for text in (root.plain("title"), root.plain("lead"), *points):
                texts.setdefault(language, []).extend(_pieces(text, language))
    languages = sorted(texts)
    for number in range(count):
        language = languages[number % len(languages)]
        between = "" if language.startswith("zh") else " "
        lead, *body = [random.choice(titles[language]) for _number in range(4)], random.choices(texts[language], k=60)
        yield article(language, f"{_OTHER[language]} {number}", between.join(lead), between.join(*body))


_OTHER = {"en": "Leaflet", "es": "Folleto", "ar": "كتيب", "zh-hans": "手册", "vi": "Tờ rơi"}


def _pieces(text: str, language: str) -> list[str]:
    return [text[place : place + 2] for place in range(0, len(text), 2)] if language.startswith("zh") else text.split()


def _text(type_: str, text: str) -> Node:
    return Node(type_, f"{type_}-{abs(hash(text))}", words={"text": text})
