"""Looking a source text up in the memory: what was signed for it, or for one that is like it, and still holds.

The rows only say where to look. Whatever is offered comes from an edition that the gate lets readers read now, whose
records and bytes were verified for this question, and that has the very words. Each question is bounded, however much
the memory has.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections, router
from django.db.models import Model, QuerySet
from django.utils import timezone
from rapidfuzz import fuzz, process

from editorial.editions.kinds import kind_named
from editorial.editions.models import CorruptEdition, Release
from editorial.editions.tree.diff import comparable_text, word_parts
from editorial.reading.edition_trees import read_trees
from editorial.reading.record_rows import EditionRow, SignOffRow
from editorial.reading.verified_releases import verify_records
from editorial.reading.withheld import find_withheld

from ..models import MemoryGram, MemoryText, MemoryUse
from .adapting import AdaptedText, adapt_text
from .grams import find_grams
from .likeness import EXACT, LEAST, FactDifference, compare_facts, plain_text, weigh
from .texts import TranslatedText, Words, digest_source, memory_form, read_words, write_words

MOST = 9  # suggestions: as many as there are keys for
BY_GRAM = 150  # texts that are asked for by one pair of words, the newest first
SCORED = 250  # texts that are compared, those with most pairs in common first
WEIGHED = 2 * MOST  # of which the records are asked
EXACT_TEXTS = 30  # translations of the very same text that are looked at
TURNS = 3  # translations of the very same text of which one is taken for a whole page
USES = 4  # editions that have a text of which the records are asked, the newest first
AT_ONCE = 100  # questions of one statement

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A signed translation that may fit the open text: `text` is adapted to it, `likeness` in percent.

    `parts` compares the source that it translates with the open one, as `diff.word_parts` does. `edition` and `signed`
    say where it stands and who signed that last.
    """

    text: AdaptedText
    likeness: int
    parts: tuple[tuple[str, str], ...]
    differences: tuple[FactDifference, ...]
    edition: EditionRow
    signed: SignOffRow

    @property
    def is_exact(self) -> bool:
        return self.likeness == EXACT


@dataclass(frozen=True, slots=True)
class _Match:
    """A text of the memory beside the open one."""

    pk: int
    source: Words
    target: Words
    likeness: int
    differences: tuple[FactDifference, ...] = ()


Verified = dict[int, tuple[EditionRow, SignOffRow] | None]  # by the release's key


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text stands in a live edition, as the rows have it."""

    release: Release
    node_id: str
    word: str


def find_suggestions(
    source: Words, language: str, *, limit: int = MOST, except_document: int | None = None, at: datetime | None = None
) -> list[Suggestion]:
    """What was signed in this language for this source text or one that is like it, the most alike first.

    At most `limit`, each with other words; `except_document` is the key of one whose texts are not wanted. Eight
    queries at most, two of them for editions that have ended or withhold something.
    """
    source = memory_form(source)
    if not source:
        return []
    matches = _find_exact_rows([digest_source(source)], language)
    matches += _find_alike(source, language, {match.pk for match in matches})
    chosen: list[Suggestion] = []
    said: set[str] = set()
    for match, edition, signed in _find_trusted(matches, at or timezone.now(), limit, except_document):
        text = adapt_text(match.target, match.source, source)
        words = write_words(memory_form(text.words))
        if text.words and words not in said:
            said.add(words)
            parts = word_parts(comparable_text(memory_form(match.source)), comparable_text(source))
            chosen.append(Suggestion(text, match.likeness, tuple(parts), match.differences, edition, signed))
    return chosen[:limit]


def find_exact(sources: Iterable[Words], language: str, *, at: datetime | None = None) -> dict[bytes, Suggestion]:
    """{digest of a source text: the newest translation that was signed for just that} of these, for a whole page."""
    by_digest = {digest_source(source): form for source in sources if (form := memory_form(source))}
    matches: dict[bytes, list[_Match]] = {}
    for match in _find_exact_rows(list(by_digest), language):
        matches.setdefault(digest_source(match.source), []).append(match)
    found: dict[bytes, Suggestion] = {}
    for turn in range(TURNS):
        batch = [those[turn] for digest, those in matches.items() if digest not in found and turn < len(those)]
        for match, edition, signed in _find_trusted(batch, at or timezone.now(), len(batch)):
            digest = digest_source(match.source)
            text = adapt_text(match.target, match.source, by_digest[digest])
            found[digest] = Suggestion(text, EXACT, (), (), edition, signed)
    return found


def _find_exact_rows(digests: Sequence[bytes], language: str) -> list[_Match]:
    """The newest of each first."""
    found: list[_Match] = []
    for start in range(0, len(digests), AT_ONCE):
        batch = digests[start : start + AT_ONCE]
        rows = MemoryText.objects.filter(language=language, source_digest__in=batch).order_by("-pk")
        newest = _read_rows(rows[: EXACT_TEXTS * len(batch)])
        found += (_Match(pk, source, target, EXACT) for pk, source, target in newest)
    return found


def _find_alike(source: Words, language: str, known: set[int]) -> list[_Match]:
    """The most alike first, and of those the newest."""
    grams = find_grams(source, language)
    rows = _ask_each(MemoryGram, "gram", grams, ["text_id"], newest="text_id", most=BY_GRAM)
    counts = Counter(text for (text,) in rows if text not in known)
    keys = sorted(counts, key=lambda key: (-counts[key], -key))[:SCORED]
    pairs = {pk: (theirs, target) for pk, theirs, target in _read_rows(MemoryText.objects.filter(pk__in=keys))}
    texts = {pk: plain_text(theirs) for pk, (theirs, _target) in pairs.items()}
    scored = process.extract(plain_text(source), texts, scorer=fuzz.ratio, score_cutoff=LEAST, limit=WEIGHED)
    matches = []
    for _text, ratio, pk in scored:
        theirs, target = pairs[pk]
        differences = compare_facts(theirs, source)
        matches.append(_Match(pk, theirs, target, weigh(ratio, theirs, source, differences), differences))
    alike = [match for match in matches if match.likeness >= LEAST]
    return sorted(alike, key=lambda match: (-match.likeness, -match.pk))


def _read_rows(rows: QuerySet[MemoryText]) -> Iterator[tuple[int, Words, Words]]:
    """(key, source, target) of those that hold what was written."""
    for row in rows:
        text = TranslatedText(("", ""), read_words(row.source), read_words(row.target), row.language)
        if bytes(row.pair_digest) == text.pair_digest:
            yield row.pk, text.source, text.target
        else:
            log.critical("Text %s of the memory is not what was written, so it is not offered.", row.pk)


def _find_trusted(
    matches: Sequence[_Match], at: datetime, limit: int, except_document: int | None = None
) -> Iterator[tuple[_Match, EditionRow, SignOffRow]]:
    """Those that stand in a live edition, with it and who signed it last, in their order: at least `limit` of them,
    where there are so many.
    """
    places = _find_places([match.pk for match in matches], at, except_document)
    verified: Verified = {}
    given = 0
    for start in range(0, len(matches), limit or 1):
        batch = matches[start : start + limit]
        firsts = {place.release.pk: place.release for match in batch for place in places.get(match.pk, ())[:1]}
        _verify(firsts.values(), verified)
        for match in batch:
            for place in places.get(match.pk, ()):
                _verify([place.release], verified)  # all but what is looked at because the first one failed are
                evidence = verified[place.release.pk]
                if evidence and _has_words(evidence[0], place, match.target):
                    yield match, *evidence
                    given += 1
                    break
        if given >= limit:
            return


def _find_places(texts: Sequence[int], at: datetime, except_document: int | None) -> dict[int, list[_Place]]:
    """{text's key: where it stands in live editions} of these, the newest editions first."""
    columns = ["holder_id", "text_id", "node_id", "word"]
    rows = sorted(_ask_each(MemoryUse, "text_id", texts, columns, newest="holder_id", most=USES), reverse=True)
    live = Release.objects.live(at).filter(edition__in={holder for holder, *_place in rows})
    if except_document is not None:
        live = live.exclude(document=except_document)
    releases = {release.edition_id: release for release in live.with_records().annotate(withheld=find_withheld(at))}
    places: dict[int, list[_Place]] = {}
    for holder, text, node_id, word in rows:
        if holder in releases:
            places.setdefault(text, []).append(_Place(releases[holder], node_id, word))
    return places


def _verify(releases: Iterable[Release], verified: Verified) -> None:
    """Note of each release that was not asked yet its edition and who signed it last; None where neither is trusted."""
    asked = [release for release in releases if release.pk not in verified]
    try:
        found = verify_records(asked)
    except CorruptEdition:
        if len(asked) > 1:
            for release in asked:
                _verify([release], verified)
        else:
            verified[asked[0].pk] = None
            log.critical("Left out of the memory, because its records do not verify: release %s", asked[0].pk)
        return
    for release, (edition, sign_offs) in zip(asked, found, strict=True):
        verified[release.pk] = (edition, sign_offs[-1])


def _has_words(edition: EditionRow, place: _Place, target: Words) -> bool:
    """Whether the edition has these words, and readers still see them."""
    withheld = frozenset((place.release.withheld or "").split())  # type: ignore[attr-defined]  # annotated
    if not withheld and f'"{place.word}":{write_words(target)}'.encode() in edition.content:
        return True  # which is found without reading the tree
    (tree,) = read_trees([edition])
    root = kind_named(tree.kind).withhold(tree.root, withheld) if withheld else tree.root
    return any(node.id == place.node_id and node.words.get(place.word) == target for node in root.walk())


def _ask_each(
    model: type[Model], column: str, values: Sequence[int], columns: Sequence[str], *, newest: str, most: int
) -> list[tuple[Any, ...]]:
    """Of each of these values of a column `most` rows, the newest first: read from the end of an index, and no more."""
    one = (
        f"SELECT * FROM (SELECT {', '.join(columns)} FROM {model._meta.db_table} "  # noqa: S608 (names of this module)
        f"WHERE {column} = %s ORDER BY {newest} DESC LIMIT {most}) AS those"
    )
    rows: list[tuple[Any, ...]] = []
    with connections[router.db_for_read(model)].cursor() as cursor:
        for start in range(0, len(values), AT_ONCE):
            batch = values[start : start + AT_ONCE]
            cursor.execute(" UNION ALL ".join([one] * len(batch)), batch)
            rows += cursor.fetchall()
    return rows
