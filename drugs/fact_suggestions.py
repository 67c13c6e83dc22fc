"""Facts about approvals that an author may assert, found by a few letters: what is true today, ready to insert."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from editorial.accounts.languages import source_column
from editorial.editions.kind_answers import FactAnswer, FactSuggestion

from .cancers import CancerType
from .fact_answers import check_facts, describe_answers
from .models import Approval, Monograph

MOST_DRUGS, MOST_CANCERS, LEAST_LETTERS = 3, 2, 3


def suggest_facts(query: str, day: date) -> list[FactSuggestion]:
    """What was typed, if it is such a fact; else what is true that day of the cancers and drugs whose names it begins.

    A constant number of statements.
    """
    typed = " ".join(query.split())
    if ":" in typed:
        return _describe(check_facts([typed], day).items())
    if len(typed) < LEAST_LETTERS:
        return []
    asked = [*_of_cancers(typed), *_of_drugs(typed)]
    answers = check_facts(asked, day)
    found: dict[str, FactAnswer] = {}
    slugs = _find_slugs(answers.values())
    for fact in asked:
        found |= {said: answers[fact] for said in _true_facts(fact, answers[fact], slugs)}
    checked = check_facts(list(found), day)
    return _describe((fact, checked[fact]) for fact in found if checked[fact].is_true)


def _of_cancers(typed: str) -> list[str]:
    """Questions whose answers are the drugs for a cancer that is called so, by each authority that decided on one."""
    codes = [cancer.value for cancer in CancerType if typed.casefold() in f"{cancer.value} {cancer.label}".casefold()]
    if not codes:
        return []
    decided = Approval.objects.filter(cancer__in=codes[:MOST_CANCERS], retired=False)
    pairs = decided.order_by("authority", "cancer").values_list("authority", "cancer").distinct()
    return [f"{authority}: no drug for {cancer}" for authority, cancer in pairs]


def _of_drugs(typed: str) -> list[str]:
    """That a drug which is called so is approved for each cancer for which it was decided on."""
    named = Q(document__slug__istartswith=typed) | Q(**{f"{source_column('title')}__istartswith": typed})
    drugs = Monograph.objects.filter(named, document__is_discarded=False).order_by("pk")[:MOST_DRUGS]
    decided = Approval.objects.filter(monograph__in=list(drugs.values_list("pk", flat=True)), retired=False)
    rows = decided.order_by("authority", "cancer").values_list("authority", "monograph__document__slug", "cancer")
    return [f"{authority}: {slug} for {cancer}" for authority, slug, cancer in rows.distinct()]


def _find_slugs(answers: Iterable[FactAnswer]) -> dict[str, str]:
    keys = {key for answer in answers for key in answer.answer}
    rows = Monograph.objects.filter(pk__in=keys).values_list("pk", "document__slug") if keys else ()
    return {str(key): slug for key, slug in rows}


def _true_facts(asked: str, answer: FactAnswer, slugs: dict[str, str]) -> Iterator[str]:
    """What may be asserted by the answer to a question."""
    authority, _colon, said = asked.partition(": ")
    what, _for, use = said.partition(" for ")
    if what == "no drug":
        count = len(answer.answer)
        number = {0: "no drug", 1: "1 drug"}.get(count, f"{count} drugs")
        yield f"{authority}: {number} for {use}"
        if count:
            yield f"{authority}: only {' and '.join(slugs[key] for key in answer.answer)} for {use}"
        return
    if not answer.answer:
        yield f"{authority}: not {what} for {use}"
        return
    yield asked
    for pathways in answer.answer.values():
        if len(pathways) == 1:
            yield f"{authority}: {what} {pathways[0]} for {use}"


def _describe(answers: Iterable[tuple[str, FactAnswer]]) -> list[FactSuggestion]:
    found = list(answers)
    words = describe_answers([answer.answer for _fact, answer in found])
    return [
        FactSuggestion(fact, answer.is_true, answer.problem or told)
        for (fact, answer), told in zip(found, words, strict=True)
    ]
