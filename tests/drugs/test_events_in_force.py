"""A correction keeps the last verified event in force until it is verified, or marks it as unsafe."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from drugs.models import ApprovalEvent, UnverifiedEvent
from drugs.services import correct_event, void_event
from drugs.services.events_in_force import verified_events
from editorial.checks.checked_pages import CheckedPage
from editorial.checks.registry import run_checks
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from tests import PROVING
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.factories.unguarded import unguarded
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

DAY = date(2020, 11, 13)


@layer
def desk():
    made = SimpleNamespace(admin=drugs.drug_admin(), other=drugs.drug_admin(), reviewer=people.reviewer())
    made.document = drugs.monograph(made.admin)
    return made


def shown(document) -> list[str]:
    """The days of the events in the tree that would be frozen now."""
    tree = freezing.build_candidate(document, "en").tree
    return [node.attrs["on"] for node in tree.walk() if node.type == "event"]


def correct(event, user, days: int, **fields) -> ApprovalEvent:
    return correct_event(event, user=user, note="Wrong.", happened_on=DAY + timedelta(days=days), **fields)


def test_a_wrong_event_is_corrected_and_both_stay_on_record(desk):
    wrong = drugs.verified(desk.document, desk.admin, desk.other)
    right = correct_event(wrong, user=desk.other, note="A label date.", happened_on=date(2020, 11, 10))
    assert shown(desk.document) == ["2020-11-13"]
    drugs.verify(right, desk.admin)
    assert shown(desk.document) == ["2020-11-10"]
    assert set(ApprovalEvent.objects.filter(document=desk.document)) == {wrong, right}
    with pytest.raises(Blocked, match="corrected already"):
        correct_event(wrong, user=desk.admin, note="Again.")


def test_an_event_is_taken_back_with_a_reason_and_only_if_the_rest_can_stand(desk):
    granted = drugs.verified(desk.document, desk.admin, desk.other, pathway="accelerated")
    converted = drugs.verified(desk.document, desk.admin, desk.other, "converted", date(2021, 7, 26))
    with pytest.raises(Blocked, match="Say what was wrong"):
        void_event(converted, user=desk.admin, note=" ")
    with pytest.raises(Blocked, match="cannot be converted before"):
        void_event(granted, user=desk.admin, note="It did not happen.")
    taken = void_event(converted, user=desk.admin, note="It did not happen.")
    assert shown(desk.document) == ["2020-11-13", "2021-07-26"]
    drugs.verify(taken, desk.other)
    assert shown(desk.document) == ["2020-11-13"]


def test_a_correction_of_a_correction_keeps_what_was_verified_last(desk):
    event = drugs.verified(desk.document, desk.admin, desk.other)
    first = correct(event, desk.admin, 1)
    second = correct(first, desk.admin, 2)
    assert shown(desk.document) == ["2020-11-13"]
    with pytest.raises(Blocked, match="was corrected, so there is nothing to verify"):
        drugs.verify(first, desk.other)
    drugs.verify(second, desk.other)
    assert shown(desk.document) == ["2020-11-15"]


def test_what_is_marked_as_unsafe_counts_no_more_at_once_and_stays_unsafe(desk):
    event = drugs.verified(desk.document, desk.admin, desk.other)
    unsafe = correct(event, desk.admin, 1, is_unsafe=True)
    assert shown(desk.document) == []
    right = correct(unsafe, desk.admin, 2)
    assert right.is_unsafe
    assert shown(desk.document) == []
    drugs.verify(right, desk.other)
    assert shown(desk.document) == ["2020-11-15"]


def test_only_what_readers_may_have_seen_is_unsafe(desk):
    event = drugs.event(desk.document, desk.admin)
    with pytest.raises(Blocked, match="Readers never saw") as caught:
        correct(event, desk.admin, 1, is_unsafe=True)
    assert caught.value.blockers[0].field == "is_unsafe"


def test_a_decision_that_was_wrongly_taken_back_is_put_back_until_that_is_verified(desk):
    event = drugs.verified(desk.document, desk.admin, desk.other)
    taken = void_event(event, user=desk.admin, note="It did not happen.")
    back = correct(taken, desk.admin, 0, is_void=False)
    assert shown(desk.document) == ["2020-11-13"]
    drugs.verify(back, desk.other)
    taken = void_event(back, user=desk.admin, note="It did not happen.")
    drugs.verify(taken, desk.other)
    assert shown(desk.document) == []
    with pytest.raises(Blocked, match="record it again"):
        correct(taken, desk.admin, 0, is_void=False)


def test_what_nobody_had_verified_is_taken_back_at_once(desk):
    taken = void_event(drugs.event(desk.document, desk.admin), user=desk.admin, note="It did not happen.")
    assert not UnverifiedEvent.objects.exists()
    with pytest.raises(Blocked, match="was never verified"):
        drugs.verify(taken, desk.other)


def test_what_was_corrected_into_another_approval_stays_with_its_own_until_verified(desk):
    drugs.edit(desk.document, desk.admin, approvals=[{**drugs.APPROVAL, "plain": "Another."}])
    first, second = drugs.approval(desk.document), drugs.approval(desk.document, 1)
    event = drugs.verified(desk.document, desk.admin, desk.other)
    moved = correct(event, desk.admin, 0, approval=second)
    assert verified_events([first, second]) == {first.pk: [event], second.pk: []}
    drugs.verify(moved, desk.other)
    assert verified_events([first, second]) == {first.pk: [], second.pk: [moved]}


@pytest.mark.parametrize("is_void", [True, False])
def test_corrections_of_before_took_the_place_of_theirs_at_once_and_still_do(desk, is_void):
    """Such records say neither that they keep what they correct nor that it is unsafe."""
    event = drugs.verified(desk.document, desk.admin, desk.other)
    later = correct(event, desk.admin, 1, is_void=is_void)
    with unguarded():
        ApprovalEvent.objects.filter(pk=later.pk).update(keeps_corrected=False)
    assert shown(desk.document) == []
    old = ApprovalEvent.objects.get(pk=later.pk)
    assert (old.has_taken_back, old.awaits_verification) == (is_void, not is_void)


def test_whoever_submits_is_told_of_a_correction_that_awaits_verification(desk):
    """At the approval on the drug's own page, and at its piece on another's, until it is verified."""
    event = drugs.verified(desk.document, desk.admin, desk.other)
    pages.publish(desk.document, desk.admin, desk.reviewer)
    author = people.author()
    sections = [{"heading": "Here", "body": "<p>Words.</p>", "piece_of": desk.document, "piece": "approvals"}]
    article = pages.article(author, sections=sections)

    def told() -> list[str]:
        found = []
        for document in (desk.document, article):
            page = CheckedPage(document, freezing.build_candidate(document, "en").tree, None, date(2026, 6, 1))
            places = [
                place for item in run_checks(page) if item.check.id == "unverified-correction" for place in item.places
            ]
            found += [place.node.type for place in places]
        return found

    assert told() == []
    right = correct(event, desk.admin, 1)
    assert told() == ["approval", "piece"]
    drugs.edit(desk.document, desk.admin, lead="Changed.")
    submit(desk.document, "en", user=desk.admin)  # it is advice
    drugs.verify(right, desk.other)
    assert told() == []


def test_what_is_in_force_is_one_question_however_many_corrections_there_are(desk):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            verified_events([drugs.approval(desk.document)])
        return len(queries)

    event = drugs.verified(desk.document, desk.admin, desk.other)
    few = count()
    for days in range(1, 6):
        event = correct(event, desk.admin, days)
    assert count() == few


# --- Whatever is recorded, corrected, taken back and verified, in any order ------------------------------------


@dataclass
class Link:
    """One event as the search below knows it: of the row it has only the key and the approval."""

    key: int
    approval: int
    is_void: bool = False
    is_unsafe: bool = False
    is_verified: bool = False


def search(chains: list[list[Link]], approval: int) -> set[int]:
    """The events in force, by the rule as it is told to people: no flags of rows, every chain from its beginning."""
    found = set()
    for chain in chains:
        in_force = None
        for link in chain:
            if link.is_unsafe and not link.is_verified:
                in_force = None
            if link.is_verified:
                in_force = None if link.is_void else link
        if in_force and in_force.approval == approval:
            found.add(in_force.key)
    return found


@settings(max_examples=settings().max_examples // 2 if PROVING else 6)
@given(data=st.data())
def test_the_events_in_force_are_those_that_a_slow_search_finds(data):
    with transaction.atomic():
        _explore(data)
        transaction.set_rollback(True)


def _explore(data):
    admin, other = drugs.drug_admin(), drugs.drug_admin()
    document = drugs.monograph(admin, approvals=[drugs.APPROVAL, {**drugs.APPROVAL, "plain": "Another."}])
    approvals, source = list(document.monograph.approvals.all()), drugs.source(admin)
    chains: list[list[Link]] = []
    for _step in range(data.draw(st.integers(3, 14), label="steps")):
        act = data.draw(st.sampled_from(["record", "correct", "correct", "take back", "verify", "verify", "verify"]))
        told = {
            "approval": data.draw(st.sampled_from(approvals)),
            "happened_on": DAY + timedelta(days=data.draw(st.integers(0, 30))),
            "reference": source,
        }
        if act == "record":
            kind = data.draw(st.sampled_from(["granted", "refused", "narrowed"]))
            with suppress(Blocked):
                made = drugs.event(document, admin, kind, told.pop("happened_on"), **told)
                chains.append([Link(made.pk, made.approval_id)])
        elif chains:
            _change(data, act, told, data.draw(st.sampled_from(chains)), admin, other)
        found = verified_events(approvals)
        for approval in approvals:
            assert {event.pk for event in found[approval.pk]} == search(chains, approval.pk)
        awaiting = {
            chain[-1].key for chain in chains if ApprovalEvent.objects.get(pk=chain[-1].key).awaits_verification
        }
        assert set(UnverifiedEvent.objects.values_list("event", flat=True)) == awaiting


def _change(data, act, told, chain, admin, other):
    link = data.draw(st.sampled_from(chain))
    event, is_unsafe = ApprovalEvent.objects.get(pk=link.key), data.draw(st.sampled_from([False, False, True]))
    with suppress(Blocked):
        if act == "verify":
            drugs.verify(event, other)
            link.is_verified = True
        elif act == "correct":
            made = correct_event(event, user=admin, note="Wrong.", is_void=False, is_unsafe=is_unsafe, **told)
            chain.append(Link(made.pk, made.approval_id, is_unsafe=is_unsafe))
        else:
            made = void_event(event, user=admin, note="It did not happen.", is_unsafe=is_unsafe)
            chain.append(Link(made.pk, made.approval_id, is_void=True, is_unsafe=is_unsafe))


def test_verifying_is_of_the_source_and_makes_no_contributor(desk):
    drugs.verified(desk.document, desk.admin, desk.reviewer)
    edition = pages.publish(desk.document, desk.admin, desk.reviewer)
    assert [person["id"] for person in edition.contributors] == [desk.admin.pk]
