"""What regulators did stands on the monograph's timeline, and on no other page's."""

import pytest

from drugs.services.events import void_event
from editorial.desk.history.timeline import Timeline, TimelineFilters
from tests.factories import drugs, pages, people

pytestmark = pytest.mark.django_db


def test_decisions_and_their_verification_are_told():
    recorder, reviewer = drugs.drug_admin(), people.reviewer()
    drug = drugs.monograph(recorder)
    event = drugs.verified(drug, recorder, reviewer)
    void_event(event, user=recorder, note="Another drug.")
    found = Timeline(drug, TimelineFilters(sort="fact")).page().entries
    assert [(item.what.partition(":")[0], item.by) for item in found] == [
        ("Decision taken back", recorder.name),
        ("Decision verified", reviewer.name),
        ("Decision recorded", recorder.name),
    ]
    assert found[0].words == "Another drug."
    assert found[2].badge[1] == "corrected since"
    other = pages.article(people.author())
    assert Timeline(other, TimelineFilters(sort="fact")).page().entries == []
