"""What a reviewer is told of before anything else: care levels, drug facts, references, in words."""

from datetime import date
from types import SimpleNamespace

import pytest

from drugs.services import void_event
from editorial.editions import freezing
from editorial.editions.kinds import kind_of
from editorial.editions.tree import diff
from editorial.library.models import CareLevel
from editorial.library.site_words.models import SiteWords
from editorial.library.site_words.services import save_site_words
from editorial.reviews.highlights import find_highlights
from editorial.reviews.models import SignOffPolicy
from editorial.reviews.subjects import EMERGENCY
from tests.factories import drugs, pages, people
from tests.factories.pages import submit

CALL = {"heading": "When to call", "body": "<p>Call us.</p>", "group": "when-to-call", "care_level": "emergency"}
UNLEVELLED = {**CALL, "care_level": ""}  # advice by the group that it stands in
STEPS = "<ol><li>Call 112.</li><li>Then unlock the door.</li></ol>"
TURNED = "<ol><li>Then unlock the door.</li><li>Call 112.</li></ol>"
CALL_CHANGED = ["Section “When to call”: changed"]
CASES = {
    "nothing": ([pages.SECTION, CALL], [pages.SECTION, CALL], []),
    "other words": ([CALL], [{**CALL, "body": "<p>Call us at once.</p>"}], CALL_CHANGED),
    "other words without a level": ([UNLEVELLED], [{**UNLEVELLED, "body": "<p>Call at 40 degrees.</p>"}], CALL_CHANGED),
    "another heading": ([CALL], [{**CALL, "heading": "Call"}], ["Section “Call”: changed"]),
    "a step less": ([{**CALL, "body": STEPS}], [{**CALL, "body": "<ol><li>Call 112.</li></ol>"}], CALL_CHANGED),
    "steps in another order": ([{**CALL, "body": STEPS}], [{**CALL, "body": TURNED}], CALL_CHANGED),
    "in another place": ([pages.SECTION, CALL], [CALL, pages.SECTION], []),
    "gone without a level": ([pages.SECTION, UNLEVELLED], [pages.SECTION], ["Section “When to call”: removed"]),
    "weaker and other words": (
        [CALL],
        [{**CALL, "care_level": "urgent", "body": "<p>Call us at once.</p>"}],
        ["The advice in “When to call” was “Emergency” and is now “Call today”.", *CALL_CHANGED],
    ),
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
        ["Reference “A title of two”: added", "Reference “A title of one”: removed", *CALL_CHANGED],
    ),
}


def told(document, before, after) -> list[str]:
    """What it says, without the marks that keep a name's direction apart from the sentence's."""
    changes = diff.compare_trees(before, after)
    highlights = find_highlights(kind_of(document), before, changes, "en", sections={})
    lines = [sentence for highlight in highlights for sentence in highlight.sentences]
    return [line.replace("\u2068", "").replace("\u2069", "") for line in lines]


@pytest.mark.parametrize("name", CASES)
def test_what_matters_most_in_an_article_is_told_in_words(db, name):
    before, after, expected = CASES[name]
    author = people.author()
    pages.put_references(author, *(pages.reference(key, title=f"A title of {key}") for key in ("one", "two")))
    document = pages.article(author, sections=before)
    old = freezing.build_candidate(document, "en").tree
    known = {part.heading_en: part.pk for part in document.article.sections.all()}
    keys = [known.get(new["heading"], known[before[0]["heading"]]) for new in after]
    sections = [{**new, "id": key} for new, key in zip(after, keys, strict=True)]
    if name.startswith("gone"):
        sections.append({**CALL, "id": document.article.sections.all()[1].pk, "retired": True})
    elif name == "new":
        sections[-1]["id"] = None
    pages.edit(document, author, sections=sections)
    assert sorted(told(document, old, freezing.build_candidate(document, "en").tree)) == sorted(expected)


@pytest.fixture
def drug(db):
    """A monograph that was submitted with a verified grant, and who works on it."""
    admin, other = drugs.drug_admin(), drugs.drug_admin()
    document = drugs.monograph(admin)
    event = drugs.verified(document, admin, other)
    return SimpleNamespace(
        admin=admin, document=document, event=event, old=freezing.build_candidate(document, "en").tree
    )


def told_of(drug) -> list[str]:
    return told(drug.document, drug.old, freezing.build_candidate(drug.document, "en").tree)


def test_care_levels_are_told_before_drug_facts_and_these_before_references(drug):
    monograph, dose = drug.document.monograph, drugs.PARTS["doses"][0]
    pages.put_references(drug.admin, pages.reference("one", title="A title of one"))
    serious = monograph.side_effects.get(serious=True)
    drugs.edit(
        drug.document,
        drug.admin,
        how_it_works="<p>It helps [@one].</p>",
        doses=[{**dose, "id": monograph.doses.get().pk, "dose": "400"}],
        boxed_warnings=[{"title": "High fever", "text": "Call us.", "id": monograph.boxed_warnings.get().pk}],
        side_effects=[{**drugs.PARTS["side_effects"][1], "id": serious.pk, "care_level": "emergency"}],
    )
    assert told_of(drug) == [
        "The advice in “Sick lungs” was “Call today” and is now “Emergency”.",
        "Side effect “Sick lungs”: changed",
        "Dose “400 mg”: changed",
        "Boxed warning “High fever”: changed",
        "Reference “A title of one”: added",
    ]


def test_another_source_of_a_dose_is_told(drug):
    dose = drug.document.monograph.doses.get()
    pages.put_references(drug.admin, pages.reference("one", title="A title of one"))
    drugs.edit(drug.document, drug.admin, doses=[{"id": dose.pk, "phase": "From the start[@one]"}])
    assert told_of(drug) == ["Dose “200 mg”: changed", "Reference “A title of one”: added"]


def test_a_decision_that_was_taken_back_is_told_of_its_approval(drug):
    other = drugs.drug_admin()
    withdrawn = drugs.verified(drug.document, drug.admin, other, "withdrawn-by-sponsor", date(2021, 8, 27))
    drug.old = freezing.build_candidate(drug.document, "en").tree
    drugs.verify(void_event(withdrawn, user=drug.admin, note="That was another drug."), other)
    assert "Approval “For cancer that has spread.”: changed" in told_of(drug)


STREAM = {"heading": "What is it?", "body": "<p>It helps.</p>"}
GRAVE_SECTIONS = [
    # (before, after, whether lives depend on the change)
    ([CALL, STREAM], [CALL, {**STREAM, "body": "<p>It helps some.</p>"}], False),
    ([CALL], [{**CALL, "body": "<p>Call us at once.</p>"}], True),
    ([CALL], [{**CALL, "care_level": "urgent"}], True),
    ([{**CALL, "care_level": "urgent"}], [{**CALL, "care_level": "non-urgent"}], False),
    ([STREAM, CALL], [STREAM, {**CALL, "retired": True}], True),
    ([CALL, STREAM], [CALL, {**STREAM, "retired": True}], False),
    ([{**CALL, "body": STEPS}], [{**CALL, "body": TURNED}], True),
    # A sentence goes out of the advice, or into it, and nothing else is said.
    ([{**CALL, "body": "<p>Call us.</p><p>Go there.</p>"}, STREAM],
     [CALL, {**STREAM, "body": "<p>It helps.</p><p>Go there.</p>"}], True),
    ([CALL, {**STREAM, "body": "<p>It helps.</p><p>Go there.</p>"}],
     [{**CALL, "body": "<p>Call us.</p><p>Go there.</p>"}, STREAM], True),
    ([CALL, STREAM, {**STREAM, "heading": "More"}], [CALL, {**STREAM, "heading": "More"}, STREAM], False),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "grave"), GRAVE_SECTIONS)
def test_a_change_of_emergency_advice_needs_the_sign_offs_that_the_policy_asks_for(db, before, after, grave):
    assert EMERGENCY == CareLevel.EMERGENCY
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author, sections=before)
    pages.publish(document, author, reviewer)
    SignOffPolicy.objects.create(kind="article", grave_sign_offs=2)
    rows = document.article.sections.order_by("order")
    pages.edit(document, author, sections=[{**new, "id": row.pk} for new, row in zip(after, rows, strict=True)])
    assert submit(document, "en", user=author).required_sign_offs == (2 if grave else 1)


GRAVE_FACTS = [("doses", {"dose": "400"}, True), ("boxed_warnings", {"title": "High fever"}, True),
               ("products", {"brand": "Lion"}, False)]  # fmt: skip


@pytest.mark.parametrize(("related", "change", "grave"), GRAVE_FACTS)
def test_a_change_of_doses_and_boxed_warnings_needs_more_sign_offs(drug, related, change, grave):
    pages.publish(drug.document, drug.admin, people.reviewer())
    SignOffPolicy.objects.create(grave_sign_offs=2)
    row = {**drugs.PARTS[related][0], **change, "id": getattr(drug.document.monograph, related).get().pk}
    drugs.edit(drug.document, drug.admin, **{related: [row]})
    assert submit(drug.document, "en", user=drug.admin).required_sign_offs == (2 if grave else 1)


@pytest.mark.parametrize(("name", "grave"), [("dosing", True), ("side-effects", False)])
def test_a_dosing_schedule_of_another_page_that_is_shown_anew_is_a_change_of_doses(drug, name, grave):
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author, sections=[STREAM])
    pages.publish(document, author, reviewer)
    SignOffPolicy.objects.create(grave_sign_offs=2)
    shown = {"heading": "The drug", "piece_of": drug.document, "piece": name}
    pages.edit(document, author, sections=[{**STREAM, "id": document.article.sections.get().pk}, shown])
    assert submit(document, "en", user=author).required_sign_offs == (2 if grave else 1)


@pytest.mark.parametrize(("slug", "grave"), [("emergency-number", True), ("helpline", False)])
def test_the_emergency_number_is_one_of_the_words_on_which_lives_depend(db, slug, grave):
    author, reviewer = people.author(), people.reviewer()
    document = pages.site_words(author, slug, is_page=True, phrases=[{"key": "call", "text": "Call 911"}])
    pages.publish(document, author, reviewer)
    SignOffPolicy.objects.create(grave_sign_offs=2)
    changed = {"id": SiteWords.objects.get(document=document).phrases.get().pk, "key": "call", "text": "Call 999"}
    save_site_words(document, "Words", "<p>We check it.</p>", user=author, token=None, phrases=[changed])
    assert submit(document, "en", user=author).required_sign_offs == (2 if grave else 1)


def test_a_policy_asks_for_two_where_lives_depend_on_it_unless_somebody_says_otherwise(db):
    assert SignOffPolicy.objects.create(kind="article").grave_sign_offs == 2


@pytest.mark.parametrize(
    ("sections", "told"),
    [
        ("ba", "<strong>Section</strong> · moved<"),
        ("AB", "<strong>Piece of another page</strong>: drug card · moved from “The drug”<"),
    ],
)
def test_a_piece_that_only_moved_or_its_section_is_among_the_changes(signed_in, drug, sections, told):
    author, reviewer = people.author(), people.reviewer()
    card = {"piece_of": drug.document, "piece": "card"}
    given = {
        "a": pages.SECTION,
        "b": {"heading": "The drug", "body": "<p>It is one.</p>", **card},
        "A": {**pages.SECTION, **card},
        "B": {"heading": "The drug", "body": "<p>It is one.</p>", "piece_of": None, "piece": ""},
    }
    document = pages.article(author, sections=[given["a"], given["b"]])
    pages.publish(document, author, reviewer)
    keys = dict(zip("ab", (row.pk for row in document.article.sections.all()), strict=True))
    pages.edit(document, author, sections=[{**given[name], "id": keys[name.lower()]} for name in sections])
    edition = submit(document, "en", user=author)
    shown = signed_in(reviewer).get(f"/admin/desk/editions/{edition.pk}/").content.decode()
    assert told in shown.replace("\u2068", "").replace("\u2069", "")


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
    shown = shown.replace("\u2068", "").replace("\u2069", "")
    assert "was “Emergency” and is now “Call today”" in shown
    assert shown.index("What matters most") < shown.index("unchanged</summary>")
    assert "care level: Emergency → Call today" in shown
