"""Events are added and corrected, never edited away; readers see those that somebody else verified."""

import contextlib
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from drugs import approval_history
from drugs.models import Approval, ApprovalEvent, Verification
from drugs.models.events import OF_AN_APPROVAL
from drugs.services import correct_event, record_event, void_event
from drugs.services.events import to_decisions
from drugs.services.events_in_force import events_of
from editorial.accounts.roles import Role
from editorial.editions import freezing, verifying
from editorial.editions.blockers import Blocked
from editorial.editions.models import append_record
from editorial.reviews.models import Recheck
from tests import PROVING
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = pytest.mark.django_db


@layer
def desk():
    made = SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), reviewer=people.reviewer(), author=people.author(),
        operator=people.operator(), translator=people.translator("es"), head=people.head(), nobody=people.person(),
    )  # fmt: skip
    made.document = drugs.monograph(made.admin)
    return made


def shown(document) -> list[tuple[str, str]]:
    """[(kind, date)] of the events in the tree that would be frozen now."""
    tree = freezing.build_candidate(document, "en").tree
    return [(node.attrs["kind"], node.attrs["on"]) for node in tree.walk() if node.type == "event"]


def test_an_event_that_awaits_verification_stays_out(desk):
    event = drugs.event(desk.document, desk.admin)
    assert shown(desk.document) == []
    drugs.verify(event, desk.other)
    assert shown(desk.document) == [("granted", "2020-11-13")]


def test_an_event_keeps_its_source_as_it_was(desk):
    event = drugs.event(desk.document, desk.admin)
    source = event.reference
    assert (event.source_key, event.source_title, event.source_address) == (source.key, source.title, source.url)
    assert event.approval_words == "For cancer that has spread."


@pytest.mark.parametrize("who", ["author", "operator", "translator", "head", "reviewer", "nobody"])
def test_only_drug_admins_record(desk, who):
    with pytest.raises(Blocked, match="Only drug admins record"):
        drugs.event(desk.document, getattr(desk, who), reference=drugs.source(desk.admin))
    assert not ApprovalEvent.objects.exists()


@pytest.mark.parametrize("who", ["author", "operator", "translator", "head", "nobody"])
def test_only_drug_admins_and_reviewers_verify(desk, who):
    event = drugs.event(desk.document, desk.admin)
    with pytest.raises(Blocked, match="Only drug admins and medical reviewers verify"):
        drugs.verify(event, getattr(desk, who))
    assert not Verification.objects.exists()


def test_nobody_verifies_what_they_recorded(desk):
    event = drugs.event(desk.document, desk.admin)
    with pytest.raises(Blocked, match="Somebody else has to read"):
        drugs.verify(event, desk.admin)
    with pytest.raises(DatabaseError, match="verifies what they recorded"), transaction.atomic():
        append_record(
            Verification(document=desk.document, event=event, verified_on=timezone.localdate()), user=desk.admin
        )


def test_what_cannot_have_happened_is_refused_with_every_reason(desk):
    with pytest.raises(Blocked) as caught:
        drugs.event(desk.document, desk.admin, "withdrawn-by-sponsor", timezone.localdate() + timedelta(days=1))
    told = " ".join(caught.value.blockers)
    assert "still to come" in told
    assert "withdrawn before it was granted" in told
    assert not ApprovalEvent.objects.exists()


def test_a_retired_approval_takes_no_decision(desk):
    """Nobody would see it. What was recorded before can still be taken back."""
    approval = drugs.approval(desk.document)
    drugs.edit(desk.document, desk.admin, approvals=[{**drugs.APPROVAL, "plain": "Another."}])
    elsewhere = drugs.event(desk.document, desk.admin, approval=drugs.approval(desk.document, 1))
    opened = drugs.approval(desk.document)  # as somebody's page had it before
    drugs.edit(desk.document, desk.admin, approvals=[{"id": approval.pk, "retired": True}])
    with pytest.raises(Blocked, match="was retired"):
        drugs.event(desk.document, desk.admin, approval=opened)
    with pytest.raises(Blocked, match="was retired"):
        correct_event(elsewhere, user=desk.admin, note="Of the other.", approval=opened)
    assert ApprovalEvent.objects.count() == 1
    drugs.edit(desk.document, desk.admin, approvals=[{"id": approval.pk, "retired": False}])
    wrong = drugs.event(desk.document, desk.admin, approval=opened)
    Approval.objects.filter(pk=approval.pk).update(retired=True)
    assert void_event(wrong, user=desk.admin, note="It did not happen.").is_void


SOURCES = [
    (date(2020, 11, 12), "before the decision"),
    (date(2020, 11, 13), None),
    (timezone.localdate, None),
    (lambda: timezone.localdate() + timedelta(days=1), "still to come"),
]


@pytest.mark.parametrize(("read_on", "told"), SOURCES)
def test_a_source_is_read_when_the_decision_has_been_made_and_not_in_the_future(desk, read_on, told):
    source = drugs.source(desk.admin, read_on() if callable(read_on) else read_on)
    if told is None:
        assert drugs.event(desk.document, desk.admin, reference=source).source_read_on == source.accessed_on
        return
    with pytest.raises(Blocked, match=told) as caught:
        drugs.event(desk.document, desk.admin, reference=source)
    assert [blocker.field for blocker in caught.value.blockers] == ["reference"]
    right = drugs.event(desk.document, desk.admin)
    with pytest.raises(Blocked, match=told):
        correct_event(right, user=desk.admin, note="Another source.", reference=source)
    assert ApprovalEvent.objects.get() == right


def test_what_tells_that_a_decision_never_was_may_be_older(desk):
    wrong = drugs.event(desk.document, desk.admin)
    older = drugs.source(desk.admin, date(2019, 1, 1))
    assert correct_event(wrong, user=desk.admin, note="Refused in 2019.", is_void=True, reference=older).is_void


def test_nothing_is_verified_before_it_was_decided(desk):
    event = drugs.event(desk.document, desk.admin)
    with pytest.raises(Blocked, match="what was decided later"):
        drugs.verify(event, desk.other, verified_on=date(2020, 11, 12))
    assert not Verification.objects.exists()
    assert drugs.verify(event, desk.other, verified_on=date(2020, 11, 13)).verified_on == event.happened_on


def test_a_decision_is_recorded_once_and_its_correction_is_no_second_one(desk):
    drugs.event(desk.document, desk.admin)
    narrowed = drugs.event(desk.document, desk.admin, "narrowed", date(2022, 1, 1))
    with pytest.raises(Blocked, match="on record already"):
        drugs.event(desk.document, desk.other, "narrowed", date(2022, 1, 1), submission="SUPPL-2")
    right = correct_event(narrowed, user=desk.admin, note="The number.", submission="SUPPL-2")
    later = drugs.event(desk.document, desk.admin, "narrowed", date(2023, 1, 1))
    with pytest.raises(Blocked, match="on record already"):
        correct_event(later, user=desk.admin, note="The day.", happened_on=right.happened_on)
    void_event(right, user=desk.admin, note="It did not happen.")
    correct_event(later, user=desk.admin, note="The day.", happened_on=right.happened_on)


def test_a_submission_of_the_whole_drug_is_recorded_once_and_a_day_may_have_many(desk):
    given = {"kind": "other", "happened_on": date(2020, 1, 1), "application": "BLA125514", "user": desk.admin}
    given["reference"] = drugs.source(desk.admin)
    first = record_event(desk.document, submission="SUPPL-1", **given)
    record_event(desk.document, submission="SUPPL-2", **given)
    with pytest.raises(Blocked, match="on record already") as caught:
        record_event(desk.document, submission="SUPPL-1", **given)
    assert caught.value.blockers[0].field == "submission"
    right = correct_event(first, user=desk.admin, note="What it was.")
    void_event(right, user=desk.admin, note="It did not happen.")
    record_event(desk.document, submission="SUPPL-1", **given)


def test_a_decision_is_about_an_approval_of_this_drug(desk):
    other = drugs.monograph(desk.admin)
    with pytest.raises(Blocked, match="belongs to another drug"):
        drugs.event(desk.document, desk.admin, approval=drugs.approval(other))
    with pytest.raises(Blocked, match="which approval"):
        record_event(
            desk.document, user=desk.admin, kind="narrowed", happened_on=date(2020, 1, 1),
            reference=drugs.source(desk.admin),
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["label-changed", "other"])
def test_what_concerns_the_drug_as_a_whole_is_kept_and_never_shown(desk, kind):
    event = record_event(
        desk.document, user=desk.admin, kind=kind, happened_on=date(2020, 1, 1), submission="SUPPL-96",
        application="BLA125514", reference=drugs.source(desk.admin),
    )  # fmt: skip
    drugs.verify(event, desk.other)
    assert shown(desk.document) == []


NO_EVENTS = [
    ({"kind": "other"}, "names no approval"),
    ({"kind": "label-changed", "pathway": "regular", "approval": None}, "Only a grant has a pathway"),
    ({"kind": "other", "approval": None, "happened_on": date(2999, 1, 1)}, "still to come"),
    ({"kind": "nonsense"}, "what happened: "),
    ({"kind": "granted", "pathway": "nonsense"}, "pathway: "),
    ({"kind": "granted", "pathway": ""}, "by which pathway"),
    ({"kind": "launched", "approval": None}, "to which product"),
    ({"kind": "granted", "pathway": "regular", "application": "x" * 21}, "application number: "),
]


@pytest.mark.parametrize(("told", "why"), NO_EVENTS)
def test_what_is_no_event_is_refused_in_words(desk, told, why):
    given = {"happened_on": date(2020, 1, 1), "approval": drugs.approval(desk.document)} | told
    with pytest.raises(Blocked, match=why):
        record_event(desk.document, user=desk.admin, reference=drugs.source(desk.admin), **given)
    assert not ApprovalEvent.objects.exists()


def test_an_event_that_leaves_an_approval_must_leave_a_history_that_can_be(desk):
    drugs.edit(desk.document, desk.admin, approvals=[{**drugs.APPROVAL, "plain": "Another."}])
    grant = drugs.event(desk.document, desk.admin, pathway="accelerated")
    converted = drugs.event(desk.document, desk.admin, "converted", date(2021, 7, 26))
    elsewhere = drugs.approval(desk.document, 1)
    for moved in ({"approval": elsewhere}, {"approval": None, "kind": "other", "pathway": ""}):
        with pytest.raises(Blocked, match="cannot be converted before"):
            correct_event(grant, user=desk.admin, note="Of the other.", **moved)
    void_event(converted, user=desk.admin, note="It did not happen.")
    assert correct_event(grant, user=desk.admin, note="Of the other.", approval=elsewhere).approval == elsewhere


def test_an_event_is_verified_as_it_stands_now_and_not_in_the_future(desk):
    event = drugs.event(desk.document, desk.admin)
    assert event.is_counted  # as somebody's page had it
    with pytest.raises(Blocked, match="still to come"):
        drugs.verify(event, desk.other, verified_on=timezone.localdate() + timedelta(days=1))
    void_event(event, user=desk.admin, note="It did not happen.")
    with pytest.raises(Blocked, match="nothing to verify"):
        drugs.verify(event, desk.other)


def test_what_concerns_the_whole_drug_takes_its_authority_from_the_product(desk):
    given = {"kind": "other", "happened_on": date(2020, 1, 1), "reference": drugs.source(desk.admin)}
    for application, expected in (("BLA100001", ("FDA", "US")), ("NDA000009", ("", "")), ("", ("", ""))):
        event = record_event(desk.document, user=desk.admin, application=application, **given)
        assert (event.authority, event.jurisdiction) == expected


def test_the_database_refuses_events_that_belong_nowhere(desk):
    other = drugs.monograph(desk.admin)
    event, theirs = drugs.event(desk.document, desk.admin), drugs.event(other, desk.admin)
    taken = void_event(event, user=desk.admin, note="It did not happen.")
    standing = drugs.event(desk.document, desk.admin)
    kept = drugs.verified(desk.document, desk.admin, desk.other, "narrowed", date(2022, 1, 1))

    def like(of: ApprovalEvent, **changed) -> ApprovalEvent:
        fields = [field.name for field in ApprovalEvent._meta.fields if field.name not in ("id", "corrects")]
        return ApprovalEvent(**{name: getattr(of, name) for name in fields} | changed)

    def verification(of: ApprovalEvent, verified_on=None, sentence="So it is.") -> Verification:
        day = verified_on or timezone.localdate()
        return Verification(document=desk.document, event=of, verified_on=day, sentence=sentence)

    stands = "of a decision that stands"
    for record, told in [
        (like(event, approval=theirs.approval), "an approval of its own drug"),
        (like(event, corrects=theirs), "about the same drug"),
        (like(event, corrects=taken), "about the same drug"),
        (like(standing, corrects=standing, keeps_corrected=True), "a correction keeps what is in force"),
        (like(standing, corrects=standing, is_unsafe=True), "what was in force is marked as unsafe"),
        (like(standing, keeps_corrected=True), "what is in force"),
        (like(kept, corrects=kept), "stays so until its correction is verified"),
        (like(kept, corrects=kept, keeps_corrected=True, is_unsafe=True), "keep_what_they_correct_or_not"),
        (verification(standing, sentence=""), "the sentence of the source"),
        (verification(event), stands),
        (verification(taken), stands),
        (verification(theirs), stands),
        (like(event, kind="granted", pathway=""), "grants_alone_have_a_pathway"),
        (like(event, approval=None), "decisions_name_their_approval"),
        (like(event, kind="other", pathway=""), "decisions_name_their_approval"),
        (like(event, source_read_on=event.happened_on - timedelta(days=1)), "when the decision has been made"),
        (verification(standing, verified_on=standing.happened_on - timedelta(days=1)), "was not verified before"),
    ]:
        with pytest.raises(DatabaseError, match=told), transaction.atomic():
            append_record(record, user=desk.other)


def test_who_recorded_does_not_sign_what_first_shows_it_and_who_verified_may(desk):
    admin = people.person(Role.REVIEWER, Role.DRUG_ADMIN, signs_in=["en"])
    drugs.verified(desk.document, admin, desk.reviewer)
    edition = submit(desk.document, "en", user=desk.other)
    names = {person["id"] for person in edition.contributors}
    assert admin.pk in names
    assert desk.reviewer.pk not in names
    with pytest.raises(Blocked, match="You contributed"):
        pages.sign(edition, admin)
    pages.sign(edition, desk.reviewer)
    assert edition.releases.exists()


def test_an_event_recorded_long_before_it_is_shown_still_counts_its_recorder(desk):
    """It was on record, unverified, when the edition before was released."""
    drugs.verified(desk.document, desk.other, desk.reviewer)
    late = drugs.event(desk.document, desk.admin, "narrowed", date(2022, 1, 1))
    pages.publish(desk.document, desk.other, people.reviewer())
    drugs.verify(late, desk.other)
    edition = submit(desk.document, "en", user=desk.other)
    assert desk.admin.pk in {person["id"] for person in edition.contributors}


def test_events_are_links_of_the_documents_chain(desk):
    drugs.verified(desk.document, desk.admin, desk.other)
    pages.publish(desk.document, desk.other, desk.reviewer)
    assert list(verifying.find_problems(desk.document)) == []


def test_a_decision_that_turns_out_to_be_another_submission_opens_a_recheck_too(desk):
    granted = drugs.event(desk.document, desk.admin)
    drugs.verify(granted, desk.other)
    edition = pages.publish(desk.document, desk.admin, desk.reviewer)
    assert not Recheck.objects.filter(edition=edition).exists()
    correct_event(granted, user=desk.admin, note="Only a label.", kind="other", approval=None, pathway="")
    assert Recheck.objects.get(edition=edition).cause == "event"


def test_an_event_opens_a_recheck_on_the_monograph_and_on_every_page_that_shows_it(desk):
    drugs.verified(desk.document, desk.admin, desk.other)
    monograph = pages.publish(desk.document, desk.other, desk.reviewer)
    spanish = pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    sections = [{"heading": "Here", "body": "", "piece_of": desk.document, "piece": "approvals"}]
    article = pages.publish(pages.article(desk.author, sections=sections), desk.author, desk.reviewer)
    pages.publish(pages.article(desk.author), desk.author, desk.reviewer)
    drugs.event(desk.document, desk.admin, "narrowed", date(2022, 1, 1))
    reached = Recheck.objects.filter(cause="event").values_list("edition_id", flat=True)
    assert set(reached) == {monograph.pk, spanish.pk, article.pk}


# --- Whatever is recorded, corrected, taken back, retired and verified ----------------------------------------

DAYS = [date(2020, 1, 1) + timedelta(days=number) for number in range(4)]


@settings(max_examples=settings().max_examples // 2 if PROVING else 6)
@given(data=st.data())
def test_no_history_that_was_accepted_is_impossible(data):
    with transaction.atomic():
        _explore(data)
        transaction.set_rollback(True)


def _explore(data):
    admin, other = drugs.drug_admin(), drugs.drug_admin()
    document = drugs.monograph(admin, approvals=[drugs.APPROVAL, {**drugs.APPROVAL, "plain": "Another."}])
    sources = {day: drugs.source(admin, day) for day in (*DAYS, timezone.localdate() + timedelta(days=1))}
    for _step in range(data.draw(st.integers(3, 12), label="steps")):
        approval = data.draw(st.sampled_from(list(document.monograph.approvals.all())), label="approval")
        events = list(ApprovalEvent.objects.filter(document=document))
        told = {
            "kind": data.draw(st.sampled_from(["granted", "granted", *OF_AN_APPROVAL])),
            "happened_on": data.draw(st.sampled_from(DAYS)),
            "announced_on": data.draw(st.sampled_from([None, None, *DAYS])),
            "reference": sources[data.draw(st.sampled_from(list(sources)))],
            "approval": approval,
        }
        told["pathway"] = data.draw(st.sampled_from(approval_history.PATHWAYS)) if told["kind"] == "granted" else ""
        act = data.draw(st.sampled_from(["record", "record", "record", "correct", "take back", "verify", "retire"]))
        with contextlib.suppress(Blocked):
            if act == "record":
                record_event(document, user=admin, **told)
            elif act == "retire":
                drugs.edit(document, admin, approvals=[{"id": approval.pk, "retired": not approval.retired}])
            elif events:
                event = data.draw(st.sampled_from(events), label="event")
                if act == "correct":
                    correct_event(event, user=admin, note="Wrong.", **told)
                elif act == "take back":
                    void_event(event, user=admin, note="It did not happen.")
                else:
                    drugs.verify(event, other, verified_on=told["happened_on"])
        _assert_possible(document)


def _assert_possible(document):
    today = timezone.localdate()
    for approval in document.monograph.approvals.all():
        events = events_of(approval)
        assert not (events and approval.retired), "a decision that nobody sees"
        assert approval_history.find_contradictions(map(to_decisions, events), today) == []
        assert len({(item.kind, item.happened_on) for item in events}) == len(events)
        for item in events:
            assert item.known_on <= item.source_read_on <= today
            if hasattr(item, "verification"):
                assert item.known_on <= item.verification.verified_on <= today
