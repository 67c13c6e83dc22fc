"""The checklist: what is asked before a signature, what carries over from the last one, and what is kept of it."""

import pytest
from django.utils import timezone

from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition, SignOff
from editorial.editions.tree import diff
from editorial.reviews import checklist
from editorial.reviews.models import About, Answer, AskedOf, Cause, Question, Recheck
from tests.factories import drugs, pages
from tests.factories.pages import submit
from tests.factories.workplace import Workplace

CALL = {"heading": "When to call", "body": "<p>Call us.</p>", "group": "when-to-call", "care_level": "urgent"}
CITED = {"heading": "What is known?", "body": "<p>It helps [@schmid-2020].</p>"}
LAST = Answer.YES
DUE, ABSENT = "", Answer.NOT_HERE


def ask(about: str, text: str = "It is right.", **fields) -> Question:
    """The only question that is asked from now on."""
    Question.objects.update(is_asked=False)
    return Question.objects.create(about=about, text_en=text, **fields)


def carried(edition) -> str:
    """What stands in the form before its reader touches it; of the one question."""
    base = edition.base_edition
    changes = diff.compare_trees(base.tree if base else None, edition.tree)
    [asked] = checklist.checklist_items(edition, base, changes)
    return asked.carried


def lead(desk, rows):
    return {"lead": "Other words."}


def care_words(desk, rows):
    return {"sections": [{"id": rows["When to call"], **CALL, "body": "<p>Call at once.</p>"}]}


def care_level(desk, rows):
    return {"sections": [{"id": rows["When to call"], **CALL, "care_level": "emergency"}]}


def reference(desk, rows):
    return {"references": [pages.reference(title="Another title")]}


def minor(desk, rows):
    return {"is_minor": True}


CASES = [
    # (about, what its author changed, what the form then holds)
    (About.ANYTHING, lead, DUE),
    (About.ANYTHING, care_words, DUE),
    (About.ANYTHING, minor, LAST),
    (About.CARE, lead, LAST),
    (About.CARE, care_words, DUE),
    (About.CARE, care_level, DUE),
    (About.REFERENCES, lead, LAST),
    (About.REFERENCES, reference, DUE),
    (About.FACTS, lead, DUE),
    (About.SIGNER, care_words, DUE),
    (About.SIGNER, minor, DUE),
]


def article(desk: Workplace, *sections):
    pages.put_references(desk.author, pages.reference())
    pages.edit(desk.document, desk.author, sections=sections)
    return pages.publish(desk.document, desk.author, desk.reviewer)


def pk(desk: Workplace, heading: str) -> int:
    return desk.document.article.sections.get(heading_en=heading).pk


@pytest.mark.parametrize(("about", "change", "expected"), CASES)
def test_an_answer_carries_over_where_nothing_touched_the_question(desk, about, change, expected):
    ask(about)
    article(desk, CALL, CITED)
    rows = {section.heading_en: section.pk for section in desk.document.article.sections.all()}
    pages.edit(desk.document, desk.author, **change(desk, rows))
    edition = submit(desk.document, "en", user=desk.author)
    assert carried(edition) == expected


@pytest.mark.parametrize("about", [about for about in About if about != About.FACTS])
def test_nothing_carries_over_to_a_first_edition(desk, about):
    ask(about)
    pages.put_references(desk.author, pages.reference())
    pages.edit(desk.document, desk.author, sections=[CALL, CITED])
    assert carried(submit(desk.document, "en", user=desk.author)) == DUE


@pytest.mark.parametrize("about", [About.CARE, About.FACTS, About.REFERENCES])
def test_that_a_page_lacks_advice_facts_or_sources_is_said_by_its_reviewer_and_by_no_form(desk, about):
    ask(about)
    assert carried(desk.submitted()) == DUE
    entry = pages.glossary_entry(desk.author, "biomarker", "Biomarker")  # it explains a word, and advises nobody
    assert carried(submit(entry, "en", user=desk.author)) == ABSENT


def test_advice_without_a_care_level_is_advice_by_the_group_that_it_stands_in(desk):
    ask(About.CARE)
    article(desk, {**CALL, "care_level": ""})
    row = {**CALL, "care_level": "", "id": pk(desk, "When to call"), "body": "<p>At 40 degrees.</p>"}
    pages.edit(desk.document, desk.author, sections=[row])
    assert carried(submit(desk.document, "en", user=desk.author)) == DUE


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>You get 2000 mg.</p>", DUE),
        ('<p>Ask about <a href="/drugs/pembrolizumab/">it</a>, at home.</p>', DUE),
        ("<p>Rest well.</p>", LAST),
    ],
)
def test_a_number_or_a_drug_in_plain_words_is_a_drug_fact(desk, body, expected):
    ask(About.FACTS)
    pages.publish(drugs.monograph(drugs.drug_admin(), slug="pembrolizumab"), drugs.drug_admin(), desk.reviewer)
    article(desk, {"heading": "Dose", "body": "<p>You get 200 mg.</p>"}, {"heading": "Rest", "body": "<p>Rest.</p>"})
    changed = "Rest" if expected == LAST else "Dose"
    pages.edit(desk.document, desk.author, sections=[{"id": pk(desk, changed), "heading": changed, "body": body}])
    assert carried(submit(desk.document, "en", user=desk.author)) == expected


def test_a_conflict_of_interest_is_declared_anew_with_each_signature(desk):
    ask(About.SIGNER)
    edition = desk.published()
    [asked] = checklist.checklist_items(edition, edition, diff.compare_trees(edition.tree, edition.tree))
    assert asked.carried == DUE  # to reaffirm it, with not a word changed
    assert carried(desk.submitted("Second")) == DUE


def test_a_piece_that_says_something_else_touches_the_drug_facts(desk):
    ask(About.FACTS)
    admin = drugs.drug_admin()
    drug = drugs.monograph(admin)
    pages.publish(drug, admin, desk.reviewer)
    article(desk, {"heading": "The drug", "body": "<p>See below.</p>", "piece_of": drug, "piece": "card"})
    pages.edit(desk.document, desk.author, lead="Other words.")
    untouched = submit(desk.document, "en", user=desk.author)
    assert carried(untouched) == LAST
    drugs.edit(drug, admin, lead="Something else about it.")
    pages.publish(drug, admin, desk.reviewer)
    assert carried(untouched) == DUE


def test_other_words_are_another_question(desk):
    question = ask(About.CARE)
    article(desk, CALL, CITED)
    row = {"id": pk(desk, "When to call"), **CALL}
    pages.edit(desk.document, desk.author, lead="Other words.", sections=[row])
    edition = submit(desk.document, "en", user=desk.author)
    assert carried(edition) == LAST
    question.text_en = "It is right, and complete."
    question.save()
    assert carried(edition) == DUE


def test_reaffirming_begins_with_the_answers_of_the_signature(desk):
    ask(About.ANYTHING)
    edition = desk.published()
    [asked] = checklist.checklist_items(edition, edition, diff.compare_trees(edition.tree, edition.tree))
    assert asked.carried == LAST


@pytest.mark.parametrize(
    ("fields", "source", "translation"),
    [
        ({}, True, True),
        ({"asked_of": AskedOf.SOURCE}, True, False),
        ({"asked_of": AskedOf.TRANSLATIONS}, False, True),
        ({"kind": "article"}, True, True),
        ({"kind": "monograph"}, False, False),
        ({"is_asked": False}, False, False),
    ],
)
def test_a_question_is_asked_of_the_editions_that_it_is_for(desk, fields, source, translation):
    ask(About.ANYTHING, **fields)
    english = desk.published()
    spanish = pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    assert (bool(checklist.current_questions(english)), bool(checklist.current_questions(spanish))) == (
        source,
        translation,
    )


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Answer the checklist: “It is right.”"),
        ({"it": ""}, "Answer the checklist"),
        ({"it": "perhaps"}, "Answer the checklist"),
        ({"it": Answer.NO}, "You answered no to “It is right.” Send the page back"),
        ({"it": Answer.YES, "another": Answer.YES}, "The checklist has changed"),
    ],
)
def test_signing_and_reaffirming_take_a_checklist_that_says_it_may_be_read(desk, answers, words):
    keys = {"it": ask(About.ANYTHING).pk, "another": 2**40}
    given = {keys[name]: answer for name, answer in answers.items()}
    edition = desk.submitted()
    with pytest.raises(Blocked, match=words):
        pages.sign(edition, desk.reviewer, answers=given)
    assert not SignOff.objects.exists()
    pages.sign(edition, desk.reviewer)
    with pytest.raises(Blocked, match=words):
        pages.confirm(edition, desk.reviewer, answers=given)


def test_a_review_keeps_the_questions_as_they_were_read(desk):
    question = ask(About.ANYTHING)
    edition = desk.published()
    question.text_en = "Something else?"
    question.save()
    review = edition.reviews.get()
    assert review.answers == [{"question": question.pk, "words": "It is right.", "answer": "yes"}]
    assert review.is_intact
    review.answers = []
    assert not review.is_intact


def test_reviews_from_before_there_was_a_checklist_still_verify(desk):
    Question.objects.update(is_asked=False)
    review = desk.published().reviews.get()
    review.UNDIGESTED = (*review.UNDIGESTED, "answers")  # as a record of before knew nothing of them
    assert review.digest() == review.record_digest


def another_wording(desk, drug):
    Question.objects.filter(is_asked=True).update(text_en="It is quite right.")


def another_piece(desk, drug):
    admin = drugs.drug_admin()
    drugs.edit(drug, admin, lead="Something else about it.")
    pages.publish(drug, admin, desk.reviewer)


def another_reason(desk, drug):
    edition = Edition.objects.filter(document=desk.document).latest("number")
    Recheck.objects.create(
        edition=edition, cause=Cause.WITHDRAWN, document=drug, because="x" * 64, opened_at=timezone.now(),
        opened_by=desk.head, opened_by_name=desk.head.name,
    )  # fmt: skip


@pytest.mark.parametrize("change", [another_wording, another_piece, another_reason])
def test_a_signature_covers_no_more_than_its_signer_saw(desk, change):
    ask(About.ANYTHING)
    admin = drugs.drug_admin()
    drug = drugs.monograph(admin)
    pages.publish(drug, admin, desk.reviewer)
    edition = article(desk, {"heading": "The drug", "body": "<p>See it.</p>", "piece_of": drug, "piece": "card"})
    opened = checklist.context_digest(edition, checklist.current_questions(edition))
    change(desk, drug)
    with pytest.raises(Blocked, match="has changed since you opened it"):
        pages.confirm(edition, desk.reviewer, seen=opened)
    assert edition.sign_offs.count() == 1
    pages.confirm(edition, desk.reviewer, seen=checklist.context_digest(edition, checklist.current_questions(edition)))


def test_who_sends_a_page_back_keeps_what_they_answered(desk, signed_in):
    question = ask(About.ANYTHING)
    edition = desk.submitted()
    data = {"back-remarks": "Say who.", f"sign-question-{question.pk}": "no", "sign-question-999": "yes"}
    assert signed_in(desk.reviewer).post(f"/admin/desk/editions/{edition.pk}/send-back/", data).status_code == 302
    review = edition.reviews.get()
    assert (review.verdict, review.answers) == (
        "sent-back", [{"question": question.pk, "words": "It is right.", "answer": "no"}],
    )  # fmt: skip
