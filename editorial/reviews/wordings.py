"""What a new edition says otherwise than the one before it: what translations, and their readers, have to know of it.

One rule for all who ask. Of two source texts it says that they are the same, that only their typography differs, that
words changed, or that something changed that a patient may come to harm by. Of two editions it follows whether those
who translated the older one are behind, and which parts of the page readers must not trust without looking.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings

from editorial.checks.critical_words import Sort
from editorial.editions.kinds import Kind, kind_of
from editorial.editions.models import CorruptEdition, Document, Edition, EditionWording, UnitState
from editorial.editions.name_finder import NameFinder
from editorial.editions.tree import inline
from editorial.editions.tree.diff import Change, comparable_text, compare_trees, word_parts
from editorial.editions.tree.nodes import MINOR, Tree, UnreadableTree
from editorial.editions.tree.units import find_units
from editorial.editions.tree.wording import is_typographic

from . import subjects
from .change_claims import find_major_changes, is_note_alone
from .critical_changes import find_critical_words_changed, is_only_typography

BATCH = 200  # editions at once, where all of them are looked at


class Degree(StrEnum):
    """How far a text says something else than before."""

    SAME = "same"
    TYPOGRAPHY = "typography"
    WORDS = "words"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class TextChange:
    """What changed of one text, and of which sorts it is where somebody may come to harm by it."""

    degree: Degree
    sorts: tuple[Sort, ...] = ()


def judge_texts(
    old: str | inline.Runs, new: str | inline.Runs, language: str, names: NameFinder[object] | None = None
) -> TextChange:
    """What one text says otherwise than another, in the language of both; `names` are those that the site knows."""
    if inline.comparable(old) == inline.comparable(new):
        return TextChange(Degree.SAME)
    if is_typographic(old, new):
        return TextChange(Degree.TYPOGRAPHY)
    parts = word_parts(comparable_text(old), comparable_text(new))
    sorts = dict.fromkeys(change.sort for change in find_critical_words_changed(parts, language, names))
    return TextChange(Degree.CRITICAL, tuple(sorts)) if sorts else TextChange(Degree.WORDS)


def find_critical_parts(document: Document, old: Tree, new: Tree, changes: Sequence[Change]) -> dict[str, set[str]]:
    """{id of a top block of the page: what changed in it that a reader may come to harm by}

    "" stands for the page's own words. Besides what is never minor, that is any word of the advice on when to get help
    and of facts about drugs; the note about the change and the list of sources do not count.
    """
    kind = kind_of(document)
    counted = [
        change
        for change in changes
        if not (is_only_typography(change) or is_note_alone(change) or change.node.type == "reference")
    ]
    tops = _top_blocks(old) | _top_blocks(new)
    parts: dict[str, set[str]] = {}
    for change, critical in find_major_changes(kind, old, new, changes):
        if any(change is one for one in counted):
            parts.setdefault(tops[change.node.id], set()).add(critical.sort)
    for sort, is_about in _matchers(document, kind):
        for change in subjects.find_touching(old, counted, is_about):
            parts.setdefault(tops[change.node.id], set()).add(sort)
    return parts


def _matchers(document: Document, kind: Kind) -> list[tuple[Sort, subjects.BlockMatcher]]:
    if document.key in kind.safety.critical_pages:
        return [(Sort.FACT, lambda _node: True)]
    return [
        (Sort.CARE, subjects.care_matcher(kind)),
        (Sort.FACT, subjects.fact_block_matcher(kind)),
        (Sort.FACT, subjects.critical_matcher(kind)),
    ]


def _top_blocks(tree: Tree) -> dict[str, str]:
    """{id of a block: id of the page's top block that it is or stands in}; "" of the page itself"""
    return {tree.root.id: ""} | {node.id: top.id for top in tree.root.children for node in top.walk()}


def record_wording(edition: Edition, changes: Sequence[Change]) -> None:
    """Keep since when an edition that was just frozen has said what it says, in the same transaction.

    `changes` lead from its base to it. Units that were checked before there was the rule are noted by it where only
    their typography changed, so that nobody has to look at them again.
    """
    EditionWording.objects.create(edition=edition, **_describe(edition, changes))
    base = edition.base_edition
    if base and edition.language == settings.SOURCE_LANGUAGE:
        _carry_units(edition.document, base.tree, edition.tree)


def _describe(edition: Edition, changes: Sequence[Change] | None = None) -> dict[str, Any]:
    """The columns of its row but for its key. Raises CorruptEdition or UnreadableTree."""
    says_as = _find_says_as(edition, changes)
    base = edition.base_edition
    if base is None or says_as != edition.pk:
        return {"says_as_id": says_as, "critical": []}
    found = compare_trees(base.tree, edition.tree) if changes is None else changes
    parts = find_critical_parts(edition.document, base.tree, edition.tree, found)
    order = {sort.value: place for place, sort in enumerate(Sort)}
    critical = [[key, sorted(map(str, sorts), key=order.__getitem__)] for key, sorts in sorted(parts.items())]
    return {"says_as_id": says_as, "critical": critical}


def _find_says_as(edition: Edition, changes: Sequence[Change] | None = None) -> int:
    """The key of the source's edition whose words it has. Raises CorruptEdition or UnreadableTree."""
    source, base = edition.source_edition_id, edition.base_edition
    if source:
        return find_wordings([source])[source]
    if base is None:
        return edition.pk
    is_same = bool(edition.tree.root.attrs.get(MINOR)) or all(
        map(is_only_typography, compare_trees(base.tree, edition.tree) if changes is None else changes)
    )
    return find_wordings([base.pk])[base.pk] if is_same else edition.pk


def find_wordings(editions: Collection[int]) -> dict[int, int]:
    """{key of an edition of the source: key of that whose words it has}; its own where nobody has looked yet"""
    rows = EditionWording.objects.filter(edition__in=editions).values_list("edition", "says_as")
    return {key: key for key in editions} | dict(rows)


def _carry_units(document: Document, old: Tree, new: Tree) -> None:
    """Note by the rule which words units were checked against, where it tells no others from those of now."""
    units = {unit.place: unit for unit in find_units(new)}
    mended = {
        unit.place: unit
        for unit in find_units(old)
        if (now := units.get(unit.place)) and now.source != unit.source and now.digest == unit.digest
    }
    if not mended:
        return
    for state in UnitState.objects.filter(document=document, node_id__in={node_id for node_id, _word in mended}):
        unit = mended.get((state.node_id, state.word))
        if unit and state.source_digest != unit.digest and unit.is_of(state.source_digest):
            state.source_digest = unit.digest
            state.save(update_fields=["source_digest"])


def rebuild_wordings() -> None:
    """Make all rows those of the editions, oldest first, as each rests on the one before it: before all lists."""
    for edition in _find_wrong():
        EditionWording.objects.update_or_create(edition=edition, defaults=_describe(edition))


def find_wording_problems() -> Iterator[str]:
    """Editions of which is kept that they say something else than they do, in words; nothing when none is."""
    for edition in _find_wrong():
        yield f"{edition}: whether translations are behind it is kept wrongly; manage.py rebuild_lists mends it."


def _find_wrong() -> Iterator[Edition]:
    """Editions whose row is not there or says that they have other words. Of a corrupt one nobody can tell.

    Contents are read of editions of the source that followed another one, and of no others.
    """
    after = 0
    while rows := list(
        Edition.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "source_edition", "base_edition")[:BATCH]
    ):
        after = rows[-1][0]
        wordings = EditionWording.objects.filter(edition__in=[key for key, *_others in rows])
        kept = dict(wordings.values_list("edition", "says_as"))
        for key, source, base in rows:
            if base is None or source is not None:
                is_right = kept.get(key) == (find_wordings([source])[source] if source else key)
            else:
                try:
                    is_right = kept.get(key) == _find_says_as(_load(key))
                except (CorruptEdition, UnreadableTree):
                    continue
            if not is_right:
                yield _load(key)


def _load(key: int) -> Edition:
    return Edition.objects.select_related("document", "base_edition").get(pk=key)
