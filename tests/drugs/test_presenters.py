"""What pages of drugs show, from trees made by hand: states, order, filters. No database."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from drugs.presenters import context, list_context
from tests.drugs import trees
from tests.drugs.trees import NOON, approval, biomarker, dose, effect, item, monograph, part, product, warning


def shown(*parts, at=NOON) -> dict:
    return context(monograph(*parts), at)["drug"]


def ids(found) -> list[str]:
    return [entry.node.id if hasattr(entry, "node") else entry.id for entry in found]


# --- One drug ---

STATES = [
    # events, status, since, narrowed on
    ("regular 2021-07-26", "regular", "2021-07-26", None),
    ("accelerated 2020-06-16", "accelerated", "2020-06-16", None),
    ("accelerated 2020-11-13, converted 2021-07-26", "regular", "2021-07-26", None),
    ("converted 2021-07-26, accelerated 2020-11-13", "regular", "2021-07-26", None),
    ("accelerated 2021-07-26, converted 2021-07-26", "regular", "2021-07-26", None),
    ("converted 2021-07-26, accelerated 2021-07-26", "regular", "2021-07-26", None),
    ("regular 2020-01-01, narrowed 2022-02-02", "regular", "2020-01-01", "2022-02-02"),
    ("accelerated 2019-03-08, withdrawn-by-sponsor 2021-08-27", "withdrawn", "2021-08-27", None),
    ("regular 2019-03-08, narrowed 2020-01-01, withdrawn-by-agency 2021-08-27", "withdrawn", "2021-08-27", None),
    ("regular 2019-03-08, withdrawn-by-agency 2021-08-27, accelerated 2022-01-01", "accelerated", "2022-01-01", None),
    ("accelerated 2020-11-13, converted 2026-11-24", "regular", "2026-11-24", None),
    ("accelerated 2020-11-13, converted 2026-11-25", "accelerated", "2020-11-13", None),
]


@pytest.mark.parametrize(("events", "status", "since", "narrowed_on"), STATES)
def test_an_approval_is_what_its_events_make_of_it_today(events, status, since, narrowed_on):
    drug = shown(part("approvals", approval("a", events)))
    [found] = drug["approved"] + drug["withdrawn"]
    assert (found.state.status, found.state.since.isoformat()) == (status, since)
    assert (found.narrowed_on and found.narrowed_on.isoformat()) == narrowed_on
    assert bool(drug["withdrawn"]) == (status == "withdrawn")


def test_today_is_the_day_at_home():
    drug = part("approvals", approval("a", "regular 2026-11-24"))
    assert shown(drug, at=datetime(2026, 11, 24, 4, 59, tzinfo=UTC))["approved"] == []
    assert ids(shown(drug, at=datetime(2026, 11, 24, 5, tzinfo=UTC))["approved"]) == ["a"]


def test_events_of_all_approvals_come_in_the_order_of_their_days():
    drug = shown(
        part(
            "approvals",
            approval("late", "accelerated 2020-11-13, converted 2021-07-26"),
            approval("early", "regular 2017-05-23, withdrawn-by-agency 2021-07-26"),
        )
    )
    assert [(entry.event.on.isoformat(), entry.approval.node.id, entry.word) for entry in drug["events"]] == [
        ("2017-05-23", "early", "event-granted-regular"),
        ("2020-11-13", "late", "event-granted-accelerated"),
        ("2021-07-26", "late", "event-converted"),
        ("2021-07-26", "early", "event-withdrawn-by-agency"),
    ]


def test_what_is_not_written_is_not_in_the_contents():
    assert shown()["contents"] == []
    full = context(trees.everything(), NOON)["drug"]["contents"]
    assert [entry["id"] for entry in full] == [
        "boxed-warnings", "approvals", "no-longer-approved", "timeline", "how-it-works", "how-given", "doses",
        "side-effects", "serious-side-effects", "biomarkers", "tell-team", "products",
    ]  # fmt: skip
    assert [entry["id"] for entry in shown(part("doses", dose("d")))["contents"]] == ["doses"]


def test_what_cannot_wait_comes_first():
    drug = shown(
        part(
            "side-effects",
            effect("mild", serious=False),
            *(effect(tree, tree) for tree in trees.LEVELS),
            effect("none"),
        ),
        part("boxed-warnings", warning("theirs", "partner"), warning("own")),
    )
    assert ids(drug["serious"]) == ["emergency", "urgent", "non-urgent", "none"]
    assert ids(drug["common"]) == ["mild"]
    assert ids(drug["warnings"]) == ["own", "theirs"]


def test_a_brand_with_two_applications_is_named_once():
    assert shown(part("products", product("a"), product("b"), product("c", "Other")))["brands"] == ["Zebrina", "Other"]


@pytest.mark.parametrize(
    ("name", "comparison", "unit", "names", "word", "sign", "glue"),
    [
        ("PD-L1", ">=", "CPS", ["PD-L1"], "at-least", "≥", "\u00a0"),
        ("TMB", ">", "mut/Mb", ["TMB"], "more-than", ">", "\u00a0"),
        ("PD-L1", ">=", "% IC", ["PD-L1"], "at-least", "≥", ""),
        ("MSI-H / dMMR", "", "", ["MSI-H", "dMMR"], "", "", "\u00a0"),
    ],
)
def test_a_marker_knows_how_its_cut_off_is_written(name, comparison, unit, names, word, sign, glue):
    [marker] = shown(part("biomarkers", biomarker("m", name, comparison, "10", unit)))["markers"]
    assert (marker.names, marker.comparison, marker.sign, marker.glue) == (names, word, sign, glue)


# --- The list ---

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
    return list_context(LIST, QueryDict(query), NOON)["drugs"]


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
    found = list_context([], QueryDict("cancer=triple-negative"), NOON)["drugs"]
    assert (found["total"], found["groups"]) == (0, [])
