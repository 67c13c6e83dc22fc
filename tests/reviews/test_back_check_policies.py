"""Who decides that translations are back-checked."""

import pytest

from editorial.reviews.models import SignOffPolicy
from editorial.reviews.services import change_sign_off_policy
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_taking_a_back_check_off_a_policy_takes_two():
    head = people.head()
    numbers = {"sign_offs": 1, "grave_sign_offs": 1}
    change_sign_off_policy("", "es", {**numbers, "back_check": True}, user=head)
    assert change_sign_off_policy("", "es", numbers, user=head).is_open
    assert SignOffPolicy.objects.get().back_check
