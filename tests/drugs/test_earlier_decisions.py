"""A decision tells what was so before it: the one before about that approval, or the one that it corrects."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drugs.earlier_decisions import find_earlier_words
from drugs.services import correct_event, record_event, void_event
from tests.factories import drugs
from tests.layers import layer

pytestmark = pytest.mark.django_db


@layer
def desk():
    admin = drugs.drug_admin()
    return SimpleNamespace(admin=admin, drug=drugs.monograph(admin))


def record(desk, kind: str, day: int, **fields):
    return drugs.event(desk.drug, desk.admin, kind, date(2020, 1, day), **fields)


def test_before_the_first_decision_nothing_was_so(desk):
    assert find_earlier_words([record(desk, "granted", 1)]) == [("", "")]


def test_what_was_decided_before_is_told_with_its_words_where_they_were_others(desk):
    granted = record(desk, "granted", 1)
    withdrawn = record(desk, "withdrawn-by-sponsor", 3)
    assert find_earlier_words([withdrawn]) == [("Jan. 1, 2020: granted", "")]
    withdrawn.approval_words = "For fewer people."
    assert find_earlier_words([withdrawn]) == [("Jan. 1, 2020: granted", granted.approval_words)]


def test_a_correction_tells_what_it_corrects_and_what_was_taken_back_counts_no_more(desk):
    record(desk, "granted", 1)
    wrong = record(desk, "narrowed", 2)
    corrected = correct_event(wrong, user=desk.admin, note="A day later.", happened_on=date(2020, 1, 3))
    assert find_earlier_words([corrected]) == [("Jan. 2, 2020: narrowed to fewer people", "")]
    void_event(corrected, user=desk.admin, note="It was another drug.")
    assert find_earlier_words([record(desk, "widened", 4)]) == [("Jan. 1, 2020: granted", "")]


def test_what_concerns_the_whole_drug_has_nothing_before_it(desk):
    source = drugs.source(desk.admin)
    about = {"kind": "safety-communication", "happened_on": date(2020, 1, 5), "reference": source}
    record(desk, "granted", 1)
    assert find_earlier_words([record_event(desk.drug, user=desk.admin, **about)]) == [("", "")]


def test_many_take_as_many_statements_as_one(desk):
    events = [record(desk, "granted", 1), *(record(desk, "widened", day) for day in range(2, 8))]
    counts = []
    for some in (events[:1], events):
        with CaptureQueriesContext(connection) as queries:
            find_earlier_words(some)
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1
