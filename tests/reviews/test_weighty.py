"""What a reviewer is told of before anything else: care levels, drug facts, references, in words."""

import pytest

from editorial.editions import freezing
from editorial.editions.kinds import kind_of
from editorial.editions.tree import diff
from editorial.reviews.services import submit
from editorial.reviews.weighty import weighty
from tests.factories import drugs, pages, people

CALL = {"heading": "When to call", "body": "<p>Call us.</p>", "group": "when-to-call", "care_level": "emergency"}
CASES = {
    "nothing": ([pages.SECTION, CALL], [pages.SECTION, CALL], []),
    "other words": ([CALL], [{**CALL, "body": "<p>Call us at once.</p>"}], []),
    "taken away": ([CALL], [{**CALL, "care_level": ""}], ["The advice “Emergency” in “When to call” was removed."]),
    "gone": ([pages.SECTION, CALL], [pages.SECTION], ["The advice “Emergency” in “When to call” was removed."]),
    "new": ([pages.SECTION], [pages.SECTION, CALL], ["The advice “Emergency” was added in “When to call”."]),
    "weaker": (
        [CALL],
        [{**CALL, "care_level": "urgent"}],
        ["The advice in “When to call” was “Emergency” and is now “Call today”."],
    ),
    "another source": (
        [{**CALL, "body": "<p>Call us [@one].</p>"}],
        [{**CALL, "body": "<p>Call us [@two].</p>"}],
        ["Reference “A title of two”: added", "Reference “A title of one”: removed"],
    ),
}


def told(document, before, after) -> list[str]:
    return weighty(kind_of(document), diff.changes(before, after))


@pytest.mark.parametrize("name", CASES)
def test_what_matters_most_in_an_article_is_told_in_words(db, name):
    before, after, expected = CASES[name]
    author = people.author()
    pages.put_references(author, *(pages.reference(key, title=f"A title of {key}") for key in ("one", "two")))
    document = pages.article(author, sections=before)
    old = freezing.candidate(document, "en").tree
    sections = [{**new, "id": known.pk} for new, known in zip(after, document.article.sections.all(), strict=False)]
    if name == "gone":
        sections.append({**CALL, "id": document.article.sections.all()[1].pk, "retired": True})
    elif name == "new":
        sections.append(CALL)
    pages.edit(document, author, sections=sections)
    assert sorted(told(document, old, freezing.candidate(document, "en").tree)) == sorted(expected)


def test_a_changed_dose_and_a_boxed_warning_are_told_before_references(db):
    drug_admin = drugs.drug_admin()
    document = drugs.monograph(drug_admin)
    drugs.verified(document, drug_admin, drugs.drug_admin())
    old = freezing.candidate(document, "en").tree
    monograph = document.monograph
    drugs.edit(
        document,
        drug_admin,
        doses=[{**drugs.PARTS["doses"][0], "id": monograph.doses.get().pk, "dose": "400"}],
        boxed_warnings=[{"title": "High fever", "text": "Call us.", "id": monograph.boxed_warnings.get().pk}],
    )
    assert told(document, old, freezing.candidate(document, "en").tree) == [
        "Dose “400 mg”: changed",
        "Boxed warning “High fever”: changed",
    ]


@pytest.mark.once
def test_the_page_of_an_edition_tells_it_first_and_folds_what_is_unchanged(signed_in, db):
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author, sections=[pages.SECTION, CALL])
    pages.publish(document, author, reviewer)
    first, second = document.article.sections.all()
    pages.edit(
        document,
        author,
        sections=[{**pages.SECTION, "id": first.pk}, {**CALL, "id": second.pk, "care_level": "urgent"}],
    )
    edition = submit(document, "en", user=author)
    shown = signed_in(reviewer).get(f"/admin/desk/editions/{edition.pk}/").content.decode()
    assert "was “Emergency” and is now “Call today”" in shown
    assert shown.index("What matters most") < shown.index("unchanged</summary>")
    assert "care: Emergency → Call today" in shown
