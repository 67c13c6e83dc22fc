"""The list of drugs: which approvals it shows, in which order, and what its filters offer."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from drugs import listing
from tests.drugs.listed import list_context
from tests.drugs.trees import NOON, approval, biomarker, item, monograph, part

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LIST = [
    item(
        monograph(
            part("biomarkers", biomarker("m-1", "PD-L1", ">=", "10", "CPS"), biomarker("m-2", "MSI-H / dMMR")),
            part(
                "approvals",
                approval("p-late", "accelerated 2020-11-13, converted 2021-07-26", biomarker="m-1"),
                approval("p-early", stage="early", line="surgery"),
                approval("p-solid", "accelerated 2017-05-23", cancer="any-solid", biomarker="m-2"),
            ),
            title="Pembro",
        )
    ),
    item(
        monograph(
            part("biomarkers", biomarker("m", "dMMR")),
            part("approvals", approval("d-solid", "accelerated 2021-08-17", cancer="any-solid", biomarker="m")),
            title="Dostar",
        )
    ),
    item(
        monograph(
            part("approvals", approval("a-gone", "accelerated 2019-03-08, withdrawn-by-sponsor 2021-08-27")),
            title="Atezo",
        )
    ),
    item(
        monograph(
            part(
                "approvals",
                approval("s-eu", jurisdiction="EU", authority="EMA"),
                approval("s-hr", cancer="hr-positive"),
                approval("s-new", cancer="new-kind"),
                approval("s-future", "regular 2027-01-01"),
            ),
            title="Saci",
        )
    ),
]
EVERYTHING = ["p-early", "p-late", "s-eu", "a-gone", "s-hr", "d-solid", "p-solid", "s-new"]
FILTERS = [
    ("", EVERYTHING),
    ("cancer=&stage=&state=", EVERYTHING),
    ("cancer=triple-negative", ["p-early", "p-late", "s-eu", "a-gone"]),
    ("cancer=any-solid", ["d-solid", "p-solid"]),
    ("cancer=her2-positive", []),  # known, and nothing has it
    ("stage=early", ["p-early"]),
    ("stage=advanced&jurisdiction=EU", ["s-eu"]),
    ("biomarker=pd-l1", ["p-late"]),
    ("biomarker=dmmr", ["d-solid", "p-solid"]),  # either of two results counts
    ("biomarker=msi-h", ["p-solid"]),
    ("biomarker=none", ["p-early", "s-eu", "a-gone", "s-hr", "s-new"]),
    ("state=in-force", [entry for entry in EVERYTHING if entry != "a-gone"]),
    ("state=accelerated", ["d-solid", "p-solid"]),
    ("state=regular&cancer=triple-negative", ["p-early", "p-late", "s-eu"]),
    ("state=withdrawn", ["a-gone"]),
    ("state=withdrawn&cancer=any-solid", []),
    ("state=none", EVERYTHING),
    ("cancer=unicorn&stage=early", ["p-early"]),
    ("biomarker=unheard-of", EVERYTHING),
    ("jurisdiction=<script>&page=7&drug=x", EVERYTHING),
    ("cancer=any-solid&cancer=triple-negative", ["p-early", "p-late", "s-eu", "a-gone"]),  # the last one counts
]


def listed(query: str) -> dict:
    return list_context(LIST, query, NOON)["drugs"]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_the_list_shows_what_the_address_asks_for(query, expected):
    found = listed(query)
    assert [row.approval.node.id for group in found["groups"] for row in group["rows"]] == expected
    assert (found["shown"], found["total"]) == (len(expected), len(EVERYTHING))


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_filters_say_what_they_were_set_to(query, expected):
    found = listed(query)
    asked = QueryDict(query)
    for entry in found["filters"]:
        known = {option.value for option in entry.options}
        assert entry.chosen == (asked.get(entry.name, "") if asked.get(entry.name) in known else "")
        assert [option.value for option in entry.options if option.is_chosen] == (
            [entry.chosen] if entry.chosen else []
        )
    assert found["is_filtered"] == any(entry.chosen for entry in found["filters"])


def test_the_list_is_grouped_by_kind_of_cancer():
    assert [(group["key"], len(group["rows"])) for group in listed("")["groups"]] == [
        ("triple-negative", 4), ("hr-positive", 1), ("any-solid", 2), ("new-kind", 1),
    ]  # fmt: skip


def test_tests_and_places_offer_what_occurs():
    options = {
        entry.name: [(option.value, option.word, option.text) for option in entry.options]
        for entry in listed("")["filters"]
    }
    assert options["biomarker"] == [
        ("dmmr", "", "dMMR"), ("msi-h", "", "MSI-H"), ("pd-l1", "", "PD-L1"), ("none", "no-test", ""),
    ]  # fmt: skip
    assert options["jurisdiction"] == [("EU", "jurisdiction-EU", "EU"), ("US", "jurisdiction-US", "US")]


def test_a_list_of_nothing_is_empty():
    found = list_context([], "cancer=triple-negative", NOON)["drugs"]
    assert (found["total"], found["groups"]) == (0, [])


@pytest.mark.parametrize(
    ("days", "shown"), [(37, EVERYTHING), (38, ["p-early", "p-late", "s-eu", "s-future", "a-gone"])]
)
def test_an_approval_that_begins_later_comes_into_the_list_by_itself(days, shown):
    found = list_context(LIST, "", NOON + timedelta(days=days), since=NOON)["drugs"]
    rows = [row.approval.node.id for group in found["groups"] for row in group["rows"]]
    assert rows[: len(shown)] == shown
    assert found["total"] == len(rows)


def test_a_long_list_has_pages_and_each_knows_its_filters(monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 3)
    pages = [list_context(LIST, "state=in-force", NOON, number=number) for number in (1, 2, 3, 4)]
    rows = [[row.approval.node.id for group in page["drugs"]["groups"] for row in group["rows"]] for page in pages]
    in_force = [entry for entry in EVERYTHING if entry != "a-gone"]
    assert rows == [in_force[:3], in_force[3:6], in_force[6:], in_force[6:]]  # a number beyond the last is the last
    assert [(page["slice"].number, page["slice"].num_pages) for page in pages] == [(1, 3), (2, 3), (3, 3), (3, 3)]
    assert {(page["drugs"]["shown"], page["drugs"]["total"]) for page in pages} == {(7, 8)}


def test_the_states_that_are_offered_are_those_that_occur_and_the_one_that_was_asked_for():
    def offered(query: str) -> list[str]:
        [states] = [
            filter_ for filter_ in list_context(LIST, query, NOON)["drugs"]["filters"] if filter_.name == "state"
        ]
        return [option.value for option in states.options]

    assert offered("") == ["in-force", "accelerated", "regular", "withdrawn"]
    assert offered("state=suspended") == ["in-force", "accelerated", "regular", "suspended", "withdrawn"]
    assert offered("state=nothing") == offered("")
