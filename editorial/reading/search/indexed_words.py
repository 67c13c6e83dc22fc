"""What a signed tree is found by: the words of its title and names, of its points, and of its text."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from editorial.editions.kinds import kind_named
from editorial.editions.tree.nodes import NOTE, Node, Tree

from . import analysis

# How well a word says what a page is about: each level has the words of those before it, too.
ANYWHERE, TITLE, POINTS, OFTEN = range(4)
_TOPIC = 4  # a level of its own: no word that somebody types has it
MOST_OFTEN = 40  # words of a text that count as often said
_OFTEN_FROM = 3  # times
LONGEST_SUGGESTED = 120  # characters
MOST_WORDS = 20_000  # different ones of a page
_LEADING = ("lead", "short", "heading", "drug_class")  # words of any block that tell what it is about


@dataclass(frozen=True, slots=True)
class IndexedWords:
    """Stems; `names` has those of the title and of each other name, `groups` texts that say the same."""

    names: tuple[tuple[str, ...], ...]
    points: frozenset[str]
    often: frozenset[str]
    body: frozenset[str]
    forms: frozenset[tuple[str, str]]  # (as it is written, its stem)
    groups: tuple[tuple[str, ...], ...]
    topics: tuple[str, ...] = ()  # keys of what the page is about
    suggested: tuple[str, ...] = ()  # what readers may be offered to search for, as it is written

    def tokens(self, language: str) -> list[str]:
        """What the database keeps, sorted: each stem with its language and each level that it has."""
        levels = {TITLE: {stem for name in self.names for stem in name}}
        levels[POINTS] = levels[TITLE] | self.points
        levels[OFTEN] = levels[POINTS] | self.often
        levels[ANYWHERE] = levels[OFTEN] | set(sorted(self.body)[:MOST_WORDS])
        tokens = {token(stem, language, level) for level, found in levels.items() for stem in found}
        return sorted(tokens | {topic_token(key, language) for key in self.topics})


def token(stem: str, language: str, level: int) -> str:
    """A word of the index. No code of a language has a digit, so no two words are alike."""
    return f"{language.replace('-', '')}{level}{stem}"


def topic_token(key: str, language: str) -> str:
    """The word of the index that all pages about a topic have: of letters and digits, as every word is."""
    return token(hashlib.sha256(key.encode()).hexdigest()[:20], language, _TOPIC)


def suggested_texts(tree: Tree) -> tuple[str, ...]:
    """A page's title and other names, and whatever means the same to who searches."""
    kind, root = kind_named(tree.kind), tree.root
    own = [root.plain("title"), *kind.other_names(root)] if kind.path and kind.is_page(root) else []
    texts = dict.fromkeys([*own, *(text for group in kind.same_names(root) for text in group)])
    return tuple(text for text in texts if text and len(text) <= LONGEST_SUGGESTED)


def index_tree(tree: Tree) -> IndexedWords:
    """What an edition is found by, from its tree alone."""
    kind, root, language = kind_named(tree.kind), tree.root, tree.language
    texts = dict.fromkeys([root.plain("title"), *kind.other_names(root)])
    points: list[analysis.Word] = []
    body: list[analysis.Word] = []
    joined_names = set[str]().union(*(analysis.joined_stems(text, language) for text in texts))
    joined = set[str]()
    for node, name, text in find_texts(root):
        words = analysis.find_words(text, language)
        joined |= analysis.joined_stems(text, language)
        (points if name in _LEADING or node.type in ("point", "topic") else body).extend(words)
    titles = [list(analysis.find_words(text, language)) for text in texts]
    all_words = [*chain(*titles), *points, *body]
    counts = Counter(word.stem for word in body if not analysis.is_stop_word(word, language))
    often = [stem for stem, count in counts.most_common(MOST_OFTEN) if count >= _OFTEN_FROM]
    return IndexedWords(
        names=tuple(tuple(word.stem for word in title) for title in titles if title),
        points=frozenset({word.stem for word in points} | joined_names),
        often=frozenset(often),
        body=frozenset({word.stem for word in body} | joined),
        forms=frozenset((word.form, word.stem) for word in all_words),
        groups=tuple(tuple(group) for group in kind.same_names(root)),
        topics=tuple(kind.topics(root)),
        suggested=suggested_texts(tree),
    )


def find_texts(root: Node) -> Iterator[tuple[Node, str, str]]:
    """(block, name, plain text) of the words that readers find a page by, in their order; the title is not among them.

    Sources are cited in their own language, and a note on a change is no part of a page.
    """
    for node in root.walk():
        if node.type in ("reference", "event"):
            continue
        for name in node.words:
            if node is root and name in ("title", NOTE):
                continue
            if text := node.plain(name).strip():
                yield node, name, text
