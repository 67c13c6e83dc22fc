"""What the tests of the library share."""

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def _in_english():
    """A page that was read in another language leaves the thread in it, and services answer in it then."""
    with override("en"):
        yield
