"""What funders decide is never told as an approval, and what is on hold never as what is gone."""

import pytest

from drugs.approval_history import FUNDING
from drugs.page_context import context
from drugs.presenters import present_approvals
from tests.drugs import rendering, trees
from tests.drugs.listed import list_context
from tests.drugs.trees import NOON, approval, item, monograph, part
from tests.reading import rendered

pytestmark = pytest.mark.django_db  # the list is asked from rows

STATES = [
    # events, the state without what the decision is called, heading
    ("regular 2020-01-01", "", "recommended-for"),
    ("conditional 2020-01-01", "-for-now", "recommended-for"),
    ("accelerated 2020-01-01", "-for-now", "recommended-for"),
    ("conditional 2020-01-01, converted 2021-01-01", "", "recommended-for"),
    ("regular 2020-01-01, suspended 2021-01-01", "-on-hold", "suspended-for"),
    ("regular 2020-01-01, suspended 2021-01-01, reinstated 2022-01-01", "", "recommended-for"),
    ("regular 2020-01-01, withdrawn-by-agency 2021-01-01", "-ended", "no-longer-recommended"),
]
ALL = "conditional 2016-01-01, converted 2017-01-01, suspended 2018-01-01, reinstated 2019-01-01, narrowed 2020-01-01"
EVENTS = f"refused 2015-01-01, {ALL}, withdrawn-by-agency 2021-01-01"


def of_nice(id_: str, events: str = "regular 2020-01-01", term: str = "recommended"):
    return approval(id_, events, authority="NICE", jurisdiction="GB", decision=term)


@pytest.mark.parametrize("term", FUNDING)
@pytest.mark.parametrize(("events", "ending", "heading"), STATES)
def test_a_funders_decision_has_a_state_and_a_heading_of_its_own(events, ending, heading, term):
    [found] = present_approvals(monograph(part("approvals", of_nice("a", events, term))), NOON.date())
    assert (found.state.status, found.heading) == (f"{term}{ending}", heading)
    assert found.is_in_force == (heading == "recommended-for")


@pytest.mark.parametrize("term", FUNDING)
@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-hans", "vi"])
def test_all_that_a_funder_decides_has_words_and_none_of_them_says_approved(term, language):
    words = trees.demonstration_words(language)
    drug = context(monograph(part("approvals", of_nice("a", EVENTS, term))), NOON)["drug"]
    keys = [entry.word for entry in drug["events"]]
    assert len(keys) == 7
    keys += [f"state-{term}{ending}" for ending in ("", "-for-now", "-on-hold", "-ended")]
    phrases = [words.phrase("drug-words", key) for key in keys]
    assert [key for key, phrase in zip(keys, phrases, strict=True) if phrase is None or phrase.is_foreign] == []
    if language == "en":
        assert [phrase.text for phrase in phrases if "approv" in phrase.text.lower()] == []


def test_a_page_tells_approvals_recommendations_and_what_is_on_hold_under_headings_of_their_own():
    tree = monograph(
        part(
            "approvals", approval("a-now"), of_nice("a-nice"),
            approval("a-hold", "conditional 2020-01-01, suspended 2022-01-01"),
            approval("a-gone", "regular 2020-01-01, withdrawn-by-agency 2021-01-01"),
            of_nice("a-ended", "regular 2020-01-01, withdrawn-by-agency 2021-01-01"),
        )
    )  # fmt: skip
    response = rendering.page(tree, site_words=trees.demonstration_words("en"))
    sections = {
        section.get("id"): section
        for section in rendered.parsed(response).iter("section")
        if section.find("h2") is not None
    }
    found = {
        id_: (
            " ".join("".join(section.find("h2").itertext()).split()),
            [entry.get("id") for entry in section.findall("section")],
        )
        for id_, section in sections.items()
        if section.findall("section")
    }
    assert found == {
        "approvals": ("What it is approved for", ["a-now"]),
        "recommendations": ("What the public health service offers it for", ["a-nice"]),
        "suspended": ("On hold for", ["a-hold"]),
        "no-longer-approved": ("No longer approved for", ["a-gone"]),
        "no-longer-recommended": ("No longer offered by the public health service for", ["a-ended"]),
    }
    ways = [link for link in rendered.links(response) if link in ("#suspended", "#no-longer-approved")]
    assert {*ways} == {"#suspended", "#no-longer-approved"}
    nice = " ".join("".join(sections["recommendations"].itertext()).split())
    assert "Recommended for use in the NHS" in nice
    assert "NICE, for the NHS in England United Kingdom" in nice


def test_no_column_over_what_a_funder_decided_says_approved():
    tree = monograph(part("approvals", approval("a-now"), of_nice("a-nice")))
    words = trees.demonstration_words("en")
    for response in (
        rendering.page(tree, site_words=words), rendering.piece("approvals", tree, site_words=words),
        rendering.listing([item(tree)], site_words=words),
    ):  # fmt: skip
        columns = [
            "".join(node.itertext()) for node in rendered.parsed(response).iter("th") if node.get("scope") == "col"
        ]
        assert "For" in columns
        assert "Approved for" not in columns


def test_a_site_that_has_not_signed_the_heading_says_that_it_is_on_hold():
    tree = monograph(part("approvals", approval("a", "conditional 2020-01-01, suspended 2022-01-01")))
    words = trees.demonstration_words("en")
    del words._phrases["drug-words", "suspended-for"]
    [heading] = [
        node for node in rendered.parsed(rendering.page(tree, site_words=words)).iter("h2")
        if "withdrawn-label" in node.get("class", "")
    ]  # fmt: skip
    assert "".join(heading.itertext()).strip() == "Approval on hold"


def test_a_piece_calls_what_a_funder_decided_what_it_is():
    tree = monograph(part("approvals", approval("a-now"), of_nice("a-nice", "conditional 2020-01-01")))
    said = rendered.words(rendering.piece("approvals", tree, site_words=trees.demonstration_words("en")))
    assert "What the public health service offers it for" in said
    assert "Recommended for use in the NHS for now" in said
    alone = monograph(part("approvals", of_nice("a-nice")))
    said = rendered.words(rendering.piece("approvals", alone, site_words=trees.demonstration_words("en")))
    assert "approved for" not in said


LIST = [
    item(
        monograph(
            part(
                "approvals", approval("fda"), approval("mhra", jurisdiction="GB", authority="MHRA"), of_nice("nice"),
                of_nice("smc-now", "conditional 2020-01-01"),
                of_nice("smc-gone", "regular 2020-01-01, withdrawn-by-agency 2021-01-01"),
                approval("hc", jurisdiction="CA", authority="HC"),
                approval("hse", jurisdiction="IE", authority="HSE", decision="funded"),
            )
        )
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("jurisdiction=GB", {"mhra", "nice", "smc-now", "smc-gone"}),
        ("jurisdiction=CA", {"hc"}),
        ("jurisdiction=IE", {"hse"}),
        ("state=in-force", {"fda", "mhra", "hc"}),
        ("state=regular", {"fda", "mhra", "hc"}),
        ("state=recommended", {"nice", "smc-now"}),
        ("state=funded", {"hse"}),
        ("state=withdrawn", set()),
    ],
)
def test_the_list_of_drugs_counts_no_recommendation_as_an_approval(query, shown):
    groups = list_context(LIST, query, NOON)["drugs"]["groups"]
    assert {row.approval.node.id for group in groups for row in group["rows"]} == shown
