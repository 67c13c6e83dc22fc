"""The checklist of an edition: what its reviewer is asked, and which answers carry over from the edition before."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import all_languages, column
from editorial.editions.kinds import Kind, kind_of
from editorial.editions.models import Edition, Meaning, SignOff
from editorial.editions.tree.diff import Change
from editorial.editions.tree.nodes import Tree
from editorial.reading import gate

from . import subjects
from .models import About, Answer, AskedOf, Question, Recheck


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One question as the page shows it; `carried` is an answer that nothing has touched, or "" where one is due."""

    question: Question
    carried: str

    @property
    def is_absent(self) -> bool:
        """Whether the page has nothing that the question is about."""
        return self.carried == Answer.NOT_HERE


def current_questions(edition: Edition) -> list[Question]:
    """What is asked of this edition now, in order. One query."""
    reach = AskedOf.TRANSLATIONS if edition.source_edition_id else AskedOf.SOURCE
    return list(
        Question.objects.filter(is_asked=True, kind__in=("", edition.document.kind), asked_of__in=(AskedOf.ALL, reach))
    )


def checklist_items(edition: Edition, base: Edition | None, changes: list[Change]) -> list[ChecklistItem]:
    """The questions, with the answers of the edition that `changes` were counted from where nothing touched them.

    Reaffirming compares an edition with itself: nothing changed, and all its own answers about the page carry over.
    """
    questions = current_questions(edition)
    last = _last_sign_off(base) if base else None
    old = base.tree if base else None
    has_changed_pieces = last is not None and last.seen_with != gate.seen_with_digests(edition, timezone.now())
    page = _Page(kind_of(edition.document), old, edition.tree, changes, last, has_changed_pieces)
    return [ChecklistItem(question, page.answer(question)) for question in questions]


def _last_sign_off(edition: Edition) -> SignOff | None:
    sign_offs = edition.sign_offs.filter(revocation__isnull=True).select_related("review")
    sign_offs = sign_offs.exclude(meaning=Meaning.BACK_CHECKED)  # which answers no checklist
    return sign_offs.order_by("-sequence").first()


@dataclass(frozen=True, slots=True)
class _Page:
    kind: Kind
    old: Tree | None
    new: Tree
    changes: list[Change]
    last: SignOff | None
    has_changed_pieces: bool  # whether pieces of other pages are not those that the last signer saw

    def answer(self, question: Question) -> str:
        if question.about == About.SIGNER:
            return ""  # what somebody was free of last time says nothing of today: they declare it with each signature
        if question.about == About.ANYTHING:
            is_touched = self.has_changed_pieces or any(change.status != "same" for change in self.changes)
            return "" if is_touched else self._last_answer(question)
        is_about = BLOCKS[question.about](self.kind)
        if not any(is_about(node) for tree in (self.old, self.new) if tree for node in tree.walk()):
            if not self.kind.safety.has_advice:
                return Answer.NOT_HERE
            is_same = all(change.status == "same" for change in self.changes)
            return self._last_answer(question) if is_same else ""
        beside = question.about == About.FACTS and self.has_changed_pieces
        return "" if beside or subjects.is_touched(self.old, self.changes, is_about) else self._last_answer(question)

    def _last_answer(self, question: Question) -> str:
        """What was answered to the same words."""
        answers = self.last.review.answers if self.last else []
        wordings = {getattr(question, f"text_{column(language)}") for language in all_languages()}
        return next(
            (row["answer"] for row in answers if row["question"] == question.pk and row["words"] in wordings), ""
        )


# By what a question is about: the blocks that touch it, in pages of a kind.
BLOCKS: Mapping[str, Callable[[Kind], subjects.BlockMatcher]] = {
    About.CARE: subjects.care_matcher,
    About.FACTS: subjects.facts_matcher,
    About.REFERENCES: subjects.references_matcher,
}


def context_digest(edition: Edition, questions: list[Question]) -> str:
    """A digest of what stands beside an edition while it is read: the questions as they are worded, the pieces of other
    pages, and the open reasons to look at it again. A signature covers no more than its signer saw. Two queries.
    """
    beside: dict[str, Sequence[int | str | list[int | str]]] = {
        "questions": [[question.pk, question.words] for question in questions],
        "pieces": gate.seen_with_digests(edition, timezone.now()),
        "rechecks": sorted(Recheck.objects.open().filter(edition=edition).values_list("pk", flat=True)),
    }
    return hashlib.sha256(rfc8785.dumps(beside)).hexdigest()


def context_blockers(edition: Edition, questions: list[Question], what: str | None) -> Iterator[str]:
    """`what` is the digest that the form was opened with; None is a program that reads and signs at once."""
    if what is not None and what != context_digest(edition, questions):
        yield _("Something shown with this page has changed since you opened it. Review it again, then sign.")


def answer_blockers(questions: list[Question], answers: Mapping[int, str]) -> Iterator[str]:
    """Why this checklist is not answered so that the edition may be signed."""
    if answers.keys() - {question.pk for question in questions}:
        yield _("The checklist has changed. Read it again, then sign.")
    for question in questions:
        answer = answers.get(question.pk)
        if answer == Answer.NO:
            yield _("You answered no to “%(question)s” Send the page back and say what needs to change.") % {
                "question": question.words
            }
        elif answer not in Answer.values:
            yield _("Answer the checklist: “%(question)s”") % {"question": question.words}


def recorded_answers(questions: list[Question], answers: Mapping[int, str]) -> list[dict[str, Any]]:
    """What a review keeps: each question that was answered, as it was read, and its answer."""
    return [
        {"question": question.pk, "words": question.words, "answer": str(answers[question.pk])}
        for question in questions
        if answers.get(question.pk) in Answer.values
    ]
