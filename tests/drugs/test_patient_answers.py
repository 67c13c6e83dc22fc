"""What a drug's page answers first, and in which order it stands."""

import pytest

from drugs.page_context import context
from drugs.patient_answers import name_drug, present_calls
from tests.drugs import rendering, trees
from tests.drugs.trees import NOON, approval, effect, monograph, part, product, prose_part
from tests.reading import rendered

NAMES = [
    ("Zebramab", ["Zebrina"], "Zebrina (zebramab)"),
    ("Zebramab", ["Zebrina", "Zebrina Plus"], "Zebrina (zebramab)"),
    ("Zebramab deruxtecan", ["Zebrina"], "Zebrina (zebramab deruxtecan)"),
    ("Zebramab", [], "Zebramab"),
    ("", ["Zebrina"], "Zebrina "),
    ("ZMB-1", ["Zebrina"], "Zebrina (ZMB-1)"),  # its capital is its own
    ("斑马单抗（zebramab）", ["Zebrina"], "Zebrina 斑马单抗（zebramab）"),
    ("زيبراماب (Zebramab)", ["Zebrina"], "Zebrina زيبراماب (Zebramab)"),
]


@pytest.mark.parametrize(("generic", "brands", "shown"), NAMES)
def test_a_drug_is_called_by_its_brand_with_the_generic_name_beside(generic, brands, shown):
    products = [product(f"p-{number}", brand) for number, brand in enumerate(brands)]
    assert str(name_drug(monograph(part("products", *products), title=generic))) == shown


def uses(*approvals) -> dict[str, list[str]]:
    found = context(monograph(part("approvals", *approvals)), NOON)["drug"]["uses"]
    return {group.word: [approval.node.id for approval in group.approvals] for group in found}


def test_uses_are_what_is_approved_today_by_stage_and_marker():
    assert uses(
        approval("marker", cancer="any-solid"),
        approval("late"),
        approval("early", stage="early"),
        approval("gone", "accelerated 2019-03-08, withdrawn-by-sponsor 2021-08-27"),
        approval("to-come", "regular 2027-01-01"),
        approval("late-too", cancer="her2-positive"),
        approval("new-stage", stage="locally-advanced"),
    ) == {
        "use-early": ["early"], "use-advanced": ["late", "late-too"], "cancer-any-solid": ["marker"],
        "use-locally-advanced": ["new-stage"],
    }  # fmt: skip


def doing(id_: str, says: str, care: str = "urgent"):
    node = effect(id_, care)
    node.words["what_to_do"] = says
    return node


def test_what_to_do_about_most_effects_of_one_urgency_is_said_once():
    effects = [doing("a", "Ask."), doing("b", "Call."), doing("c", "Call."), doing("d", "Call.", "non-urgent")]
    urgent, later = present_calls(effects)
    assert urgent.shared is effects[1]
    assert [urgent.own_action(node) for node in urgent.effects] == [True, False, False]
    assert later.shared is None
    assert later.own_action(effects[3])


def test_no_word_on_what_to_do_is_lost():
    effects = [doing("a", "Ask first."), doing("b", "Call us."), doing("c", "Call us.")]
    shown = rendered.words(rendering.page(monograph(part("side-effects", *effects))))
    assert (shown.count("Ask first."), shown.count("Call us.")) == (1, 1)


ORDER = [
    "used-for", "how-given", "doses", "side-effects", "serious-side-effects", "boxed-warnings", "recovery", "tell-team",
    "questions", "how-it-works", "decisions", "references",
]  # fmt: skip


def everything_new():
    root = trees.everything()
    later = tuple(prose_part(name, f"<p>About {name}.</p>") for name in ("uses-note", "recovery", "questions"))
    return monograph(*root.children, *later)


def test_the_page_answers_in_the_order_in_which_patients_ask():
    response = rendering.page(everything_new())
    ids = [item.get("id") for item in rendered.parsed(response).iter() if item.get("id") in ORDER]
    assert ids == ORDER
    [heading] = [item for item in rendered.parsed(response).iter("h1")]
    assert " ".join("".join(heading.itertext()).split()) == "Zebrina (zebramab)"


def test_an_edition_from_before_these_blocks_still_has_a_page():
    response = rendering.page(trees.everything())
    ids = [item.get("id") for item in rendered.parsed(response).iter() if item.get("id") in ORDER]
    assert ids == [name for name in ORDER if name not in ("recovery", "questions")]


def test_what_regulators_decided_is_folded_and_what_they_ended_is_in_view():
    root = rendered.parsed(rendering.page(trees.everything()))
    [decisions] = [item for item in root.iter() if item.get("id") == "decisions"]
    assert "unfolds" in decisions.get("class").split()
    folded = {item.get("id") for item in decisions.iter()}
    assert {"approvals", "no-longer-approved", "timeline", "biomarkers", "products"} <= folded
    [uses] = [item for item in root.iter() if item.get("id") == "used-for"]
    assert "Plain a-gone" in "".join(uses.itertext())


def test_a_boxed_warning_stands_open_and_a_line_at_the_top_leads_to_it():
    response = rendering.page(trees.everything())
    root = rendered.parsed(response)
    [box] = [item for item in root.iter() if item.get("id") == "boxed-warnings"]
    assert "unfolds" not in box.get("class").split()
    assert list(box.iter("details")) == []
    shown = response.content.decode()
    assert shown.index('href="#boxed-warnings"') < shown.index('id="used-for"')
