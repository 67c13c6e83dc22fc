"""What a record opens, told before it is written: it is written, looked at here, and taken back with its transaction.

So what is shown is what will happen: the same statements open it, hold schedules and write mail. Nothing that they did
outlives the transaction, and nobody else sees it meanwhile.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from editorial.accounts.languages import all_languages, bcp47, direction, own_name
from editorial.accounts.models import User
from editorial.editions.known_names import KnownNames, names_of
from editorial.editions.models import CorruptEdition, Edition, EndCause, Record, Release, ReleaseEnd, load_trees
from editorial.editions.states import PublicState, WorkState
from editorial.editions.tree.nodes import UnreadableTree

from .changed_claims import ChangedClaims, find_changed_claims
from .ended_facts import find_asserting_sentences
from .mentions import find_mentions
from .models import FactChange, Mail, Recheck

SAMPLED_PAGES = 5  # of which sentences are shown
SAMPLED_SENTENCES = 2  # of each
NAMED = 20  # people and held editions that are named; of more, only how many
STATES = (PublicState.LIVE, PublicState.SCHEDULED, WorkState.WAITING, WorkState.HELD, PublicState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class LanguageCount:
    """Editions in one language: {state: how many}, of those that certainly rest on the record and of the others."""

    language: str
    certain: Counter[Any]
    uncertain: Counter[Any]

    @property
    def name(self) -> str:
        return own_name(self.language)

    @property
    def columns(self) -> list[list[tuple[Any, int]]]:
        """[(state, how many) of each state that occurs] of the certain ones, and of the others."""
        return [
            [(state, counts[state]) for state in STATES if counts[state]] for counts in (self.certain, self.uncertain)
        ]


@dataclass(frozen=True, slots=True)
class SampledPage:
    edition: Edition
    sentences: list[str]

    @property
    def lang(self) -> str:
        return bcp47(self.edition.language)

    @property
    def dir(self) -> str:
        return direction(self.edition.language)


@dataclass(frozen=True, slots=True)
class RecheckPreview:
    """`rows` are (edition's key, whether it is certain, its state, whether its schedule is held), in an order."""

    rows: tuple[tuple[int, bool, str, bool], ...]
    languages: list[LanguageCount]
    certain_pages: int
    uncertain_pages: int
    sample: list[SampledPage]
    held: list[Edition]  # as many as are named
    held_count: int
    people: list[str]  # who is told, as many as are named
    people_count: int

    @property
    def page_count(self) -> int:
        return self.certain_pages + self.uncertain_pages


def read_opened(record: Record) -> RecheckPreview:
    """What this record opened in the transaction that the caller is in: because of it, and of what pages assert.

    As many statements however much it is.
    """
    ended = _read_ended_facts(record)
    reasons = [record.record_digest, *(change.record_digest for change in ended)]
    found = _read_rechecks(record, reasons)
    counts: dict[str, tuple[Counter[Any], Counter[Any]]] = {}
    certain, pages = set(), set()
    for row in found:
        counts.setdefault(row["edition__language"], (Counter(), Counter()))[not row["is_certain"]][_state(row)] += 1
        pages.add(row["edition__document"])
        certain |= {row["edition__document"]} if row["is_certain"] else set()
    held = [row["edition"] for row in found if row["is_held_now"]]
    told = User.objects.filter(pk__in=Mail.objects.filter(because__in=reasons).values("user"))
    people = sorted(user.name for user in told)
    return RecheckPreview(
        rows=tuple((row["edition"], row["is_certain"], _state(row).value, row["is_held_now"]) for row in found),
        languages=[LanguageCount(language, *counts[language]) for language in all_languages() if language in counts],
        certain_pages=len(certain),
        uncertain_pages=len(pages - certain),
        sample=_read_sample(record, found, {told["fact"] for change in ended for told in change.ended}),
        held=list(Edition.objects.filter(pk__in=held[:NAMED]).defer("content").order_by("title", "language")),
        held_count=len(held),
        people=people[:NAMED],
        people_count=len(people),
    )


def _read_ended_facts(record: Record) -> list[FactChange]:
    """What ended of what pages assert, as was recorded after it in the chain that the caller has locked."""
    return list(FactChange.objects.filter(document=record.document_id, sequence__gt=record.sequence))


def _read_rechecks(record: Record, reasons: Collection[str]) -> list[dict[str, Any]]:
    """One row of each edition: certain where one of its rechecks is."""
    now = timezone.now()
    of_edition = {"edition": OuterRef("edition")}
    ends = ReleaseEnd.objects.filter(release__edition=OuterRef("edition"), cause=EndCause.HELD)
    rechecks = Recheck.objects.filter(because__in=reasons).with_certainty()
    rows = (
        rechecks.annotate(
            is_live=Exists(Release.objects.live(now).filter(**of_edition)),
            will_be_read=Exists(Release.objects.open_after(now).filter(**of_edition)),
            is_down=Exists(Release.objects.taken_down(now).filter(**of_edition)),
            is_held_now=Exists(ends.filter(recorded_at__gte=record.recorded_at)),
            was_held=Exists(ends),
        )
        .order_by("edition")
        .values(
            "edition", "edition__document", "edition__language", "is_certain", "is_live", "will_be_read", "is_down",
            "is_held_now", "was_held",
        )
    )  # fmt: skip
    by_edition: dict[int, dict[str, Any]] = {}
    for row in rows:
        kept = by_edition.setdefault(row["edition"], row)
        kept["is_certain"] = kept["is_certain"] or row["is_certain"]
    return list(by_edition.values())


def _state(row: dict[str, Any]) -> Any:
    """As it was before the record: a schedule that it holds is one."""
    if row["is_live"]:
        return PublicState.LIVE
    if row["will_be_read"] or row["is_held_now"]:
        return PublicState.SCHEDULED
    if row["is_down"]:
        return PublicState.WITHDRAWN
    return WorkState.HELD if row["was_held"] else WorkState.WAITING


def _read_sample(record: Record, found: list[dict[str, Any]], facts: Collection[str]) -> list[SampledPage]:
    """The first sentences of some other pages: certain ones first, in the source language where they have it."""
    others = [row for row in found if row["edition__document"] != record.document_id]
    others.sort(key=lambda row: (not row["is_certain"], row["edition__language"] != settings.SOURCE_LANGUAGE))
    keys: dict[int, int] = {}
    for row in others:
        keys.setdefault(row["edition__document"], row["edition"])
        if len(keys) == SAMPLED_PAGES:
            break
    by_key = Edition.objects.filter(pk__in=keys.values()).select_related("document").in_bulk()
    editions = [by_key[key] for key in keys.values()]
    try:
        load_trees(editions)
        names, claims = names_of(record.document), find_changed_claims(record.document, [record])
        return [SampledPage(edition, _sentences(edition, record, facts, names, claims)) for edition in editions]
    except (CorruptEdition, UnreadableTree):  # its own page says so
        return [SampledPage(edition, []) for edition in editions]


def _sentences(
    edition: Edition, record: Record, facts: Collection[str], names: KnownNames, claims: ChangedClaims
) -> list[str]:
    """What it asserts and is not so any more, before what it says of the record's page."""
    found = find_asserting_sentences(edition.tree, facts)
    found += find_mentions(edition.tree, record.document_id, names, claims)
    return list(dict.fromkeys(found))[:SAMPLED_SENTENCES]
