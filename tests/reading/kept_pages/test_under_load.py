"""Two processes under load never show what was over before they were asked."""

import pytest

from tests.server import serving

from .newsroom import Newsroom
from .under_load import Answer, Change, RunningClock, change_under_load, find_stale

OLD, NEW = ("old", "piece"), ("new", "piece")
CHANGES = [Change(0, 0, OLD), Change(10, 12, NEW)]


@pytest.mark.parametrize(
    ("answer", "is_stale"),
    [
        (Answer(1, 2, OLD), False),
        (Answer(1, 2, NEW), True),  # before it was so
        (Answer(11, 11, OLD), False),  # while it changed, either may be so
        (Answer(11, 11, NEW), False),
        (Answer(9, 13, OLD), False),  # asked before
        (Answer(12.5, 13, OLD), True),
        (Answer(13, 14, NEW), False),
    ],
)
def test_an_answer_is_stale_that_shows_what_was_over_when_it_was_asked(answer, is_stale):
    assert bool(find_stale([answer], CHANGES)) == is_stale


@pytest.mark.prove
@pytest.mark.long
@pytest.mark.both_databases
def test_no_answer_under_load_is_stale_through_500_changes(fresh_connection, fresh_database, tmp_path):
    newsroom = Newsroom(RunningClock())
    # The settings of tests: only they have the kind of which the newsroom's pieces are.
    environment = {"DJANGO_SETTINGS_MODULE": "immuno_site.settings.test"}
    folder = str(tmp_path)
    with serving(fresh_database, WEB_CONCURRENCY="2", KEPT_PAGES_FOLDER=folder, **environment) as address:
        answers, changes = change_under_load(address, newsroom, 500)
    assert len({change.sight for change in changes}) > 100
    assert len(answers) > 500
    assert find_stale(answers, changes) == []
