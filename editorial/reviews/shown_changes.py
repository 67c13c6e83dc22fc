"""What of a page that others show changed between two of its editions, and which editions show any of that."""

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from editorial.editions.kinds import kind_of
from editorial.editions.models import (
    CorruptEdition,
    Dependency,
    Document,
    Edition,
    Record,
    Release,
    Reliance,
    ShownPiece,
    load_trees,
)
from editorial.editions.tree.nodes import UnreadableTree


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

    @property
    def shown_dependencies(self) -> QuerySet[Dependency]:
        """Those of the edition around it (`OuterRef("pk")`) that hold any of them."""
        return Dependency.objects.filter(self._dependencies(), edition=OuterRef("pk"))

    def is_shown_in(self, edition: Edition) -> bool:
        """Whether the edition shows or repeats any of them. One query, or none."""
        if self.is_all or self.is_none:
            return self.is_all
        return Dependency.objects.filter(self._dependencies(), edition=edition.pk).exists()

    def editions(self) -> QuerySet[Edition]:
        """Those that show or repeat any of them; all of them where `is_all`. It reads no content."""
        if self.is_all or self.is_none:
            return Edition.objects.all() if self.is_all else Edition.objects.none()
        return Edition.objects.filter(pk__in=Dependency.objects.filter(self._dependencies()).values("edition"))

    def _dependencies(self) -> Q:
        """Dependencies on the document that hold what changed; also where nobody could tell which pieces they show."""
        known = kind_of(self.document).embedding.pieces
        pieces = ShownPiece.objects.filter(dependency=OuterRef("pk"))
        changed = pieces.exclude(piece__in=[*known.keys() - self.pieces, *([] if self.has_opened else [""])])
        embeds = Q(how=Reliance.EMBEDS) & (Exists(changed) | ~Exists(pieces))
        repeats = Q(how=Reliance.ASSERTS) if self.has_repeated else Q()
        return Q(document=self.document) & (embeds | repeats)


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


def find_recorded_changes(record: Record) -> ShownChanges | None:
    """What of its page a record changes that is no release, by what the page's kind says. None where it cannot tell."""
    parts = kind_of(record.document).changed_parts(record)
    if parts is None:
        return None
    return ShownChanges(record.document, parts.pieces, parts.is_opened, parts.is_repeated)


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
