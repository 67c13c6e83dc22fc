"""Numbers of applications and submissions, by the forms of those who give them. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugs.numbers import check_application, check_submission

# The numbers of Drugs@FDA's tables of July 2019, the EMA's of their public reports; those without a product are forms.
APPLICATIONS = [
    ("FDA", "BLA125514", "BLA125514"),
    ("FDA", "BLA 125514", "BLA125514"),
    ("FDA", " bla-125514 ", "BLA125514"),
    ("FDA", "NDA 017970", "NDA017970"),
    ("FDA", "NDA #021660", "NDA021660"),
    ("FDA", "NDA 20-262", "NDA020262"),
    ("FDA", "anda070929", "ANDA070929"),
    ("EMA", "EMEA/H/C/003820", "EMEA/H/C/003820"),
    ("EMA", "emea/h/c/3860", "EMEA/H/C/003860"),
    ("EMA", "EMEA-H-C-003820", "EMEA/H/C/003820"),
    ("EMA", "EMEA/H/C/003820/0000", "EMEA/H/C/003820"),
    ("EMA", "eu/1/15/1024/001", "EU/1/15/1024/001"),
    ("EMA", "EU/1/15/1024", "EU/1/15/1024"),
    ("MHRA", "pl 34985/0004", "PL 34985/0004"),
    ("MHRA", "PLGB34985/0004", "PLGB 34985/0004"),
    ("MHRA", "PLNI 34985-0004", "PLNI 34985/0004"),
    ("HC", "DIN 01234567", "DIN 01234567"),
    ("HC", "01234567", "DIN 01234567"),
    ("NICE", "TA801", "TA801"),
    ("PBAC", " anything  goes ", "anything goes"),
    ("", "bla 125514", "bla 125514"),
    ("FDA", "", ""),
]
NO_APPLICATIONS = [
    ("FDA", "bla125514/s-014", ["BLA125514", "SUPPL-14"]),
    ("FDA", "BLA 125514 SUPPL-14", ["BLA125514", "SUPPL-14"]),
    ("FDA", "NDA 17970/S 096", ["such as BLA125514"]),
    ("FDA", "NDA 17-970/S 096", ["NDA017970", "SUPPL-96"]),
    ("FDA", "BLA12551", ["such as BLA125514"]),
    ("FDA", "BLA1255144", ["such as BLA125514"]),
    ("FDA", "125514", ["NDA, ANDA or BLA and six digits"]),
    ("FDA", "BLA125514, BLA761467", ["such as BLA125514"]),
    ("FDA", "EMEA/H/C/003820", ["such as BLA125514"]),
    ("EMA", "EMEA/H/C/003820/II/0042", ["EMEA/H/C/003820", "II/0042"]),
    ("EMA", "EMEA/H/C/38", ["such as EMEA/H/C/003820"]),
    ("EMA", "BLA125514", ["such as EMEA/H/C/003820"]),
    ("MHRA", "PLGB 34985", ["such as PLGB 12345/0001"]),
    ("HC", "DIN 1234567", ["such as DIN 01234567"]),
]
SUBMISSIONS = [
    ("FDA", "SUPPL-14", "SUPPL-14"),
    ("FDA", "suppl 14", "SUPPL-14"),
    ("FDA", "S-014", "SUPPL-14"),
    ("FDA", "supplement 96", "SUPPL-96"),
    ("FDA", "ORIG-1", "ORIG-1"),
    ("FDA", "orig1", "ORIG-1"),
    ("EMA", "ii/42", "II/0042"),
    ("EMA", "II/0042/G", "II/0042/G"),
    ("EMA", "0000", "0000"),
    ("MHRA", "whatever they call it", "whatever they call it"),
    ("FDA", "", ""),
]
NO_SUBMISSIONS = [
    ("FDA", "14", "such as SUPPL-14"),
    ("FDA", "SUPPL-0", "such as SUPPL-14"),
    ("FDA", "SUPPL-14 and SUPPL-15", "such as SUPPL-14"),
    ("FDA", "BLA125514", "such as SUPPL-14"),
    ("EMA", "forty-two", "such as II/0042"),
]


@pytest.mark.parametrize(("authority", "typed", "kept"), APPLICATIONS)
def test_an_application_is_kept_in_its_authoritys_form(authority, typed, kept):
    checked = check_application(authority, typed)
    assert (checked.value, checked.problem) == (kept, "")
    assert check_application(authority, kept) == checked


@pytest.mark.parametrize(("authority", "typed", "told"), NO_APPLICATIONS)
def test_what_is_no_application_is_told_with_what_to_enter(authority, typed, told):
    checked = check_application(authority, typed)
    assert checked.value == typed
    assert all(words in checked.problem for words in (f"“{typed}”", *told)), checked.problem


@pytest.mark.parametrize(("authority", "typed", "kept"), SUBMISSIONS)
def test_a_submission_is_kept_in_its_authoritys_form(authority, typed, kept):
    checked = check_submission(authority, typed)
    assert (checked.value, checked.problem) == (kept, "")
    assert check_submission(authority, kept) == checked


@pytest.mark.parametrize(("authority", "typed", "told"), NO_SUBMISSIONS)
def test_what_is_no_submission_is_told_with_what_to_enter(authority, typed, told):
    checked = check_submission(authority, typed)
    assert checked.value == typed
    assert told in checked.problem


@given(st.sampled_from(["FDA", "EMA", "MHRA", "HC", "NICE"]), st.text(max_size=30))
def test_what_was_taken_once_is_taken_again_as_it_is_kept(authority, typed):
    for check in (check_application, check_submission):
        checked = check(authority, typed)
        if not checked.problem:
            assert check(authority, checked.value) == checked
