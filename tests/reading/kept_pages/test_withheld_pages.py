"""A page that is kept gives way too, once somebody records that a block on it is unsafe."""

import pytest

from tests.drugs import test_withheld

from .asking import ask

pytestmark = pytest.mark.both_databases


def test_no_kept_page_shows_what_is_withheld(kept):
    made = test_withheld.make_desk()
    before = {path: ask(kept, path).body.decode() for path in test_withheld.PATHS}
    assert all("For cancer that has spread." in shown for shown in before.values())
    test_withheld.mark(made, is_unsafe=True)
    for path in test_withheld.PATHS:
        assert "For cancer that has spread." not in ask(kept, path).body.decode(), path
