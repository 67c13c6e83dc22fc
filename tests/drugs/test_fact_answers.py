"""What pages assert about approvals: what a mark says, and what the decisions make of it."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drugs.approval_facts import UnreadableFact, read_fact
from drugs.fact_answers import check_facts, describe_answers
from drugs.models import Approval
from drugs.services import correct_event
from editorial.editions.models import OldAddress
from tests.factories import drugs
from tests.layers import layer

pytestmark = pytest.mark.django_db
DAY = date(2022, 1, 1)
TNBC = drugs.APPROVAL
MARKED = {**TNBC, "biomarker": "PD-L1"}
HR_POSITIVE = {**TNBC, "cancer": "hr-positive", "stage": "early", "line": "surgery", "plain": "Early."}
LOW = {**TNBC, "cancer": "breast", "hormone_receptors": "either", "her2": "low", "plain": "HER2-low."}
NEGATIVE = {**TNBC, "cancer": "breast", "hormone_receptors": "either", "her2": "negative", "plain": "HER2-negative."}


@layer
def desk():
    admin, verifier = drugs.drug_admin(), drugs.drug_admin()
    zebra = drugs.monograph(admin, slug="zebramab", title="Zebramab")
    lion = drugs.monograph(admin, slug="lionmab", title="Lionmab", approvals=[HR_POSITIVE, LOW])
    return SimpleNamespace(admin=admin, verifier=verifier, zebra=zebra, lion=lion)


def happen(desk, document, *steps, place: int = 0):
    for kind, on, *pathway in steps:
        fields = {"pathway": pathway[0]} if pathway else {}
        drugs.verified(
            document, desk.admin, desk.verifier, kind, on, approval=drugs.approval(document, place), **fields
        )


def is_so(fact: str, day: date = DAY) -> bool:
    answer = check_facts([fact], day)[fact]
    assert answer.problem == ""
    return answer.is_true


GRANTED = ("granted", date(2020, 1, 1), "accelerated")


@pytest.mark.parametrize(
    ("history", "true", "untrue"),
    [
        ([], ["no drug", "0 drugs", "not zebramab"], ["1 drug", "at least 1 drug", "zebramab", "only zebramab"]),
        (
            [GRANTED],
            ["1 drug", "at least 1 drug", "zebramab", "only zebramab", "zebramab accelerated"],
            ["no drug", "2 drugs", "not zebramab", "zebramab regular", "only lionmab", "only zebramab and lionmab"],
        ),
        ([GRANTED, ("converted", date(2021, 1, 1))], ["zebramab regular", "1 drug"], ["zebramab accelerated"]),
        ([GRANTED, ("converted", date(2023, 1, 1))], ["zebramab accelerated"], ["zebramab regular"]),
        ([GRANTED, ("narrowed", date(2021, 1, 1))], ["zebramab accelerated"], ["no drug"]),
        ([GRANTED, ("suspended", date(2021, 1, 1))], ["no drug", "not zebramab"], ["zebramab", "zebramab accelerated"]),
        (
            [GRANTED, ("suspended", date(2021, 1, 1)), ("reinstated", date(2021, 2, 1))],
            ["zebramab accelerated"],
            ["not zebramab"],
        ),
        ([GRANTED, ("withdrawal-announced", date(2021, 1, 1))], ["zebramab", "1 drug"], ["no drug"]),
        ([GRANTED, ("withdrawn-by-sponsor", date(2021, 1, 1))], ["no drug", "not zebramab"], ["zebramab", "1 drug"]),
        ([("refused", date(2021, 1, 1))], ["no drug"], ["zebramab"]),
    ],
)
def test_a_fact_is_so_by_the_decisions_in_force(desk, history, true, untrue):
    for kind, on, *pathway in history:
        announced = {"announced_on": date(2020, 6, 1)} if on > DAY else {}
        fields = {"pathway": pathway[0]} if pathway else {}
        drugs.verified(desk.zebra, desk.admin, desk.verifier, kind, on, **fields, **announced)
    assert [what for what in true if not is_so(f"FDA: {what} for triple-negative")] == []
    assert [what for what in untrue if is_so(f"FDA: {what} for triple-negative")] == []


@pytest.mark.parametrize(
    ("approval", "uses", "others"),
    [
        (TNBC, ["triple-negative", "breast", "triple-negative, advanced", "triple-negative, first line",
                "breast, hormone negative", "breast, her2 negative", "triple-negative, no marker"],
         ["hr-positive", "urothelial", "triple-negative, early", "breast, her2 low", "triple-negative, marker PD-L1"]),
        (HR_POSITIVE, ["hr-positive", "breast, early", "breast, hormone positive"],
         ["triple-negative", "hr-positive, advanced", "hr-positive, her2 negative"]),
        (LOW, ["breast", "breast, her2 low", "hr-positive, her2 low", "breast, hormone negative"],
         ["triple-negative", "her2-positive", "breast, her2 negative"]),
        (NEGATIVE, ["triple-negative", "hr-positive", "breast, her2 negative"], ["her2-positive"]),
        ({**TNBC, "setting": "metastatic"}, ["triple-negative, metastatic"], ["triple-negative, maintenance"]),
    ],
)  # fmt: skip
def test_an_approval_is_for_what_it_says(desk, approval, uses, others):
    drugs.edit(desk.zebra, desk.admin, approvals=[{**drugs.PARTS["approvals"][0], **approval}])
    made = Approval.objects.filter(monograph=desk.zebra.pk).latest("pk")
    drugs.verified(desk.zebra, desk.admin, desk.verifier, *GRANTED[:2], approval=made, pathway="regular")
    assert [use for use in uses if not is_so(f"FDA: zebramab for {use}")] == []
    assert [use for use in others if is_so(f"FDA: zebramab for {use}")] == []
    assert is_so("FDA: zebramab")


def test_a_marker_is_found_by_its_name(desk):
    approval = Approval.objects.get(monograph=desk.zebra.pk)
    Approval.objects.filter(pk=approval.pk).update(biomarker=desk.zebra.monograph.biomarkers.get())
    happen(desk, desk.zebra, GRANTED)
    assert is_so("FDA: only zebramab for triple-negative, marker pd-l1")
    assert is_so("FDA: no drug for triple-negative, no marker")


def test_a_drug_counts_once_and_drugs_are_counted_together(desk):
    happen(desk, desk.lion, GRANTED)
    happen(desk, desk.lion, ("granted", date(2021, 5, 1), "regular"), place=1)
    happen(desk, desk.zebra, GRANTED)
    assert is_so("FDA: 2 drugs for breast")
    assert is_so("FDA: only zebramab and lionmab for breast")
    assert not is_so("FDA: lionmab regular for breast")  # one of its approvals is accelerated
    assert is_so("FDA: lionmab regular for breast, her2 low")
    assert is_so("EMA: no drug for breast")


def test_what_is_recorded_counts_once_it_is_verified(desk):
    fact = "FDA: zebramab for triple-negative"
    made = drugs.event(desk.zebra, desk.admin, on=GRANTED[1])
    answer = check_facts([fact], DAY)[fact]
    assert (answer.is_true, answer.is_true_on_record) == (False, True)
    drugs.verify(made, desk.verifier)
    assert is_so(fact)
    correct_event(made, user=desk.admin, note="It was later.", happened_on=date(2023, 1, 1), announced_on=GRANTED[1])
    answer = check_facts([fact], DAY)[fact]
    assert (answer.is_true, answer.is_true_on_record) == (True, False)


def test_a_drug_is_found_by_an_earlier_address_too(desk):
    happen(desk, desk.zebra, GRANTED)
    OldAddress.objects.create(document=desk.zebra, kind="monograph", slug="zebra-old")
    assert is_so("FDA: zebra-old for triple-negative")


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("FDA: two drugs for triple-negative", "cannot be checked"),
        ("FDA: 2 drugs", "Say for which cancer"),
        ("FDA: 2 drugs for flu", "no type of cancer"),
        ("FDA: 2 drugs for triple-negative, someday", "someday"),
        ("FDA: 2 drugs for triple-negative, early, advanced", "contradicts"),
        ("XYZ: 2 drugs for triple-negative", "no authority"),
        ("FDA: tigermab for triple-negative", "No drug has"),
        ("FDA: zebramab for triple-negative, marker XYZ", "biomarker called"),
        ("FDA: ", "cannot be checked"),
    ],
)
def test_a_mark_that_says_nothing_is_told_in_words(desk, fact, said):
    answer = check_facts([fact], DAY)[fact]
    assert not answer.is_true
    assert said in answer.problem


def test_any_number_of_facts_takes_as_many_statements(desk):
    happen(desk, desk.zebra, GRANTED)
    facts = [
        "FDA: zebramab for triple-negative, marker PD-L1", "FDA: 2 drugs for triple-negative", "FDA: not lionmab",
        "EMA: only zebramab and lionmab for breast", "FDA: at least 3 drugs for hr-positive",
    ]  # fmt: skip
    counts = []
    for few in (facts[:1], facts):
        with CaptureQueriesContext(connection) as queries:
            check_facts(few, DAY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_answers_are_told_in_words(desk):
    answers = [{}, {str(desk.zebra.pk): ["accelerated", "regular"], str(desk.lion.pk): ["regular"]}]
    none, some = describe_answers(answers)
    assert none == "none of those asked about"
    assert [part for part in ("Zebramab", "accelerated, regular", "Lionmab") if part not in some] == []


def test_reading_a_fact_forgives_capitals_and_spaces():
    assert read_fact("FDA: Zebramab for Triple-Negative,  Marker  PD-L1").use.marker == "pd-l1"
    with pytest.raises(UnreadableFact):
        read_fact("FDA: zebramab lionmab for triple-negative")
