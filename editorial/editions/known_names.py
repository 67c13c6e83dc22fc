"""Names that texts call documents by, such as those of drugs, and which documents a text names. Kinds say the names."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from .kind_answers import KnownName
from .kinds import all_kinds, kind_of
from .models import Document
from .name_finder import NameFinder, fold_name, keep_finder
from .tree.nodes import Tree

NamedDocuments = NameFinder[frozenset[int]]  # by their keys: a name may be that of several


class KnownNames:
    """The names of all documents, or of those that are given: as they were when this was made.

    A text may call a document by its names in its own language and by those that are known in every language.
    """

    def __init__(self, names: Iterable[KnownName] | None = None):
        self._is_all = names is None
        self.names = [*names] if names is not None else [name for kind in all_kinds() for name in kind.known_names()]

    @cached_property
    def _finders(self) -> dict[str, NamedDocuments]:
        return {}

    def in_language(self, language: str) -> NamedDocuments:
        """Those of texts in one language."""
        if language not in self._finders:
            spoken = [name for name in self.names if name.name and name.language in ("", language)]
            if self._is_all:  # thousands, which are mostly those of the time before
                self._finders[language] = keep_finder((KnownNames, language), spoken, _by_name)
            else:
                self._finders[language] = NameFinder(_by_name(spoken))
        return self._finders[language]

    def documents_in(self, tree: Tree) -> set[int]:
        """Keys of the documents that the words of a tree name, wherever they stand; titles of sources are no words."""
        finder = self.in_language(tree.language)
        texts = (node.plain(name) for node in tree.walk() for name in node.words) if finder else ()
        return {key for text in texts for _written, keys in finder.find(text) for key in keys}


def _by_name(names: Iterable[KnownName]) -> Iterator[tuple[str, frozenset[int]]]:
    documents: dict[str, set[int]] = {}
    for name in names:
        documents.setdefault(fold_name(name.name), set()).add(name.document)
    return ((name, frozenset(keys)) for name, keys in documents.items())


def find_known_names(language: str) -> NamedDocuments:
    """All names that there are in one language, asked for anew: they change with the pages."""
    return KnownNames().in_language(language)


def names_of(document: Document) -> KnownNames:
    """Those of one document; none where its kind has no names. As many statements as for those of all."""
    return KnownNames(name for name in kind_of(document).known_names() if name.document == document.pk)
