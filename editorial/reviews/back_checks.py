"""What a back-check is about: the texts of a translation on which a patient's safety hangs, and how they are read.

They are read without their source first. Of those that the newest back-checked edition of the page in this language had
with the same words, in the translation and in its source, none is read again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef

from editorial.checks.critical_words import CriticalWord, Sort, find_critical_words
from editorial.editions.kinds import Kind, kind_named
from editorial.editions.labels import block_label, cell_labels
from editorial.editions.models import Edition, Meaning, Release, SignOff
from editorial.editions.models.addresses import shown_addresses
from editorial.editions.section_names import SEPARATOR, name_sections
from editorial.editions.tree import inline
from editorial.editions.tree.diff import comparable_text, strip_mark_signs
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.tree.units import Place, find_units
from editorial.editions.validity import Validity

from .subjects import EMERGENCY, critical_matcher

MOST = 20  # editions that are looked at for one that was back-checked and stands
LONGEST_TEXT = 500  # characters of what somebody writes that a text says
_CITATION = re.compile(r"\[@[a-z0-9-]+\]")
# What is told of a text that was written again: these are in both, or one of the two is wrong.
COMPARED = (Sort.NEGATION, Sort.NUMBER, Sort.DATE, Sort.PHONE)


@dataclass(frozen=True)
class BackCheckUnit:
    """One text: `target` is read first and alone. Both are as `diff.comparable_text` writes them."""

    place: Place
    section: str
    label: str
    target: str
    source: str
    source_language: str
    rank: int  # 0 of emergency advice, 1 of other advice and facts such as doses, 2 of the rest

    @cached_property
    def source_words(self) -> list[CriticalWord]:
        return _words(self.source, self.source_language)

    def missing_words(self, written: str) -> list[str]:
        """Numbers, negations, dates and telephone numbers of the source that what somebody wrote has not."""
        return _without(self.source_words, _words(written, self.source_language))

    def added_words(self, written: str) -> list[str]:
        """The same of what they wrote, which the source has not."""
        return _without(_words(written, self.source_language), self.source_words)


def _words(text: str, language: str) -> list[CriticalWord]:
    return [word for word in find_critical_words(strip_mark_signs(text), language) if word.sort in COMPARED]


def _without(words: list[CriticalWord], others: list[CriticalWord]) -> list[str]:
    """Those that the other side has not as often. Of a negation it counts that there is one, not which."""

    def key(word: CriticalWord) -> tuple[Sort, str]:
        return (word.sort, "" if word.sort == Sort.NEGATION else word.value)

    left, found = Counter(map(key, others)), []
    for word in words:
        if left[key(word)] > 0:
            left[key(word)] -= 1
        else:
            found.append(word.written)
    return found


def find_back_check_units(edition: Edition) -> list[BackCheckUnit]:
    """The texts that a back-check of this edition reads, emergency advice first. At most four trees are read for it."""
    if edition.source_edition is None:
        return []
    before = find_back_checked(edition.document_id, edition.language, edition.number)
    return list_back_check_units(edition.tree, edition.source_edition.tree, before)


def find_back_checked(document_id: int, language: str, before: int | None = None) -> Edition | None:
    """The newest edition of a page in a language, below a number, that was back-checked, was released, and stands.

    What follows it rests on it, so that it falls with it: see validity.py.
    """
    checks = SignOff.objects.filter(
        Exists(Release.objects.filter(edition=OuterRef("edition"))),
        document=document_id,
        language=language,
        meaning=Meaning.BACK_CHECKED,
        revocation__isnull=True,
    )
    if before is not None:
        checks = checks.filter(number__lt=before)
    found = list(checks.order_by("-number").values_list("edition", flat=True)[:MOST])
    standing = next(filter(Validity(found).is_valid, found), None) if found else None
    return Edition.objects.select_related("source_edition").get(pk=standing) if standing else None


def list_back_check_units(tree: Tree, source: Tree, before: Edition | None) -> list[BackCheckUnit]:
    """The same of a translation that is not frozen yet; `before` is the edition that was back-checked last."""
    kind = kind_named(tree.kind)
    known = _pairs(before.tree, before.source_edition.tree) if before and before.source_edition else {}
    pairs = _pairs(tree, source)
    ranks = dict(_ranks(kind, source.root, 3))
    sections, cells = name_sections(kind, tree), cell_labels(tree.walk())
    shown = shown_addresses(source.root, tree.root)
    units = []
    for unit in find_units(source):
        pair = pairs[unit.place]
        if known.get(unit.place) == pair:
            continue
        rank = ranks[unit.node.id]
        if rank > 2 and not _has_critical_words(pair, known.get(unit.place), source.language, tree.language):
            continue
        target, source_text = (_CITATION.sub("", comparable_text(words, shown)) for words in pair)
        units.append(
            BackCheckUnit(
                unit.place,
                SEPARATOR.join(sections.get(unit.node.id, ())),
                cells.get(unit.node.id) or block_label(kind, unit.node),
                target,
                source_text,
                source.language,
                min(rank, 2),
            )
        )
    return sorted(units, key=lambda unit: unit.rank)


Pair = tuple[str | inline.Runs, str | inline.Runs]  # the words of a text in the translation and in its source


def _pairs(tree: Tree, source: Tree) -> dict[Place, Pair]:
    words = {unit.place: inline.comparable(unit.source) for unit in find_units(tree)}
    return {unit.place: (words.get(unit.place, ""), inline.comparable(unit.source)) for unit in find_units(source)}


def _ranks(kind: Kind, node: Node, around: int) -> Iterator[tuple[str, int]]:
    """(id of a block, rank) of all blocks: that of the gravest thing that it stands in, 3 of none."""
    rank = around
    if node.attrs.get("care") == EMERGENCY:
        rank = 0
    elif kind.is_care(node) or critical_matcher(kind)(node):
        rank = min(rank, 1)
    yield node.id, rank
    for child in node.children:
        yield from _ranks(kind, child, rank)


def _has_critical_words(pair: Pair, known: Pair | None, language: str, target_language: str) -> bool:
    """Whether either says a dose or another number with its unit, or a telephone number; or has other negations than
    before.
    """
    texts = [(inline.plain(words), code) for words, code in zip(pair, (target_language, language), strict=True)]
    words = [find_critical_words(text, code) for text, code in texts]
    if any(word.sort == Sort.PHONE or _has_unit(word) for side in words for word in side):
        return True
    if known is None:
        return any(word.sort == Sort.NEGATION for side in words for word in side)
    before = [find_critical_words(inline.plain(old), code) for old, (_text, code) in zip(known, texts, strict=True)]
    return any(_negations(side) != _negations(old) for side, old in zip(words, before, strict=True))


def _has_unit(word: CriticalWord) -> bool:
    return word.sort == Sort.NUMBER and any(sign.isdigit() for sign in word.value) and not word.value.isdigit()


def _negations(words: list[CriticalWord]) -> list[str]:
    return [word.value for word in words if word.sort == Sort.NEGATION]


def check_written(units: list[BackCheckUnit], written: Mapping[Place, str]) -> list[BackCheckUnit]:
    """Those of the texts of which nobody wrote what they say."""
    return [unit for unit in units if not written.get(unit.place, "").strip()]
