"""The page as a translator has it open: its units, what the checks say, and all that is shown beside one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from editorial.accounts.models import User
from editorial.checks.checked_pages import CheckedPage
from editorial.checks.report import FindingsReport, Hrefs, build_report
from editorial.desk.writing import findings_panel
from editorial.desk.writing.open_remarks import FIELD, place_remarks
from editorial.editions import freezing
from editorial.editions.kinds import Kind, kind_of
from editorial.editions.models import Document, Edition, UnitState
from editorial.editions.models.addresses import show_compared_addresses
from editorial.editions.tree import diff, inline
from editorial.editions.tree.units import Place, Unit, find_units, translate_tree
from editorial.editions.validity import find_base
from editorial.editions.working.unit_states import unit_states
from editorial.reviews.threads import Thread, open_threads

from .appearance import render_unit
from .memory.fill import find_suggested_units
from .saving import unit_at
from .tags import Tag, find_tags, tag_typed, to_typed, write_tagged
from .unit_aids import OpenUnit, unit_aids
from .unit_rows import UnitRow, build_rows, next_to_do, with_warnings

Words = Mapping[Place, str | inline.Runs]


@dataclass
class OpenPage:
    """A document in one language, translated from its signed source."""

    document: Document
    language: str
    source: Edition
    user: User
    shown: str = ""  # the filter that was asked for
    wanted: Place | None = None
    kind: Kind = field(init=False)
    words: Words = field(init=False)
    states: dict[Place, UnitState] = field(init=False)

    def __post_init__(self) -> None:
        self.kind = kind_of(self.document)
        self.words = self.kind.words(self.kind.read_copy(self.document), self.language)
        self.states = unit_states(self.document, self.language)
        # What was suggested from an edition that is live no more is offered to nobody.
        suggested = find_suggested_units(self.states)
        for place, state in self.states.items():
            if place not in suggested:
                state.suggestion = ""

    @cached_property
    def candidate(self) -> freezing.Candidate:
        return freezing.build_translation_candidate(self.document, self.language, self.source, self.words)

    @cached_property
    def bare_rows(self) -> list[UnitRow]:
        """All units, without what the checks say."""
        signed = find_base(self.document, self.language)
        unchecked = freezing.why_unchecked(self.document, self.language, self.source, self.words)
        remarked = {thread.node_id for thread in self.threads if not thread.is_called_done}
        return build_rows(self.kind, self.source.tree, self.words, self.states, unchecked, signed, remarked)

    @cached_property
    def threads(self) -> list[Thread]:
        """Open remarks on the page in this language."""
        assert self.candidate.tree is not None  # noqa: S101 (a translation's candidate has one)
        return list(open_threads(self.document, self.language, self.candidate.tree))

    @cached_property
    def rows(self) -> list[UnitRow]:
        """All units, marked where some check has something to say."""
        return with_warnings(self.bare_rows, self.warned)

    @cached_property
    def unit(self) -> Unit:
        """The unit that is open. What the checks say of others is not asked for one that was asked for."""
        asked = next((unit for unit in find_units(self.source.tree) if unit.place == self.wanted), None)
        return asked or self.opened.unit

    @cached_property
    def opened(self) -> UnitRow:
        """The unit that was asked for; else the first one to do, the first with an open remark, or the first."""
        wanted = next((row for row in self.rows if row.unit.place == self.wanted), None)
        remarked = next((row for row in self.rows if row.has_remark), None)
        return wanted or next_to_do(self.rows, None) or remarked or self.rows[0]

    @cached_property
    def report(self) -> FindingsReport:
        hrefs: Hrefs = {}
        for unit in find_units(self.source.tree):
            hrefs[unit.place] = self.url(unit.place)
            hrefs.setdefault((unit.node.id, ""), self.url(unit.place))
        found = findings_panel.saved_findings(self.document, self.candidate, hrefs)
        report: FindingsReport = found["report"]
        return report

    @cached_property
    def warned(self) -> set[Place]:
        """The places of which something is to be said."""
        entries = [entry for _check, entries in self.report.groups for entry in entries]
        return {(entry.node_id, place.word) for entry in entries for place in entry.finding.places}

    def url(self, place: Place | None = None, shown: str = "") -> str:
        shown = shown or self.shown
        query = {"unit": ".".join(place)} if place else {}
        if shown:
            query["show"] = shown
        address = reverse("translations:translate", args=[self.document.pk, self.language])
        return f"{address}?{urlencode(query)}" if query else address

    # --- What is shown of the unit that is open ---

    def tags(self, unit: Unit) -> list[Tag]:
        return find_tags(unit, self.words.get(unit.place, ""))

    def saved_text(self, unit: Unit) -> str:
        """What is saved of it, with tags."""
        return write_tagged(self.words.get(unit.place, ""), self.tags(unit))

    def suggestion(self, unit: Unit) -> str:
        state = self.states.get(unit.place)
        if not state or not state.suggestion or unit.place in self.words:
            return ""
        return tag_typed(state.suggestion, unit, find_tags(unit))

    def suggested_from(self, unit: Unit) -> Edition | None:
        """The edition that its suggestion was signed in; None of what stands on this page."""
        state = self.states.get(unit.place)
        return state.suggested_from if state and self.suggestion(unit) else None

    def aids(self, unit: Unit, user: User) -> dict[str, SafeString]:
        """{name: HTML} of what helps with it."""
        typed = to_typed(self.words.get(unit.place, ""), unit)
        state = self.states.get(unit.place)
        suggested = state.suggestion if state and unit.place not in self.words else ""
        return unit_aids(OpenUnit(self.document, self.language, self.source, unit, typed, user, suggested))

    def earlier_source(self, unit: Unit) -> Unit | None:
        """What the source said when somebody last looked at it; None where it says the same, or nobody knows."""
        state = self.states.get(unit.place)
        if state is None or not state.source_digest or unit.is_of(state.source_digest):
            return None
        editions = [state.source_edition] if state.source_edition else []
        newest = Edition.objects.filter(document=self.document, language=self.language).order_by("-number").first()
        if newest and newest.source_edition:
            editions.append(newest.source_edition)
        units = (unit_at(edition, unit.place) for edition in editions)
        return next((old for old in units if old and old.is_of(state.source_digest)), None)

    def findings(self, unit: Unit, report: FindingsReport | None = None) -> FindingsReport:
        """Those about one unit."""
        report = report or self.report

        def is_here(entry: Any) -> bool:
            words = {place.word for place in entry.finding.places}
            return entry.node_id == unit.node.id and bool(words & {"", unit.place[1]})

        groups = [(check, [entry for entry in entries if is_here(entry)]) for check, entries in report.groups]
        return replace(
            report,
            groups=[(check, entries) for check, entries in groups if entries],
            dismissed=[entry for entry in report.dismissed if is_here(entry)],
            problems=[],
        )

    def typed_report(self, unit: Unit, words: str | inline.Runs) -> FindingsReport:
        """What the checks say of one unit as it is typed; of no other, which many are."""
        typed, saved = (
            translate_tree(self.source.tree, words, self.language)
            for words in ({**self.words, unit.place: words}, self.words)
        )
        base = find_base(self.document, self.language)
        page = CheckedPage(
            self.document, typed, base.tree if base else None, timezone.localdate(), source=self.source.tree,
            about=unit.node.id,
        )  # fmt: skip
        return self.findings(unit, build_report(page, {}, saved=saved))

    def looks(self, unit: Unit, words: str | inline.Runs) -> SafeString:
        return render_unit(self.source.tree, unit, {**self.words, unit.place: words}, self.language)

    def remarks(self, unit: Unit) -> dict[str, Any]:
        """Open remarks: those of this unit at its box, others as links to theirs."""
        hrefs: Hrefs = {}
        for other in find_units(self.source.tree):
            key = (other.node.id, "")
            hrefs[key] = f"{FIELD}words" if other.node.id == unit.node.id else hrefs.get(key) or self.url(other.place)
        placed = place_remarks(self.threads, hrefs, self.user)
        return {**placed, "unit_remarks": placed["remarks_by_field"].get("words", [])}


def source_difference(old: str | inline.Runs, new: str | inline.Runs) -> list[tuple[str, str]]:
    """What changed from one text to another, word by word."""
    parts = diff.word_parts(diff.comparable_text(old), diff.comparable_text(new))
    texts = show_compared_addresses(*(text for _sort, text in parts))
    return [(sort, text) for (sort, _text), text in zip(parts, texts, strict=True)]
