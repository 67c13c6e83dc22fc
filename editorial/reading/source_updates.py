"""Since when the source of a translation says something else, and in which parts readers may come to harm by that.

A translation goes on being read when its source has moved on. Its page tells readers from which day on; and where a
number, a drug, a link or the advice on when to get help is another one, it names the parts of the page and offers the
source's, which are signed as the page is.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from editorial.accounts.languages import bcp47, direction
from editorial.editions.compiled_questions import DOCUMENT, EDITION, LANGUAGE, NUMBER, compiled
from editorial.editions.kind_answers import PartHeading
from editorial.editions.kinds import Kind, kind_named
from editorial.editions.models import Edition, Release
from editorial.editions.tree.html import BLOCKS
from editorial.editions.tree.nodes import Node

from .addresses import page_url
from .record_rows import LiveRelease, ReleaseRow
from .verified_releases import VerifiedRelease, home_date

log = logging.getLogger(__name__)

MOST = 20  # editions of the source that are asked of, however far a translation is behind


@dataclass(frozen=True, slots=True)
class SourceUpdate:
    """That the live source says something else than the edition that was translated.

    `parts` are the ids of the page's top blocks in which somebody may come to harm by it, "" for the page's own words,
    and since when. Days are those of the home time zone.
    """

    on: date  # later editions that mend a comma or are minor do not move it
    parts: Mapping[str, date]
    is_critical: bool = False  # also where a translation is so far behind that nobody looked at all


class SourcePart(NamedTuple):
    """A part of the page whose source says something else that readers may come to harm by."""

    id: str  # of its block, on this page and on the source's; "" of the page itself
    since: date
    title: dict[str, str] | None  # its heading here, else the source's: `text`, `lang` and `dir`
    heading: PartHeading | None  # what heads it where it has no heading of its own
    node: Node | None  # the source's block, with ids of its own; None where it is gone, or is no prose
    url: str  # where the source's page has it
    is_here: bool  # whether this page has a place for it


class _Step(NamedTuple):
    edition_id: int
    base_id: int | None
    says_as: int | None
    critical: list[Any] | None
    released_from: datetime | None  # for the first time
    translated_id: int  # the edition that was translated


def find_source_update(translation: LiveRelease, source: LiveRelease | None) -> SourceUpdate | None:
    """One statement, for a translation that is outdated or may be; None for one that is not. No content is loaded."""
    if source is None or translation.language == source.language or not isinstance(source, ReleaseRow):
        return None
    says_as = translation.says_as if isinstance(translation, ReleaseRow) else None
    if says_as and says_as == source.says_as:
        return None
    steps = _load_steps(translation, source)
    if not steps:
        return None
    changed = _walk(steps, source.edition_id)
    parts = {
        key: home_date(step.released_from or source.released_from)
        for step in changed  # the newest first, so that the oldest stays
        for key, _sorts in step.critical or ()
    }
    dates = [step.released_from for step in changed if step.says_as == source.says_as and step.released_from]
    return SourceUpdate(
        on=home_date(min(dates, default=source.released_from)),
        parts=parts,
        # Nobody held the live edition against the one that was translated where the steps do not lead there.
        is_critical=bool(parts) or not changed or changed[-1].base_id != changed[-1].translated_id,
    )


def _walk(steps: Mapping[int, _Step], key: int) -> list[_Step]:
    """From the live edition back towards the one that was translated, each before the one that it was compared with."""
    walked: list[_Step] = []
    while step := steps.get(key):
        walked.append(step)
        if step.base_id is None or step.base_id >= key:
            break
        key = step.base_id
    return walked


def steps_between(translation: int, document: int, language: str, number: int) -> QuerySet[Edition, Any]:
    """The newest editions of the source up to this number, and after the one that was translated."""
    base = Edition.objects.filter(pk=translation).values("source_edition__number")
    translated = Edition.objects.filter(pk=translation).values("source_edition")
    released = Release.objects.filter(edition=OuterRef("pk")).order_by("released_from").values("released_from")
    editions = Edition.objects.filter(document=document, language=language, number__lte=number)
    said = ("pk", "base_edition", "wording__says_as", "wording__critical", Subquery(released[:1]), Subquery(translated))
    return editions.filter(number__gt=Subquery(base)).order_by("-number").values_list(*said)[:MOST]


_STEPS = partial(steps_between, EDITION, DOCUMENT, LANGUAGE, NUMBER)


def _load_steps(translation: LiveRelease, source: LiveRelease) -> dict[int, _Step]:
    question = compiled(_STEPS)
    rows = question.ask(
        edition=translation.edition_id, document=source.document_id, language=source.language, number=source.number
    )
    return {row[0]: _Step._make(row) for row in question.convert_all(rows)}


def present_parts(update: SourceUpdate, verified: VerifiedRelease, source: VerifiedRelease) -> dict[str, SourcePart]:
    """{id: part}, in the order of the source's page; those that it has no more come last."""
    kind = kind_named(verified.kind_name)
    url = page_url(kind, verified.slug, settings.SOURCE_LANGUAGE)
    here, there = map(_part_blocks, (verified, source))
    since: dict[str, date] = {}
    for key, day in update.parts.items():
        place = key if key in here or key in there else ""
        since[place] = min(day, since.get(place, day))
    parts: dict[str, SourcePart] = {}
    for key in [key for key in dict.fromkeys([*there, *here]) if key in since]:
        node, own = there.get(key), here.get(key)
        heading = kind.part_headings.get((node or here[key]).type)
        anchor = heading.anchor if heading else key
        parts[key] = SourcePart(
            id=key,
            since=since[key],
            title=_title(key, own, verified) or _title(key, node, source),
            heading=heading,
            node=_present_block(key, node, kind) if node else None,
            url=f"{url}#{anchor}" if node and anchor else url,
            is_here=bool(key and own),
        )
    return parts


def _part_blocks(verified: VerifiedRelease) -> dict[str, Node]:
    """{id: block} of the parts of a page; "" is the page itself, with what stands in no part."""
    root = verified.root
    loose = tuple(child for child in root.children if child.type in BLOCKS)
    return {"": replace(root, children=loose)} | {child.id: child for child in root.children if child not in loose}


def _present_block(key: str, node: Node, kind: Kind) -> Node | None:
    """The block as a template lays it out that knows no kind; None where it takes one that does."""
    if not key:
        return _renamed(node)
    shown = [child for child in node.children if child.type not in kind.safety.fact_blocks]
    is_prose = any(child.type in (*BLOCKS, "figure") or "text" in child.words for child in shown)
    return _renamed(node) if is_prose else None


def _title(key: str, node: Node | None, of: VerifiedRelease) -> dict[str, str] | None:
    text = node.plain("heading" if key else "title") if node else ""
    return {"text": text, "lang": bcp47(of.language), "dir": direction(of.language)} if text else None


def _renamed(node: Node) -> Node:
    """With ids that the page's own blocks do not have."""
    return replace(node, id=f"source-{node.id}", children=tuple(map(_renamed, node.children)))
