"""The demonstration's facts about drugs: each has its source and its day, and none is verified beyond its source."""

from datetime import date

import pytest

from immuno_site.demonstration.content_files import content_names, read_content

DRUGS = {name: read_content(name) for name in content_names("drugs/*")}
REFERENCES = {
    reference["key"]: reference
    for name in content_names("references-*")
    for reference in read_content(name)["references"]
}
# Tables of many drugs, whose titles name none.
LISTS = {"fda-verified-accelerated", "fda-withdrawn-accelerated"}
# What nobody has read: nothing that rests on it is verified.
UNREAD = {"fda-2026-06", "trade-press-2026-06"}


def events(data: dict) -> list[dict]:
    """What happened to a drug, in its file."""
    return [event for approval in data["approvals"] for event in approval["events"]] + data.get("events", [])


def names(data: dict) -> set[str]:
    """What sources call a drug: its generic name, as far as others do not share it, and its brands."""
    return {data["title"]["en"].lower(), *(product["brand"].lower() for product in data["products"])}


@pytest.mark.parametrize("name", DRUGS)
def test_each_approval_has_a_decision_with_its_day_and_source(name):
    assert all(approval["events"] for approval in DRUGS[name]["approvals"])
    for event in events(DRUGS[name]):
        assert date(2014, 1, 1) <= event["on"] <= REFERENCES[event["reference"]]["accessed"]


@pytest.mark.parametrize("name", DRUGS)
def test_a_verified_decision_has_a_source_that_somebody_read_and_that_names_the_drug(name):
    for event in events(DRUGS[name]):
        reference = REFERENCES[event["reference"]]
        if event["verified"]:
            assert reference["key"] not in UNREAD
            told = f"{reference['title']} {reference['source']} {reference['url']}".lower().replace("-", " ")
            assert reference["key"] in LISTS or any(known.replace("-", " ") in told for known in names(DRUGS[name]))


def test_what_nobody_has_read_is_the_source_of_something_that_waits():
    waiting = {event["reference"] for data in DRUGS.values() for event in events(data) if not event["verified"]}
    assert waiting & UNREAD


@pytest.mark.parametrize("name", DRUGS)
def test_its_own_label_says_which_label_it_is(name):
    labels = {key for key in REFERENCES if key.endswith("-label") and f"[@{key}]" in str(DRUGS[name])}
    assert labels
    for key in labels:
        assert REFERENCES[key].get("set_id") or "ApplNo=" in REFERENCES[key]["url"]
