"""Whether what pages assert about approvals is so, by the decisions that are in force. See approval_facts.py."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from editorial.accounts.languages import source_text
from editorial.accounts.models import User
from editorial.editions.compiled_questions import KEYS, NAMES, find_rows
from editorial.editions.kind_answers import Answer, FactAnswer
from editorial.editions.labels import isolate
from editorial.editions.models import Document
from editorial.editions.models.addresses import find_documents

from . import approval_facts, approval_history
from .approval_facts import ApprovalFact, ApprovedUse, UnreadableFact
from .cancers import CancerType, family
from .models import KIND, Approval, Authority, Biomarker, Monograph, Pathway
from .services.events import to_decisions
from .services.events_in_force import DatedDecision, find_counted_decisions, find_events_in_force


class KnownUse(NamedTuple):
    """An approval (its key) of a drug (its document's key), and for what it is."""

    approval: int
    document: int
    use: ApprovedUse


Statuses = dict[int, str]  # {key of an approval: pathway by which it is in force}; what is not in force is left out


def check_facts(facts: Collection[str], day: date) -> dict[str, FactAnswer]:
    """Each of these, as they are written, with what the events make of it on that day. Six statements at most."""
    readable: dict[str, ApprovalFact] = {}
    answers: dict[str, FactAnswer] = {}
    for text in facts:
        try:
            readable[text] = approval_facts.read_fact(text)
        except UnreadableFact as problem:
            answers[text] = FactAnswer(problem=str(problem))
    drugs = _find_drugs(readable.values())
    problems = _find_problems(readable, drugs)
    answers |= {text: FactAnswer(problem=problem) for text, problem in problems.items()}
    asked = {text: fact for text, fact in readable.items() if text not in problems}
    if not asked:
        return answers
    uses = _find_uses(asked.values())
    now, on_record = _find_statuses(uses, day)
    for text, fact in asked.items():
        named = [drugs[slug] for slug in fact.drugs]
        answer, recorded = (_answer(fact, uses, statuses, named) for statuses in (now, on_record))
        answers[text] = FactAnswer(
            approval_facts.is_true(fact, answer, named),
            answer,
            approval_facts.is_true(fact, recorded, named),
            recorded,
            frozenset([*named, *map(int, answer), *map(int, recorded)]),
        )
    return answers


def _find_drugs(facts: Iterable[ApprovalFact]) -> dict[str, int]:
    """{slug: key of the drug that has or once had it in its address}, of pages that were not discarded."""
    slugs = {slug for fact in facts for slug in fact.drugs}
    if not slugs:
        return {}
    found = {slug: key for (_kind, slug), key in find_documents((KIND, slug) for slug in slugs).items()}
    kept = {key for (key,) in find_rows(_ask_kept, keys=sorted(found.values()))} if found else set()
    return {slug: key for slug, key in found.items() if key in kept}


def _ask_kept() -> QuerySet[Document, Any]:
    return Document.objects.filter(pk__in=[KEYS], is_discarded=False).values_list("pk")


def _find_problems(facts: dict[str, ApprovalFact], drugs: dict[str, int]) -> dict[str, str]:
    """Of those that name what there is not: an authority, a drug, a marker."""
    codes = {code for (code,) in find_rows(_ask_codes)} if facts else set()
    asked = {fact.use.marker for fact in facts.values()} - {"", approval_facts.NO_MARKER}
    markers = {name.casefold() for (name,) in find_rows(_ask_markers)} if asked else ()
    problems = {}
    for text, fact in facts.items():
        unknown = [slug for slug in fact.drugs if slug not in drugs]
        if fact.authority not in codes:
            problems[text] = _("There is no authority with the code “%(code)s”.") % {"code": fact.authority}
        elif unknown:
            problems[text] = _("No drug has “%(slug)s” in the address of its page.") % {"slug": unknown[0]}
        elif fact.use.marker in asked and fact.use.marker not in markers:
            message = _("No drug's page has a biomarker called “%(name)s”.")
            problems[text] = message % {"name": fact.use.marker}
    return problems


def _ask_codes() -> QuerySet[Authority, Any]:
    return QuerySet(Authority).order_by("pk").values_list("code")


def _ask_markers() -> QuerySet[Biomarker, Any]:
    return QuerySet(Biomarker).order_by("name").values_list("name").distinct()


def _find_uses(facts: Collection[ApprovalFact]) -> list[KnownUse]:
    """Those that any of these may be about, in the order of their keys. A kept statement: it is asked at each pause."""
    authorities = {fact.authority for fact in facts}
    if all(fact.use.cancer for fact in facts):
        cancers = {code for fact in facts for code in _cancers(fact.use.cancer)}
        rows = find_rows(_ask_uses, NAMES, keys=sorted(cancers))
    else:
        rows = find_rows(_ask_uses, "")
    return [
        KnownUse(key, document, ApprovedUse(authority, cancer, stage, setting, line, receptors, her2, _folded(markers)))
        for key, document, authority, cancer, stage, setting, line, receptors, her2, *markers in rows
        if authority in authorities
    ]


def _folded(names: Iterable[str | None]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names if name)


def _ask_uses(cancers: str) -> QuerySet[Approval, Any]:
    """(key, document, each of ApprovedUse's columns, names of three biomarkers), for these cancers or, "", all."""
    uses: QuerySet[Approval] = QuerySet(Approval).filter(retired=False, monograph__document__is_discarded=False)
    if cancers:
        uses = uses.filter(cancer__in=[cancers])
    return uses.order_by("pk").values_list(
        "pk", "monograph", "authority", "cancer", "stage", "setting", "line", "hormone_receptors", "her2",
        "biomarker__name", "biomarker_2__name", "biomarker_3__name",
    )  # fmt: skip


def _cancers(asked: str) -> set[str]:
    return {*family(asked), *([CancerType.BREAST] if asked in family(CancerType.BREAST) else [])}


def _find_statuses(uses: Collection[KnownUse], day: date) -> tuple[Statuses, Statuses]:
    """Those in force on that day, and those that are once all that is recorded is verified. One query."""
    in_force, on_record = find_counted_decisions({known.document for known in uses})
    return _statuses(in_force, day), _statuses(on_record, day)


def _statuses(events: list[DatedDecision], day: date) -> Statuses:
    histories: dict[int, list[approval_history.Decision]] = {}
    for event in events:
        if event.approval_id is not None:
            histories.setdefault(event.approval_id, []).append(to_decisions(event))
    states = {key: approval_history.state_on(history, day) for key, history in histories.items()}
    return {key: state.status for key, state in states.items() if state.is_in_force}


def _answer(fact: ApprovalFact, uses: Collection[KnownUse], statuses: Statuses, named: list[int]) -> Answer:
    """{drug: pathways of its approvals in force that are for what is asked}; of the named drugs, where not of all."""
    of_all = fact.form in (approval_facts.COUNT, approval_facts.AT_LEAST, approval_facts.ONLY)
    pathways: dict[int, set[str]] = {}
    for key, document, use in uses:
        is_asked = use.authority == fact.authority and (of_all or document in named)
        if is_asked and key in statuses and approval_facts.is_for(use, fact.use):
            pathways.setdefault(document, set()).add(statuses[key])
    return {str(key): sorted(pathways[key]) for key in sorted(pathways)}


def describe_answers(answers: Sequence[Answer]) -> list[str]:
    """Each in words: the drugs with their pathways. One query, or none."""
    keys = {int(key) for answer in answers for key in answer}
    titles = {row.pk: source_text(row, "title") for row in Monograph.objects.filter(pk__in=keys)} if keys else {}
    return [", ".join(_describe(answer, titles)) or _("none of those asked about") for answer in answers]


def _describe(answer: Answer, titles: dict[int, str]) -> list[str]:
    labels = dict(Pathway.choices)
    return [
        _("%(drug)s (%(pathways)s)")
        % {"drug": isolate(titles.get(int(key), key)), "pathways": ", ".join(str(labels[name]) for name in pathways)}
        for key, pathways in answer.items()
    ]


def find_changer(document: Document, day: date) -> User | None:
    """Who verified the newest decision about the drug that holds on that day."""
    events = [event for event in find_events_in_force([document.pk]) if event.happened_on <= day]
    return events[-1].verification.recorded_by if events else None
