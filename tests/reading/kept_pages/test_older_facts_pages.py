"""A page that is kept says, too, that its facts are older, from the moment the source's new edition is live."""

import pytest

from tests.drugs import test_older_facts

from .asking import ask

pytestmark = pytest.mark.both_databases
PATHS = (test_older_facts.MONOGRAPH, test_older_facts.ARTICLE)


def test_a_kept_page_has_the_line_once_the_source_says_otherwise(kept):
    made = test_older_facts.make_desk()
    before = {path: ask(kept, path).body.decode() for path in PATHS}
    assert not any("drug-older" in shown for shown in before.values())
    test_older_facts.lead_reworded(made)
    assert not any("drug-older" in ask(kept, path).body.decode() for path in PATHS)
    test_older_facts.dose_changed(made)
    for path in PATHS:
        assert "drug-older" in ask(kept, path).body.decode(), path
