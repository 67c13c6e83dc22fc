"""Numbers in signed words that dial: which are numbers, and what stays plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.reading.call_links import LONGEST, SHORTEST, call_link

DIALLED = [
    ("Call 911", "tel:911", "911"),
    ("请拨打 911", "tel:911", "911"),
    ("اتصل بالرقم \u200e911", "tel:911", "911"),
    ("اتصل بالرقم ٩١١", "tel:911", "٩١١"),
    ("Call our nurses: +1-555-0100", "tel:+15550100", "+1-555-0100"),
    ("(555) 010-0199", "tel:5550100199", "(555) 010-0199"),
    ("112", "tel:112", "112"),
]
PLAIN = [
    "Call your local emergency number", "Call 911 or 112", "Call 24", "Open 7 days a week", "Form A911",
    "1234567890123456", "",
]  # fmt: skip


@pytest.mark.parametrize(("words", "address", "number"), DIALLED)
def test_one_number_is_a_link_that_dials_it_from_left_to_right(words, address, number):
    link = call_link(words)
    assert f'href="{address}"' in link
    assert f'<bdi dir="ltr">{number}</bdi>' in link


@pytest.mark.parametrize("words", PLAIN)
def test_words_without_just_one_number_are_no_link(words):
    assert call_link(words) is None


def test_words_around_a_number_are_escaped():
    assert "<b>" not in call_link("<b>Call</b> 911 <i>")


@given(st.text(max_size=60))
def test_a_link_dials_digits_and_nothing_else(words):
    link = call_link(words)
    if link is not None:
        number = link.split('href="tel:')[1].split('"')[0].removeprefix("+")
        assert number.isascii()
        assert number.isdigit()
        assert SHORTEST <= len(number) <= LONGEST
