"""Checks about drugs that pages name, and about approvals that they rest on."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.languages import column, source_column, source_text
from editorial.checks.checked_pages import CheckedPage
from editorial.checks.contract import Check, FindingPlace
from editorial.editions.compiled_questions import KEYS, RawRow, ask_rows, find_rows, has_rows
from editorial.editions.labels import isolate
from editorial.editions.name_finder import NameFinder, keep_finder
from editorial.editions.tree import inline
from editorial.editions.tree.links import find_linked_documents, find_pieces, find_shown_pieces
from editorial.editions.tree.nodes import Node

from . import approval_history
from .kind import MonographKind
from .models import KIND, Approval, ApprovalEvent, Monograph, Product, UnverifiedEvent
from .names import names_in
from .services.events import to_decisions
from .services.events_in_force import find_events_in_force


class DrugWithoutItsPage(Check):
    """Named by its generic name, in English or the page's language, or by a brand, as the monographs have them."""

    id = "drug-without-its-page"
    name = gettext_lazy("Drug named but not linked")
    why = gettext_lazy(
        "When facts about a drug change, pages that link to it get a recheck. Link the name to the drug's page, or "
        "embed part of that page."
    )

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        if page.tree.kind == KIND:
            return
        names = _names(page.language)
        if not names:
            return
        root = page.tree.root
        shown = {node.attrs["document"] for node in find_pieces(root)} | find_linked_documents(root)
        reported: set[int] = set()
        for text in page.texts:
            for written, (pk, slug) in names.find(text.plain):
                if pk not in shown | reported:
                    reported.add(pk)
                    yield FindingPlace(text.node, written, f"/{MonographKind.path}/{slug}/", word=text.name)


def _names(language: str) -> NameFinder[tuple[int, str]]:
    """Every drug, as (document's key, address). Two queries."""
    rows = [*ask_rows(_ask_titles, language), *ask_rows(_ask_brands)]
    return keep_finder((_ask_titles, language), rows, _read_names)


def _read_names(rows: Iterable[RawRow]) -> Iterator[tuple[str, tuple[int, str]]]:
    return ((name, (pk, slug)) for *titles, pk, slug in rows for title in titles for name in names_in(title))


def _ask_titles(language: str) -> QuerySet[Monograph, Any]:
    monographs: QuerySet[Monograph] = QuerySet(Monograph).filter(document__is_discarded=False)
    return monographs.values_list(source_column("title"), f"title_{column(language)}", "pk", "document__slug")


def _ask_brands() -> QuerySet[Product, Any]:
    products: QuerySet[Product] = QuerySet(Product).filter(retired=False, monograph__document__is_discarded=False)
    return products.values_list("brand", "monograph", "monograph__document__slug")


class WithdrawnApproval(Check):
    """An approval is cited by the source of its grant. What is also the source of one in force is not told."""

    id = "withdrawn-approval"
    name = gettext_lazy("Withdrawn or suspended approval cited")
    why = gettext_lazy(
        "Patients may ask for a treatment that is no longer approved. Say that the approval was withdrawn or is on "
        "hold, or cite a current one."
    )

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        if page.tree.kind == KIND:
            return  # a monograph shows what became of each approval
        cited = [
            (node, list(found))
            for node in page.nodes.values()
            if (found := dict.fromkeys(key for words in node.words.values() for key in inline.cites(words)))
        ]
        withdrawn = _withdrawn({key for _node, keys in cited for key in keys}, page.today) if cited else {}
        for node, keys in cited:
            for key in keys:
                if key in withdrawn:
                    yield FindingPlace(node, f"[@{key}]", withdrawn[key])


def _ask_withdrawn() -> QuerySet[ApprovalEvent, Any]:
    """Keys of the sources of every event of an approval of which a withdrawal or suspension was recorded."""
    ends = (*approval_history.WITHDRAWN, approval_history.SUSPENDED)
    withdrawn = ApprovalEvent.objects.filter(kind__in=ends).values("approval")
    events = ApprovalEvent.objects.filter(approval__in=withdrawn)
    return events.order_by().values_list("reference__key").distinct()


def _withdrawn(cited: set[str], today: date) -> dict[str, str]:
    """{key of one of these sources: what was withdrawn or suspended by this day and when, in words}. One query where
    nothing ever was that they are a source of, else three.
    """
    cited = cited & {key for [key] in find_rows(_ask_withdrawn)}
    if not cited:
        return {}
    documents = ApprovalEvent.objects.filter(reference__key__in=cited).values("document")
    approvals = Approval.objects.filter(monograph__in=documents).select_related("monograph").in_bulk()
    events: dict[Approval, list[ApprovalEvent]] = {}
    for event in find_events_in_force({approval.monograph_id for approval in approvals.values()}):
        if event.approval_id in approvals:
            events.setdefault(approvals[event.approval_id], []).append(event)
    sources: dict[str, list[tuple[Approval, approval_history.ApprovalState]]] = {}
    for approval, dated in events.items():
        state = approval_history.state_on(map(to_decisions, dated), today)
        for key in {event.reference.key for event in dated if event.kind == approval_history.GRANTED} & cited:
            sources.setdefault(key, []).append((approval, state))
    return {
        key: _describe_end(*states[-1])
        for key, states in sources.items()
        if all(state.status in ("withdrawn", approval_history.SUSPENDED) for _approval, state in states)
    }


def _describe_end(approval: Approval, state: approval_history.ApprovalState) -> str:
    is_suspended = state.status == approval_history.SUSPENDED
    words = _("%(drug)s: on hold since %(day)s") if is_suspended else _("%(drug)s: withdrawn on %(day)s")
    day = date_format(state.since) if state.since else "?"
    return words % {"drug": source_text(approval.monograph, "title"), "day": day}


class UnverifiedCorrection(Check):
    """On the page of the drug, and where pages show a piece of it or lead to it: there they may say what was wrong."""

    id = "unverified-correction"
    name = gettext_lazy("Correction that awaits verification")
    why = gettext_lazy(
        "Someone has recorded that a regulator's decision is wrong here. If you submit the page now, it still says "
        "what was verified last. Have the correction verified first, unless something else cannot wait."
    )

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        places: dict[int, Node] = {}
        if page.tree.kind == KIND and page.document.pk:
            places[page.document.pk] = page.tree.root
        for node in page.nodes.values():
            for document in find_shown_pieces(replace(node, children=())):
                places.setdefault(document, node)
        # Mostly there is none, and the ORM takes longer to put the question than the database to answer it.
        has_any = bool(places) and has_rows(_ask_corrections, keys=[*places])
        for correction in _unverified_corrections(places) if has_any else ():
            node = places[correction.document_id]
            if correction.approval and node == page.tree.root:
                node = page.nodes.get(correction.approval.block_id, node)
            message = _("%(drug)s: %(what)s, %(day)s. Recorded by %(name)s.") % {
                "drug": isolate(source_text(correction.document.monograph, "title")),
                "what": correction.get_kind_display(),
                "day": date_format(correction.happened_on),
                "name": isolate(correction.recorded_by_name),
            }
            yield FindingPlace(node, message=message)


def _ask_corrections() -> QuerySet[ApprovalEvent, Any]:
    return _unverified_corrections([KEYS]).select_related(None).order_by().values_list("pk")


def _unverified_corrections(documents: Collection[int]) -> QuerySet[ApprovalEvent]:
    """Those of approvals of these monographs, by the keys of their documents. One query."""
    corrections = ApprovalEvent.objects.filter(pk__in=UnverifiedEvent.objects.values("event"), document__in=documents)
    of_approvals = Q(approval__isnull=False) | Q(corrects__approval__isnull=False)
    corrections = corrections.filter(of_approvals, corrects__isnull=False)
    return corrections.select_related("document__monograph", "approval").order_by("happened_on", "sequence")
