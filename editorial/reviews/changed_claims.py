"""Claims of pages that a change may make wrong: sentences that name no page, and citations of what tells of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from editorial.checks.checked_pages import split_sentences
from editorial.editions.keywords import KeywordReader, citation_keyword
from editorial.editions.kinds import kind_of
from editorial.editions.known_names import KnownNames
from editorial.editions.models import Document, Record
from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Tree


@dataclass(frozen=True, slots=True)
class ChangedClaims:
    """`keywords` are those of which a change may make wrong what editions say."""

    keywords: frozenset[str] = frozenset()
    reader: KeywordReader | None = None

    def find(self, tree: Tree) -> dict[tuple[str, str], list[str]]:
        """{(node id, word): sentences of it that claim or cite something of that}"""
        claims: dict[tuple[str, str], list[str]] = {}
        for found in self.reader.find_all(tree) if self.reader else ():
            if found.keyword in self.keywords:
                said = found.passage or _before_citation(found.node.words[found.word], found.keyword)
                claims.setdefault((found.node.id, found.word), []).append(said)
        return claims


def find_changed_claims(document: Document, records: Iterable[Record]) -> ChangedClaims:
    """Those that these records of a document change. A constant number of statements."""
    keywords = kind_of(document).changed_keywords(records).keys
    return ChangedClaims(keywords, KeywordReader(KnownNames())) if keywords else ChangedClaims()


def _before_citation(words: str | inline.Runs, keyword: str) -> str:
    """The end of a sentence after which it is cited first."""
    runs = [] if isinstance(words, str) else words
    for place, run in enumerate(runs):
        if "cite" in run and citation_keyword(run["cite"]) == keyword:
            return (split_sentences(inline.plain(runs[:place])) or [""])[-1]
    return ""
