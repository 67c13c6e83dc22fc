"""Monographs as the engine knows them: their tree, and where their words are."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.languages import source_text
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.fields import PartFields
from editorial.editions.keyword_contract import ChangedKeywords, IsNaming, KeywordFinder
from editorial.editions.kind_answers import (
    Answer,
    BlockKey,
    ChangedParts,
    EarlierWords,
    FactAnswer,
    FactSuggestion,
    KnownName,
    UrgentNews,
)
from editorial.editions.kinds import Attributes, Embedding, Listing, Piece, Rows, Safety, register
from editorial.editions.models import Document, Record
from editorial.editions.tree import inline
from editorial.editions.tree.nodes import MINOR, Node, Tree
from editorial.editions.working_copy import WorkingCopy
from editorial.library.references import append_references, cited_keys
from editorial.library.topics import TOPICS, TopicalKind, topic_blockers, topics_node

from . import approval_history, fact_answers, names, page_context, piece_contents, presenters, text_claims
from .block_facts import find_block_facts
from .changed_keywords import find_changed_keywords
from .changed_parts import find_changed_parts, is_grave_block, is_grave_decision
from .earlier_decisions import find_earlier_words
from .fact_suggestions import suggest_facts
from .fields import LATER_BLOCKS, MONOGRAPH
from .labels import ATTRS, VALUES
from .models import KIND, Approval, ApprovalEvent, Authority, Dose, DoseUnit
from .part_attributes import part_attributes
from .services.events import to_decisions
from .services.events_in_force import verified_events
from .services.monographs import clean_rows, save_blockers
from .unsigned_words import find_unsigned_words
from .urgent_news import find_urgent_news

# Blocks in the order in which the page shows them, which numbers their references.
SHOWN = (
    "uses-note", "how-given", "doses", "side-effects", "recovery", "boxed-warnings", "tell-team", "questions",
    "how-it-works", "approvals", "biomarkers", "products", TOPICS,
)  # fmt: skip
BLOCK_NAMES = ("biomarker", "biomarker_2", "biomarker_3", "approval", "product")  # attributes that name a block
SOURCED = ("dose", "side-effect", "boxed-warning")  # blocks that cite a source, or are not submitted


class MonographKind(TopicalKind):
    name = KIND
    path = "drugs"
    label = gettext_lazy("drug monograph")
    label_plural = gettext_lazy("Drugs")
    template = "drugs/monograph.html"
    written_with = Permission.RECORD_FACTS
    site_words = ("drug-words", "article-words", "helpline", "advertising", "emergency-number")
    also_called = ("products__brand",)
    # Its rows: see listing.py.
    listing = Listing(template="drugs/list.html", is_apart=True, has_medical_facts=True, version=2)
    embedding = Embedding(
        pieces={
            "card": Piece(gettext_lazy("drug card"), "drugs/pieces/card.html", content=piece_contents.card_content),
            "approvals": Piece(
                gettext_lazy("approvals table"), "drugs/pieces/approvals.html", content=piece_contents.approvals_content
            ),
            "dosing": Piece(
                gettext_lazy("dosing schedule"),
                "drugs/pieces/dosing.html",
                is_critical=True,
                content=piece_contents.dosing_content,
            ),
            "side-effects": Piece(
                gettext_lazy("side-effect list"),
                "drugs/pieces/side_effects.html",
                shows_care=True,
                content=piece_contents.side_effects_content,
            ),
        }
    )
    block_labels = {"event": gettext_lazy("Regulator's decision")}
    safety = Safety(
        fact_blocks=frozenset({"product", "dose", "side-effect", "boxed-warning", "biomarker", "approval", "event"}),
        critical_blocks=frozenset({"boxed-warning", "dose"}),
        is_critical=is_grave_block,
        has_advice=True,
    )
    attributes = Attributes(
        labels=ATTRS,
        values=VALUES,
        block_ids={**dict.fromkeys(BLOCK_NAMES, ""), "reference": "ref-"},
        document_keys=frozenset({"partner"}),
    )
    fields = MONOGRAPH
    part_headings = page_context.PART_HEADINGS

    def context(self, root: Node, at: datetime) -> dict[str, Any]:
        return page_context.context(root, at)

    def makers(self, document: Document, node_ids: set[str]) -> Iterator[User]:
        """Who recorded the events among these blocks: they may not sign what first shows them.

        Who verified one may. They read the source and wrote no word of the page.
        """
        events = ApprovalEvent.objects.filter(document=document, verification__isnull=False)
        for event in events.select_related("recorded_by"):
            if event.block_id in node_ids:
                yield event.recorded_by

    def rests_on(self, root: Node) -> Iterator[int]:
        """The partners whose boxed warnings it shows."""
        partners = (block.attrs["partner"] for block in root.walk() if block.type == "boxed-warning")
        return (partner for partner in partners if isinstance(partner, int))  # in old editions it was an address

    def known_names(self) -> Iterable[KnownName]:
        return names.find_names()

    def other_names(self, root: Node) -> Iterator[str]:
        products = (node for node in root.walk() if node.type == "product")
        return (brand for node in products if (brand := node.attrs.get("brand")))

    def schema_subject(self, root: Node) -> dict[str, Any]:
        name, brands = root.plain("title"), list(dict.fromkeys(self.other_names(root)))
        subject = {"@type": "Drug", "name": name, "nonProprietaryName": name}
        return subject | ({"proprietaryName": brands} if brands else {})

    def changed_parts(self, record: Record) -> ChangedParts | None:
        return find_changed_parts(record)

    def earlier_words(self, records: Sequence[Record]) -> list[EarlierWords]:
        return find_earlier_words(records)

    def keyword_finder(self, is_naming: IsNaming) -> KeywordFinder:
        return text_claims.make_keyword_finder(names.find_biomarkers(), is_naming)

    def changed_keywords(self, records: Iterable[Record]) -> ChangedKeywords:
        return find_changed_keywords(records)

    def check_facts(self, facts: Collection[str], day: date) -> dict[str, FactAnswer]:
        return fact_answers.check_facts(facts, day)

    def describe_answers(self, answers: Sequence[Answer]) -> list[str]:
        return fact_answers.describe_answers(answers)

    def suggest_facts(self, query: str, day: date) -> list[FactSuggestion]:
        return suggest_facts(query, day)

    def find_changer(self, document: Document, day: date) -> User | None:
        return fact_answers.find_changer(document, day)

    def urgent_news(self, record: Record) -> UrgentNews | None:
        return find_urgent_news(record)

    def is_grave(self, record: Record) -> bool:
        return is_grave_decision(record)

    def repeated_content(self, root: Node) -> Any:
        return piece_contents.boxed_warnings_content(root)

    def block_facts(self, root: Node) -> Mapping[BlockKey, Any]:
        return find_block_facts(root)

    def withhold(self, root: Node, block_ids: Set[str]) -> Node:
        return presenters.withhold(root, block_ids)

    def clean_rows(self, copy: WorkingCopy, rows: Rows) -> Rows:
        return clean_rows(copy.row, rows)

    def save_blockers(self, copy: WorkingCopy, rows: Rows) -> Iterator[str]:
        return save_blockers(copy.row, rows)

    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        monograph = copy.row
        shown = {part.related: copy.shown_parts(part.related) for part in MONOGRAPH.parts}
        # As this copy has them, which may not be as they are saved.
        for name in ("biomarker", "biomarker_2", "biomarker_3"):
            _name_parts(shown["approvals"], name, copy.parts("biomarkers"))
        _name_parts(shown["doses"], "product", copy.parts("products"))
        _name_parts(shown["doses"], "approval", copy.parts("approvals"))
        # An approval that is only typed has no key yet, and no events.
        events = verified_events(approval for approval in shown["approvals"] if approval.pk)
        # What no verified event tells of, or only that it was refused, is not an approval yet.
        shown["approvals"] = [approval for approval in shown["approvals"] if _is_told(events.get(approval.pk, []))]
        approved = {approval.pk for approval in shown["approvals"]}
        for related in ("boxed_warnings", "doses"):
            shown[related] = [part for part in shown[related] if part.approval_id in {None, *approved}]
        codes = [part.authority for part in (*shown["products"], *shown["approvals"])]
        authorities = {authority.code: authority for authority in copy.shared_rows(Authority, codes, "code")}
        blocks = tuple(_around(part, shown[part.related], events, authorities) for part in MONOGRAPH.parts)
        root = MONOGRAPH.node(monograph, {MINOR: True} if monograph.is_minor else {}, (*blocks, topics_node(copy)))
        root = replace(root, children=tuple(filter(_has_words, root.children)))
        root, unknown = append_references(root, copy, _keys_as_shown(root.children))
        blockers = [*_blockers(root), *_dose_blockers(shown["doses"])]
        blockers += [
            *_approval_blockers(shown["approvals"], events),
            *topic_blockers(root),
            *_word_blockers(root),
            *unknown,
        ]
        return self.tree(root), blockers


def _has_words(block: Node) -> bool:
    return bool(block.children) or block.type not in LATER_BLOCKS


def _name_parts(parts: list[Any], name: str, named: list[Any]) -> None:
    """Let each part name the row of `named` that has the key which it holds under `name`."""
    by_key = {row.pk: row for row in named}
    for part in parts:
        setattr(part, name, by_key.get(getattr(part, f"{name}_id")))


def _around(
    fields: PartFields,
    parts: list[Any],
    events: Mapping[int | None, list[ApprovalEvent]],
    authorities: Mapping[str, Authority],
) -> Node:
    """The block around the parts of one list; its id is its type. `events` are those of each approval."""
    block = fields.related.replace("_", "-")
    children = tuple(
        fields.node(
            part,
            part_attributes(fields.related, part, authorities),
            _events(events[part.pk]) if isinstance(part, Approval) else (),
        )
        for part in parts
    )
    return Node(block, block, children=children)


def _events(events: list[ApprovalEvent]) -> tuple[Node, ...]:
    return tuple(_event(event) for event in sorted(events, key=lambda event: (event.happened_on, event.sequence)))


def _keys_as_shown(blocks: Iterable[Node]) -> Iterator[str]:
    for block in sorted(blocks, key=lambda block: SHOWN.index(block.type)):
        yield from cited_keys(block, (node.attrs["reference"] for node in block.walk() if node.type == "event"))


def _event(event: ApprovalEvent) -> Node:
    attrs = {
        "kind": event.kind, "pathway": event.pathway, "on": event.happened_on.isoformat(),
        "application": event.application, "reference": event.reference.key,
        "verified_on": event.verification.verified_on.isoformat(),
    }  # fmt: skip
    if event.announced_on:
        attrs["announced"] = event.announced_on.isoformat()
    return Node("event", event.block_id, attrs)


def _blockers(root: Node) -> Iterator[str]:
    if not root.words["title"]:
        yield _("The monograph needs the drug's name.")
    if not root.words["lead"]:
        yield _("The monograph needs a lead.")
    for block in root.walk():
        if block.type == "side-effect":
            if not block.plain("name"):
                yield _("A side effect has no name yet. Name it or retire it.")
            elif block.attrs["serious"] and not (block.plain("signs") and block.plain("what_to_do")):
                yield _("“%(name)s” is serious: write its signs, and what to do.") % {"name": block.plain("name")}
        if block.type == "boxed-warning" and not (block.words["title"] and block.plain("text")):
            yield _("A boxed warning needs a title and a text.")
        if block.type in SOURCED and not any(map(inline.cites, block.words.values())):
            yield _unsourced(block)


def _unsourced(block: Node) -> str:
    match block.type:
        case "dose":
            words = _("The dose “%(name)s” has no source. Cite one in its words: [@key].")
            name = block.plain("phase") or f"{block.attrs['dose']} {DoseUnit(block.attrs['unit']).label}"
        case "side-effect":
            words = _("The side effect “%(name)s” has no source. Cite one in its words: [@key].")
            name = block.plain("name")
        case _:
            words = _("The boxed warning “%(name)s” has no source. Cite one in its words: [@key].")
            name = block.plain("title")
    return words % {"name": name}


def _dose_blockers(doses: list[Dose]) -> Iterator[str]:
    """Of doses that readers would see: one of what was retired would be shown as a dose of everything."""
    for dose in doses:
        name = {"name": inline.plain(inline.from_text(source_text(dose, "phase"))) or dose}
        if dose.product and dose.product.retired:
            yield _("The dose “%(name)s” is of a product that was retired. Bring it back, or choose another.") % name


def _approval_blockers(approvals: list[Approval], events: Mapping[int | None, list[ApprovalEvent]]) -> Iterator[str]:
    """What is wrong with the approvals that readers would see, by those of their decisions that are verified."""
    for number, approval in enumerate(approvals, 1):
        terms = inline.plain(inline.from_text(source_text(approval, "terms")))
        plain = source_text(approval, "plain")
        name = plain or terms or number
        if not (plain and terms):
            yield _("Approval “%(name)s” needs words: plain ones for patients, and the regulator's terms.") % {
                "name": name
            }
        if any(biomarker.retired for biomarker in approval.biomarkers):
            yield _("Approval “%(name)s” needs a biomarker that was retired. Bring it back, or choose another.") % {
                "name": name
            }
        if not (approval.is_alone or source_text(approval, "partners")):
            yield _("Approval “%(name)s”: say with which drugs it is given, or that it is given alone.") % {
                "name": name
            }
        decisions = [to_decisions(event) for event in events[approval.pk]]
        state = approval_history.state_on(decisions, date.max)
        if (state.leaving or not state.is_in_force) and not source_text(approval, "meaning"):
            yield _(
                "“%(words)s” is withdrawn or suspended, or will be: say what that means for somebody who takes it."
            ) % {"words": name}
        for problem in approval_history.find_contradictions(decisions, timezone.localdate()):
            yield _("Approval “%(name)s”, by what is verified: %(problem)s") % {"name": name, "problem": problem}


def _word_blockers(root: Node) -> Iterator[str]:
    title, keys = find_unsigned_words(root, timezone.localdate())
    for key in keys:
        yield _(
            "The site words “%(title)s” have nothing signed for “%(key)s”, so readers would not be told. Add it there "
            "and have it signed first."
        ) % {"title": title, "key": key}


def _is_told(events: list[ApprovalEvent]) -> bool:
    return any(event.kind != approval_history.REFUSED for event in events)


register(MonographKind())
