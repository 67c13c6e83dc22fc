"""What pages of drugs show, from trees made by hand: states and order. No database."""

from datetime import UTC, datetime

import pytest

from drugs.page_context import context
from tests.drugs import trees
from tests.drugs.trees import NOON, approval, biomarker, dose, effect, monograph, part, product, warning


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
    ("conditional 2020-11-13, suspended 2022-01-01", "suspended", "2022-01-01", None),
    ("conditional 2020-11-13, suspended 2022-01-01, reinstated 2023-01-01", "conditional", "2023-01-01", None),
    ("regular 2020-01-01, narrowed 2022-02-02, widened 2023-01-01", "regular", "2020-01-01", None),
    ("accelerated 2019-03-08, withdrawal-announced 2021-08-27", "accelerated", "2019-03-08", None),
]


@pytest.mark.parametrize(("events", "status", "since", "narrowed_on"), STATES)
def test_an_approval_is_what_its_events_make_of_it_today(events, status, since, narrowed_on):
    drug = shown(part("approvals", approval("a", events)))
    [found] = drug["approved"] + drug["withdrawn"]
    assert (found.state.status, found.state.since.isoformat()) == (status, since)
    assert (found.narrowed_on and found.narrowed_on.isoformat()) == narrowed_on
    assert bool(drug["withdrawn"]) == (status in ("suspended", "withdrawn"))
    assert [group["state"] for group in drug["gone"]] == [status] * (status in ("suspended", "withdrawn"))


def test_what_was_announced_is_told_before_it_holds():
    """The approval still stands, and readers can see until when."""
    gone = trees.event("withdrawn-by-sponsor", "2027-01-01", announced="2026-11-24")
    drug = shown(part("approvals", approval("a", (*trees.history("regular 2020-01-01"), gone))))
    [found] = drug["approved"]
    assert found.state.leaving.isoformat() == "2026-11-24"
    assert [entry.event.on.isoformat() for entry in drug["events"]] == ["2020-01-01", "2027-01-01"]


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
        "used-for", "how-given", "doses", "side-effects", "serious-side-effects", "boxed-warnings", "tell-team",
        "how-it-works", "decisions",
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
