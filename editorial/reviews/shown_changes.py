"""What of a page that others show changed between two of its editions, and which editions show any of that."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce

from django.utils import timezone

from editorial.editions.kinds import kind_named, kind_of
from editorial.editions.models import CorruptEdition, Document, Edition, Release, load_trees
from editorial.editions.tree.links import find_linked_documents, find_pieces
from editorial.editions.tree.nodes import Tree, UnreadableTree

AT_ONCE = 100  # editions whose trees are in memory together


@dataclass(frozen=True, slots=True)
class ShownChanges:
    """The parts of a document that changed. Whoever shows another part of it sees what they saw."""

    document: Document
    pieces: frozenset[str] = frozenset()  # by name
    has_opened: bool = False  # whether what opens in place changed
    has_repeated: bool = False  # whether what others repeat of it changed
    is_all: bool = False  # nothing was shown before, or nobody can tell what was

    def __or__(self, other: "ShownChanges") -> "ShownChanges":
        return ShownChanges(
            self.document,
            self.pieces | other.pieces,
            self.has_opened or other.has_opened,
            self.has_repeated or other.has_repeated,
            self.is_all or other.is_all,
        )

    @property
    def is_none(self) -> bool:
        return not (self.pieces or self.has_opened or self.has_repeated or self.is_all)

    def is_shown_in(self, edition: Edition) -> bool:
        """Whether the edition shows or repeats any of them; also where its bytes cannot be read."""
        if self.is_all or self.is_none:
            return self.is_all
        try:
            return self._is_in(edition.tree)
        except (CorruptEdition, UnreadableTree):
            return True

    def _is_in(self, tree: Tree) -> bool:
        pk, known = self.document.pk, kind_of(self.document).embedding.pieces
        shown = {node.attrs.get("piece") for node in find_pieces(tree.root) if node.attrs.get("document") == pk}
        return (
            any(name in self.pieces or name not in known for name in shown)
            or (self.has_opened and pk in find_linked_documents(tree.root))
            or (self.has_repeated and pk in kind_named(tree.kind).rests_on(tree.root))
        )

    def filter_editions(self, editions: Iterable[Edition]) -> Iterator[Edition]:
        """Those that show any of them."""
        waiting = list(editions)
        while batch := waiting[:AT_ONCE]:
            waiting = waiting[AT_ONCE:]
            if not (self.is_all or self.is_none):
                batch = list(Edition.objects.filter(pk__in=[edition.pk for edition in batch]).order_by("pk"))
            yield from filter(self.is_shown_in, batch)


def compare_shown(document: Document, old: Edition, new: Edition) -> ShownChanges:
    """What of the document's parts the two editions of it do not say alike."""
    kind = kind_of(document)
    try:
        load_trees([old, new])
    except (CorruptEdition, UnreadableTree):
        return ShownChanges(document, is_all=True)
    before, after = old.tree.root, new.tree.root
    embedding = kind.embedding
    return ShownChanges(
        document,
        frozenset(name for name, piece in embedding.pieces.items() if piece.content(before) != piece.content(after)),
        bool(embedding.opens_in_place) and embedding.opened_content(before) != embedding.opened_content(after),
        kind.repeated_content(before) != kind.repeated_content(after),
    )


def find_shown_changes(release: Release) -> ShownChanges:
    """What is shown otherwise from this release on: than just before it, or than any other that is read or to come.

    One to come may be cancelled, and what is read now is what pages are signed beside.
    """
    document = release.document
    others = Release.objects.filter(document=document, language=release.language).exclude(pk=release.pk)
    before = list(others.live(release.released_from - timedelta(microseconds=1)).select_related("edition"))
    if not before:
        return ShownChanges(document, is_all=True)
    editions = {
        other.edition_id: other.edition
        for other in [*before, *others.open_after(timezone.now()).select_related("edition")]
        if other.edition_id != release.edition_id
    }
    compared = (compare_shown(document, edition, release.edition) for edition in editions.values())
    return reduce(ShownChanges.__or__, compared, ShownChanges(document))
