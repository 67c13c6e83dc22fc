"""Each nasty value in each field of each form, sent to its page: in `make prove`, for it takes minutes.

test_garbage.py says in seconds what the forms make of each value, and what the pages make of many at once.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk.garbage import FORMS, NASTY, PARTS, opened, own, sent

pytestmark = [pytest.mark.long, pytest.mark.prove]

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
budget = settings(
    max_examples=max(settings().max_examples // 3, 1),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("name", [*FORMS, *PARTS])
def test_any_one_field_may_hold_anything(signed_in, world, name):
    client, address, data = opened(signed_in, world, name)
    answered = {
        (field, value[:40]): sent(client, address, data | {field: value})
        for field in own(name, data)
        for value in NASTY
    }
    assert {tried: status for tried, status in answered.items() if status >= 500} == {}


@pytest.mark.parametrize("name", FORMS)
def test_all_fields_may_hold_anything(signed_in, world, name):
    client, address, opened_data = opened(signed_in, world, name)

    @budget
    @given(st.fixed_dictionaries({field: texts for field in opened_data}))
    def check(data):
        assert sent(client, address, data) < 500

    check()


@pytest.mark.parametrize("name", FORMS)
def test_any_field_may_be_missing(signed_in, world, name):
    client, address, data = opened(signed_in, world, name)
    answered = {
        field: sent(client, address, {key: value for key, value in data.items() if key != field})
        for field in own(name, data)
    }
    assert {field: status for field, status in answered.items() if status >= 500} == {}
