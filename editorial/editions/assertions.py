"""What texts assert, such as how many drugs are approved for something, and whether it is so.

Authors mark it within the sentence that says it, [=FDA: 2 drugs for triple-negative], and it is frozen as it is
written. Kinds of content say what such a fact means and answer it from records: see `Kind.check_facts`.
"""

import hashlib
from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from .blockers import refuse_if
from .kind_answers import Answer, FactAnswer
from .kinds import all_kinds
from .models import AssertedFact, Assertion, Dependency, Edition, Reliance
from .tree import inline
from .tree.nodes import Tree


def find_facts(tree: Tree) -> list[str]:
    """What the words of a tree assert, as it is written in their marks; each once, in reading order."""
    return list(dict.fromkeys(fact for node in tree.walk() for words in node.words.values() for fact in _facts(words)))


def _facts(words: str | inline.Runs) -> Iterable[str]:
    return () if isinstance(words, str) else (run["asserts"] for run in words if "asserts" in run)


def check_facts(facts: Collection[str], day: date) -> dict[str, FactAnswer]:
    """{fact: whether it is so on that day} of all of these. A constant number of statements, none for none."""
    answers: dict[str, FactAnswer] = {}
    for kind in all_kinds() if facts else ():
        for fact, answer in kind.check_facts(facts, day).items():
            if fact not in answers or answers[fact].problem:
                answers[fact] = answer
    unknown = FactAnswer(problem=_("Nothing on this site can check this."))
    return {fact: answers.get(fact, unknown) for fact in facts}


def describe_answers(answers: list[Answer]) -> list[str]:
    """Each in words, for people who work. A constant number of statements, none for none."""
    described = [""] * len(answers)
    for kind in all_kinds() if answers else ():
        described = [before or words for before, words in zip(described, kind.describe_answers(answers), strict=True)]
    return described


def find_untruths(facts: Collection[str], day: date) -> dict[str, str]:
    """{fact: what is wrong with it, in words} of those that are not so on that day. A constant number of statements."""
    wrong = {fact: answer for fact, answer in check_facts(facts, day).items() if not answer.is_true}
    words = describe_answers([answer.answer for answer in wrong.values()])
    return {fact: _untruth(fact, answer, told) for (fact, answer), told in zip(wrong.items(), words, strict=True)}


def _untruth(fact: str, answer: FactAnswer, told: str) -> str:
    if answer.problem:
        return answer.problem
    if answer.is_true_on_record:
        message = _(
            "The page asserts “%(fact)s”. That is on record, but not verified yet. Have it verified first. Verified so "
            "far: %(answer)s."
        )
    else:
        message = _(
            "The page asserts “%(fact)s”, which is not true today. Approved: %(answer)s. Change the sentence and its "
            "mark."
        )
    return message % {"fact": fact, "answer": told}


def lock_facts() -> None:
    """Be the only one who checks facts or freezes what asserts them, until the transaction ends. Others wait.

    After the locks on documents. A lock by name, because of a fact that is new there is no row to lock. SQLite lets one
    transaction write at a time.
    """
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(AssertedFact._meta.db_table.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def record_assertions(edition: Edition, tree: Tree) -> None:
    """Keep what an edition asserts when it was just frozen from this tree. Raises Blocked where it is not so.

    The caller locked the document. No statement where nothing is asserted.
    """
    texts = find_facts(tree)
    if not texts:
        return
    lock_facts()
    today = timezone.localdate()
    answers = check_facts(texts, today)
    if not all(answer.is_true for answer in answers.values()):
        refuse_if(list(find_untruths(texts, today).values()))
    AssertedFact.objects.bulk_create(
        [make_fact(text, answer, today) for text, answer in answers.items()], ignore_conflicts=True
    )
    facts = list(AssertedFact.objects.filter(text__in=texts))
    # What became true again meanwhile may stop being so again. What stopped is for the next check to say.
    renewed = [fact for fact in facts if has_become_true(fact, answers[fact.text])]
    AssertedFact.objects.bulk_update(renewed, FACT_FIELDS)
    Assertion.objects.bulk_create(Assertion(edition=edition, fact=fact) for fact in facts)
    Dependency.objects.bulk_create(
        Dependency(edition=edition, document_id=key, how=Reliance.STATES)
        for key in sorted({key for answer in answers.values() for key in answer.documents})
        if key != edition.document_id
    )


FACT_FIELDS = ("is_true", "answer", "is_true_on_record", "answer_on_record")


def make_fact(text: str, answer: FactAnswer, day: date) -> AssertedFact:
    return AssertedFact(text=text, checked_on=day, **{name: getattr(answer, name) for name in FACT_FIELDS})


def has_become_true(fact: AssertedFact, answer: FactAnswer) -> bool:
    """Whether it is so and was not when it was last checked; the row then says so, and is not saved."""
    rises = (answer.is_true and not fact.is_true, answer.is_true_on_record and not fact.is_true_on_record)
    if rises[0]:
        fact.is_true, fact.answer = True, answer.answer
    if rises[1]:
        fact.is_true_on_record, fact.answer_on_record = True, answer.answer_on_record
    return any(rises)
