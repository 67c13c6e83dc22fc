"""How much of a signed source edition there is to translate, and on what of it lives depend.

Measured once of each edition, and once for each earlier one that a live translation was made from.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from editorial.checks.checked_pages import count_words
from editorial.checks.critical_words import Sort
from editorial.editions.compiled_questions import find_instances
from editorial.editions.fields import Label
from editorial.editions.kinds import Kind, kind_named
from editorial.editions.models import CorruptEdition, Document, Edition
from editorial.editions.models.editions import load_trees
from editorial.editions.tree import inline
from editorial.editions.tree.diff import compare_trees
from editorial.editions.tree.nodes import Node, Tree, UnreadableTree
from editorial.editions.tree.units import Place, Unit, digest_words, find_units
from editorial.editions.tree.wording import is_typographic
from editorial.reviews.critical_changes import find_critical_changes
from editorial.reviews.subjects import EMERGENCY, BlockMatcher, critical_matcher, is_touched

from ..models import SourceChange

Pair = tuple[int, int | None]  # keys of a source edition, and of the one that somebody translated

PAGE, GRAVE, PIECE, WORDS = "page", "grave", "piece", "words"
# Beside these, the types of blocks that a kind calls critical, such as a dose.
CRITICAL_LABELS: Mapping[str, Label] = {
    EMERGENCY: _("emergency advice"),
    PAGE: _("emergency number"),
    GRAVE: _("withdrawn approval"),
    PIECE: _("dose or warning of another page"),
    WORDS: _("number, date or “not”"),
}
# Of words that changed: with another one of these, a text says the opposite or another amount.
_CRITICAL_SORTS = (
    Sort.CARE,
    Sort.NEGATION,
    Sort.NUMBER,
    Sort.COMPARISON,
    Sort.DATE,
    Sort.RAISED,
    Sort.PHONE,
    Sort.FACT,
)
_UNREADABLE = (CorruptEdition, UnreadableTree)


def critical_label(kind: str, critical: str) -> Label:
    """On what lives depend, in words; "" for nothing."""
    return CRITICAL_LABELS.get(critical) or kind_named(kind).block_type_labels().get(critical, "")


def load_changes(pairs: Collection[Pair]) -> dict[Pair, SourceChange]:
    """The measures of these pairs; those that nobody took yet are taken and kept.

    Two statements, and five where any is taken. An edition that cannot be read has nothing to translate.
    """
    found = {
        (change.edition_id, change.since_id): change
        for change in SourceChange.objects.filter(edition__in={edition for edition, _since in pairs})
    }
    missing = [pair for pair in dict.fromkeys(pairs) if pair not in found]
    if missing:
        taken = list(_measure(missing))
        SourceChange.objects.bulk_create(taken, ignore_conflicts=True, batch_size=500)
        found |= {(change.edition_id, change.since_id): change for change in taken}
    return found


def _measure(pairs: Collection[Pair]) -> Iterable[SourceChange]:
    keys = {key for pair in pairs for key in pair if key is not None}
    editions = {edition.pk: edition for edition in find_instances(Edition, "pk", keys)}
    documents = {edition.document_id for edition in editions.values()}
    of_key = {document.pk: document for document in find_instances(Document, "pk", documents)}
    trees = _read_trees(list(editions.values()))
    for key, since in pairs:
        new, old = trees.get(key), trees.get(since) if since else None
        if new is None or (since and old is None):
            yield SourceChange(edition_id=key, since_id=since, units=0, words=0, critical="")
            continue
        units = find_units(new) if old is None else changed_units(old, new)
        yield SourceChange(
            edition_id=key,
            since_id=since,
            units=len(units),
            words=sum(count_words(inline.plain(unit.source)) for unit in units),
            critical=find_critical(of_key[editions[key].document_id], old, new),
        )


def _read_trees(editions: list[Edition]) -> dict[int, Tree]:
    """{key: tree} of those that can be read."""
    try:
        load_trees(editions)
    except _UNREADABLE:
        return {edition.pk: tree for edition in editions if (tree := _read_tree(edition))}
    return {edition.pk: edition.tree for edition in editions}


def _read_tree(edition: Edition) -> Tree | None:
    try:
        return edition.tree
    except _UNREADABLE:  # its page is not shown either
        return None


def changed_units(old: Tree, new: Tree) -> list[Unit]:
    """Units of `new` with other words than the one at the same place had, or that came anew."""
    before = {unit.place: unit.source for unit in find_units(old)}
    return [
        unit
        for unit in find_units(new)
        if unit.place not in before or not is_typographic(before[unit.place], unit.source)
    ]


def find_critical(document: Document, old: Tree | None, new: Tree) -> str:
    """On what of a page, or of what changed on it since `old`, lives depend: the first of it; "" for nothing."""
    kind = kind_named(document.kind)
    if document.key in kind.safety.critical_pages:
        return PAGE
    if old is None:
        blocks = list(new.walk())
        return next((name for name, matches in _matchers(kind).items() if any(map(matches, blocks))), "")
    changes = compare_trees(old, new)
    for name, matches in _matchers(kind).items():
        if is_touched(old, changes, matches):
            return name
    found = (critical for change in changes for critical in find_critical_changes(kind, change, new.language))
    return WORDS if any(critical.sort in _CRITICAL_SORTS for critical in found) else ""


def _matchers(kind: Kind) -> dict[str, BlockMatcher]:
    """{what it is: whether a block is that}. Together they are `critical_matcher`, which is the last."""

    def of_type(name: str) -> BlockMatcher:
        return lambda node: node.type == name

    return {
        EMERGENCY: _is_emergency,
        **{name: of_type(name) for name in sorted(kind.safety.critical_blocks)},
        GRAVE: kind.safety.is_critical,
        PIECE: critical_matcher(kind),
    }


def _is_emergency(node: Node) -> bool:
    return node.attrs.get("care") == EMERGENCY


def load_unit_digests(sources: Mapping[int, str]) -> dict[int, Mapping[Place, frozenset[str]]]:
    """{key of a source edition: {place of a unit: digests of its words}}, of {key: digest}.

    One statement, where any of them was not read lately.
    """
    if unknown := [key for key, digest in sources.items() if digest not in _known]:
        while len(_known) > _MOST:
            _known.pop(next(iter(_known)))
        for key, tree in _read_trees(list(Edition.objects.filter(pk__in=unknown))).items():
            _known[sources[key]] = {
                unit.place: frozenset((unit.digest, digest_words(unit.source))) for unit in find_units(tree)
            }
    return {key: _known.get(digest, {}) for key, digest in sources.items()}


_MOST = 200  # source editions that are being translated at one time
_known: dict[str, Mapping[Place, frozenset[str]]] = {}  # by digest: what is frozen never changes


@lru_cache(maxsize=1)
def empty_digests() -> frozenset[str]:
    """Digests of no words: a unit that was emptied is not done."""
    return frozenset((digest_words(""), digest_words([])))
